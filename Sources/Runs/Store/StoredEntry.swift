import Experiments
import Foundation
import Specs
import Tables

/// The head of a stored result: what is in the file, where, and how it came about.
///
/// A file is the magic line, the head with its length and digest, then the sections one after the other. Each section
/// has a digest of its own, so that reading a table does not mean reading the checkpoints behind it.
struct StoredHead: Sendable, Hashable {
  static let magic = Array("fieldbook result 1\n".utf8)

  struct Section: Sendable, Hashable {
    enum Content: String { case table, checkpoint }
    var content: Content
    var name: String
    var length: Int
    var digest: String
  }

  var key: Key
  /// Where and when it was made and how long that took: for `status`, never in a result.
  var host: String
  var made: String
  var seconds: Double
  var sections: [Section]

  var bytes: [UInt8] {
    var writer = ByteWriter()
    for text in [key.hex, host, made] { writer.text(text) }
    writer.integer(Int(bitPattern: UInt(seconds.bitPattern)))
    writer.each(sections) { writer, section in
      for text in [section.content.rawValue, section.name, section.digest] { writer.text(text) }
      writer.integer(section.length)
    }
    return writer.bytes
  }

  init(key: Key, host: String, made: String, seconds: Double, sections: [Section]) {
    (self.key, self.host, self.made, self.seconds, self.sections) = (key, host, made, seconds, sections)
  }

  init(bytes: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    key = Key(hex: try reader.text())
    host = try reader.text()
    made = try reader.text()
    seconds = Double(bitPattern: UInt64(UInt(bitPattern: try reader.integer())))
    sections = try reader.each { (reader) throws(ByteReader.Malformed) -> Section in
      guard let content = Section.Content(rawValue: try reader.text()) else { throw ByteReader.Malformed() }
      let (name, digest) = (try reader.text(), try reader.text())
      return Section(content: content, name: name, length: try reader.integer(), digest: digest)
    }
  }
}

/// A result as the bytes of its file.
func stored(_ outcome: Outcome, key: Key, host: String, made: String, seconds: Double) -> [UInt8] {
  let tables = outcome.tables.map { (StoredHead.Section.Content.table, $0.name, $0.stored) }
  let checkpoints = outcome.checkpoints.map { (StoredHead.Section.Content.checkpoint, $0.moment.name, $0.stored) }
  let sections = tables + checkpoints
  let head = StoredHead(
    key: key, host: host, made: made, seconds: seconds,
    sections: sections.map { .init(content: $0.0, name: $0.1, length: $0.2.count, digest: sha256($0.2)) }
  ).bytes
  var writer = ByteWriter(bytes: StoredHead.magic)
  writer.raw(head)
  writer.text(sha256(head))
  for section in sections { writer.bytes += section.2 }
  return writer.bytes
}

/// An open file of the store.
struct StoredFile {
  let head: StoredHead
  private let file: FileHandle
  private let start: Int

  /// Why a result cannot be used.
  enum Trouble: Error { case absent, damaged }

  /// Opens a file and checks its head and its length.
  init(_ path: String, key: Key) throws(Trouble) {
    guard let file = FileHandle(forReadingAtPath: path) else { throw .absent }
    self.file = file
    let magic = StoredHead.magic
    guard let opening = Self.read(file, magic.count + 8), Array(opening.prefix(magic.count)) == magic else {
      throw .damaged
    }
    var lengths = ByteReader(Array(opening.dropFirst(magic.count)))
    // A head is small: a damaged length must not ask for all memory.
    guard let length = try? lengths.integer(), (1...100_000_000).contains(length),
      let rest = Self.read(file, length + 8 + 64)
    else { throw .damaged }
    let bytes = Array(rest.prefix(length))
    guard Array(rest.suffix(64)) == Array(sha256(bytes).utf8), let head = try? StoredHead(bytes: bytes),
      head.key == key,
      let size = stamp(of: path)?.size
    else { throw .damaged }
    self.head = head
    start = magic.count + 8 + length + 8 + 64
    guard size >= start + head.sections.reduce(0, { $0 + $1.length }) else { throw .damaged }
  }

  /// The bytes of a section, checked against their digest.
  func bytes(_ index: Int) throws(Trouble) -> [UInt8] {
    let offset = head.sections[..<index].reduce(start) { $0 + $1.length }
    let section = head.sections[index]
    guard (try? file.seek(toOffset: UInt64(offset))) != nil, let bytes = Self.read(file, section.length),
      sha256(bytes) == section.digest
    else { throw .damaged }
    return bytes
  }

  private static func read(_ file: FileHandle, _ count: Int) -> [UInt8]? {
    if count == 0 { return [] }
    guard let data = try? file.read(upToCount: count), data.count == count else { return nil }
    return [UInt8](data)
  }
}
