import Foundation

extension Store {
  /// Bytes on disk.
  public var size: Int {
    var total = 0
    for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
      if let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + path),
        attributes[.type] as? FileAttributeType == .typeRegular
      {
        total += attributes[.size] as? Int ?? 0
      }
    }
    return total
  }

  /// The keys of all results.
  public var keys: [Key] {
    names(entries).flatMap { folder in names("\(entries)/\(folder)").map { Key(hex: folder + $0) } }
  }

  /// Removes everything.
  public func removeAll() throws(Failure) { try remove(folder) }

  /// Removes every result, and every part of an unfinished one, whose key is not among these.
  /// - Returns: how many results went.
  @discardableResult
  public func removeAll(but needed: Set<Key>) throws(Failure) -> Int {
    let unused = keys.filter { !needed.contains($0) }
    for key in unused { try remove(path(key)) }
    for name in names(parts) where !needed.contains(Key(hex: name)) { try remove("\(parts)/\(name)") }
    tidy()
    return unused.count
  }

  /// Removes what killed processes left half written: older than a minute, of a process that is gone.
  func tidy() {
    let now = Date().timeIntervalSince1970
    for name in names(temporaries) {
      let path = "\(temporaries)/\(name)"
      let process = Int32(name.prefix { $0 != "-" }) ?? 0
      guard let modified = stamp(of: path)?.modified, now - Double(modified) / 1e9 > 60 else { continue }
      if process <= 0 || !isAlive(process: process) { try? FileManager.default.removeItem(atPath: path) }
    }
  }

  private func names(_ folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  private func remove(_ path: String) throws(Failure) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do { try FileManager.default.removeItem(atPath: path) } catch { throw Failure(message: cannotRemove(path)) }
  }
}

private func cannotRemove(_ path: String) -> String { "‘\(path)’ cannot be removed" }
