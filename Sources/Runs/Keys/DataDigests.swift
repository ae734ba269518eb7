import Foundation
import Synchronization

/// Digests of data files, remembered by path, size and time of last change so that nothing is read twice.
public final class DataDigests: Sendable {
  private struct Known: Codable, Hashable {
    var size: Int
    var modified: Int
    var digest: String
  }

  private struct State {
    var known: [String: Known] = [:]
    var hasNews = false
  }

  private let state: Mutex<State>
  private let path: String?

  /// - Parameter path: the file that digests are remembered in; `nil` remembers them for this object only.
  public init(rememberedAt path: String?) {
    self.path = path
    var known: [String: Known] = [:]
    if let path, let data = FileManager.default.contents(atPath: path) {
      known = (try? JSONDecoder().decode([String: Known].self, from: data)) ?? [:]
    }
    state = Mutex(State(known: known))
  }

  /// The digest of a file as it is now; `nil` when it cannot be read.
  public func digest(of file: String) -> String? {
    guard let (size, modified) = stamp(of: file) else { return nil }
    let remembered = state.withLock { $0.known[file] }
    if let remembered, remembered.size == size, remembered.modified == modified { return remembered.digest }
    guard let data = FileManager.default.contents(atPath: file) else { return nil }
    let digest = sha256([UInt8](data))
    // A file changed a moment ago may change again within one tick of its clock: not remembered.
    let age = Int(Date().timeIntervalSince1970 * 1e9) - modified
    if age > 2_000_000_000 {
      state.withLock {
        $0.known[file] = Known(size: size, modified: modified, digest: digest)
        $0.hasNews = true
      }
    }
    return digest
  }

  /// Writes what was learned; a folder that cannot be written costs only time.
  public func save() {
    guard let path else { return }
    let known = state.withLock { state in
      defer { state.hasNews = false }
      return state.hasNews ? state.known : nil
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let known, let data = try? encoder.encode(known) else { return }
    let folder = (path as NSString).deletingLastPathComponent
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try? writeWhole(
      [UInt8](data), to: path, temporary: path + ".\(ProcessInfo.processInfo.processIdentifier)", flushed: false)
  }
}
