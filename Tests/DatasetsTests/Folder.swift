import Foundation

/// A folder of its own for a test's files, removed when the test lets go of it.
final class Folder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/fieldbook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and returns its path.
  @discardableResult
  func write(_ name: String, _ bytes: [UInt8]) throws -> String {
    let file = URL(fileURLWithPath: "\(path)/\(name)")
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file.path
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String { try write(name, Array(text.utf8)) }
}

/// A gzip file (RFC 1952) whose deflate blocks are stored, not compressed.
func gzip(_ bytes: [UInt8]) -> [UInt8] {
  var output: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
  var rest = bytes[...]
  repeat {
    let piece = rest.prefix(65535)
    rest = rest.dropFirst(65535)
    let length = UInt16(piece.count)
    output += [rest.isEmpty ? 1 : 0] + little(length) + little(~length) + piece
  } while !rest.isEmpty
  return output + little(checksum(bytes)) + little(UInt32(truncatingIfNeeded: bytes.count))
}

/// CRC-32 as gzip defines it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
  ~bytes.reduce(~0 as UInt32) { register, byte in
    (0..<8).reduce(register ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }
}

func little(_ value: some FixedWidthInteger) -> [UInt8] {
  (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
}

func big(_ value: UInt32) -> [UInt8] { little(value).reversed() }
