import Foundation

/// Finished parts of surveys that are still under way, so that a kill loses only the parts in flight.
extension Store {
  private func folder(of key: Key) -> String { "\(parts)/\(key.hex)" }

  func keep(_ part: Int, _ bytes: [UInt8], of key: Key) throws(Failure) {
    try makeFolder(folder(of: key))
    do {
      try writeWhole(
        Array(sha256(bytes).utf8) + bytes, to: "\(folder(of: key))/\(part)", temporary: temporary())
    } catch {
      throw unwritable(error)
    }
  }

  /// A part that an earlier run kept; a damaged one counts as none.
  func kept(_ part: Int, of key: Key) -> [UInt8]? {
    guard let data = FileManager.default.contents(atPath: "\(folder(of: key))/\(part)"), data.count >= 64 else {
      return nil
    }
    let bytes = [UInt8](data.dropFirst(64))
    return Array(sha256(bytes).utf8) == [UInt8](data.prefix(64)) ? bytes : nil
  }

  func removeParts(of key: Key) { try? FileManager.default.removeItem(atPath: folder(of: key)) }
}
