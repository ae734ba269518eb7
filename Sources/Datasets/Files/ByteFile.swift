import Foundation

/// The bytes of a regular file, gzip or plain, read from the front, piece by piece.
final class ByteFile {
  let path: String
  /// The size of the file on disk.
  let storedSize: Int
  private let content: Content

  private enum Content {
    case plain(Pieces)
    case gzip(Inflater)
  }

  init(_ path: String) throws(DataError) {
    self.path = path
    // A pipe would be waited for when it is opened; a link's file is what counts.
    let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let facts = try? FileManager.default.attributesOfItem(atPath: resolved) else {
      throw DataError(missing, file: path)
    }
    guard facts[.type] as? FileAttributeType == .typeRegular else { throw DataError(notAFile, file: path) }
    let pieces: Pieces
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: resolved))
      storedSize = Int(try handle.seekToEnd())
      try handle.seek(toOffset: 0)
      pieces = Pieces(handle)
      _ = try pieces.look()
    } catch {
      throw DataError(unreadable, file: path)
    }
    content =
      (try? pieces.look().starts(with: [0x1f, 0x8b])) == true
      ? .gzip(Inflater { try? pieces.next() }) : .plain(pieces)
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
  func read(_ count: Int) throws(DataError) -> [UInt8] {
    let bytes = try upTo(count)
    guard bytes.count == count else { throw DataError(tooShort, file: path) }
    return bytes
  }

  /// Everything that is left, at most `limit` bytes.
  func readAll(limit: Int) throws(DataError) -> [UInt8] {
    let bytes = try upTo(min(limit, mostBytes) + 1)
    guard bytes.count <= limit else { throw DataError(tooLong(limit), file: path) }
    try finish()
    return bytes
  }

  private func upTo(_ count: Int) throws(DataError) -> [UInt8] {
    switch content {
    case .plain(let pieces):
      do { return try pieces.read(count) } catch { throw DataError(unreadable, file: path) }
    case .gzip(let inflater):
      do { return try inflater.read(count) } catch { throw DataError(error.message, file: path) }
    }
  }

  /// Checks that nothing is left.
  func finish() throws(DataError) {
    switch content {
    case .plain(let pieces):
      guard (try? pieces.read(1))?.isEmpty == true else { throw DataError(GzipError.longer.message, file: path) }
    case .gzip(let inflater):
      do { try inflater.finish() } catch { throw DataError(error.message, file: path) }
    }
  }
}

/// An open file, read in pieces that are let go of at once, so that only what is asked for is ever held.
private final class Pieces {
  private let handle: FileHandle
  private var piece: ArraySlice<UInt8> = []
  private static let size = 1 << 18

  init(_ handle: FileHandle) { self.handle = handle }
  deinit { try? handle.close() }

  /// What comes next, without taking it.
  func look() throws -> ArraySlice<UInt8> {
    if piece.isEmpty { piece = [UInt8](try handle.read(upToCount: Pieces.size) ?? Data())[...] }
    return piece
  }

  /// The next piece; `nil` at the end.
  func next() throws -> [UInt8]? {
    let next = try look()
    piece = []
    return next.isEmpty ? nil : Array(next)
  }

  /// As many bytes as there are, at most `count`.
  func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(count, 1 << 27))
    while bytes.count < count {
      let next = try look().prefix(count - bytes.count)
      if next.isEmpty { break }
      bytes += next
      piece = piece.dropFirst(next.count)
    }
    return bytes
  }
}

private let missing = "there is no such file; paths start at the book's folder"
private let unreadable = "the file cannot be read"
private let notAFile = "this is not a file: a folder, a pipe or a device holds no data"
private let tooShort = "the file is shorter than its header says"
private func tooLong(_ limit: Int) -> String { "the file holds more than \(limit) bytes" }
