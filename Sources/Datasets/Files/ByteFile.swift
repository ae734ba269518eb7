import Foundation

/// The bytes of a file, gzip or plain, read from the front.
struct ByteFile {
  let path: String
  /// The size of the file on disk.
  let storedSize: Int
  private var content: Content

  private enum Content {
    case plain(ArraySlice<UInt8>)
    case gzip(Inflater)
  }

  /// - Parameter prefix: only so many stored bytes are looked at; `nil` for all.
  init(_ path: String, prefix: Int? = nil) throws(DataError) {
    let stored: [UInt8]
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      storedSize = Int(try handle.seekToEnd())
      try handle.seek(toOffset: 0)
      stored = [UInt8](try (prefix.map { try handle.read(upToCount: $0) } ?? handle.readToEnd()) ?? Data())
    } catch {
      throw DataError(unreadable, file: path)
    }
    self.path = path
    content = stored.starts(with: [0x1f, 0x8b]) ? .gzip(Inflater(stored)) : .plain(stored[...])
  }

  /// An upper bound of how many bytes the file can hold: deflate makes at most 1,032 of one.
  var mostBytes: Int {
    switch content {
    case .plain: storedSize
    case .gzip: storedSize.multipliedReportingOverflow(by: 1032).partialValue
    }
  }

  /// The next `count` bytes.
  /// - Throws: when there are fewer, or when the gzip stream is damaged.
  mutating func read(_ count: Int) throws(DataError) -> [UInt8] {
    let bytes: [UInt8]
    switch content {
    case .plain(let rest):
      bytes = Array(rest.prefix(count))
      content = .plain(rest.dropFirst(count))
    case .gzip(let inflater):
      do { bytes = try inflater.read(count) } catch { throw DataError(error.message, file: path) }
    }
    guard bytes.count == count else { throw DataError(tooShort, file: path) }
    return bytes
  }

  /// Everything that is left, at most `limit` bytes.
  mutating func readAll(limit: Int) throws(DataError) -> [UInt8] {
    switch content {
    case .plain(let rest):
      guard rest.count <= limit else { throw DataError(tooLong(limit), file: path) }
      content = .plain([])
      return Array(rest)
    case .gzip(let inflater):
      do {
        var bytes: [UInt8] = []
        while true {
          let piece = try inflater.read(1 << 20)
          bytes += piece
          guard bytes.count <= limit else { throw DataError(tooLong(limit), file: path) }
          if piece.count < 1 << 20 { break }
        }
        try inflater.finish()
        return bytes
      } catch let error as GzipError {
        throw DataError(error.message, file: path)
      } catch {
        throw error as? DataError ?? DataError("\(error)", file: path)
      }
    }
  }

  /// Checks that nothing is left.
  func finish() throws(DataError) {
    switch content {
    case .plain(let rest):
      guard rest.isEmpty else { throw DataError(GzipError.longer.message, file: path) }
    case .gzip(let inflater):
      do { try inflater.finish() } catch { throw DataError(error.message, file: path) }
    }
  }
}

private let unreadable = "the file cannot be read"
private let tooShort = "the file is shorter than its header says"
private func tooLong(_ limit: Int) -> String { "the file holds more than \(limit) bytes" }
