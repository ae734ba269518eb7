import Experiments
import Foundation
import Specs
import Synchronization
public import Tables

/// Results by key, on disk: written whole or not at all, checked when read.
///
/// Any number of processes may use one store at once. What a killed process leaves behind is a temporary file, which
/// nobody reads and `tidy` removes.
public struct Store: Sendable {
  /// The folder `.fieldbook` of a book.
  public let folder: String

  public init(folder: String) { self.folder = folder }

  /// The system did not let the store be written.
  public struct Failure: Error, Hashable, Sendable {
    public var message: String
  }

  private static let counter = Atomic<Int>(0)

  var entries: String { folder + "/store/entries" }
  var temporaries: String { folder + "/store/temporary" }
  var parts: String { folder + "/store/parts" }
  var ledger: String { folder + "/store/ledger" }
  /// Where digests of data files are remembered.
  public var digests: String { folder + "/data-digests.json" }

  func path(_ key: Key) -> String { "\(entries)/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))" }

  /// Makes the folders; a folder that cannot be written is found here, before anything runs.
  public func prepareForWriting() throws(Failure) {
    for path in [entries, temporaries, parts, ledger] { try makeFolder(path) }
    let probe = temporary()
    do { try writeWhole([1], to: probe + ".probe", temporary: probe) } catch { throw unwritable(error) }
    try? FileManager.default.removeItem(atPath: probe + ".probe")
    tidy()
  }

  /// Stores a finished run; when this returns it survives a power cut.
  func put(_ outcome: Outcome, key: Key, seconds: Double) throws(Failure) {
    let bytes = stored(
      outcome, key: key, host: hostName, made: Date().formatted(.iso8601), seconds: seconds)
    let path = path(key)
    let parent = String(path[..<path.lastIndex(of: "/")!])
    try makeFolder(parent)
    do { try writeWhole(bytes, to: path, temporary: temporary()) } catch { throw unwritable(error) }
    flush(folder: parent)
  }

  /// Whether a result is there with its tables undamaged, and these checkpoints too.
  func condition(of key: Key, checkpoints: [Reference.Moment] = []) -> Condition {
    do throws(StoredFile.Trouble) {
      let file = try StoredFile(path(key), key: key)
      let wanted = checkpoints.map(\.name)
      for (index, section) in file.head.sections.enumerated()
      where section.content == .table || wanted.contains(section.name) {
        _ = try file.bytes(index)
      }
      return .whole(seconds: file.head.seconds)
    } catch {
      return error == .absent ? .absent : .damaged
    }
  }

  enum Condition: Hashable {
    case whole(seconds: Double)
    case absent, damaged
  }

  /// Whether there is a result under this key, without reading more than its head.
  public func holds(_ key: Key) -> Bool { (try? StoredFile(path(key), key: key)) != nil }

  /// The tables of a run, or only the one of this name; `nil` when it is not stored or damaged.
  public func tables(_ key: Key, named name: String? = nil) -> [Table]? {
    sections(key) { $0.content == .table && (name == nil || $0.name == name) }?.compactMap { try? Table(stored: $0) }
  }

  /// What a downstream run gets: all tables and one checkpoint.
  func loan(_ key: Key, at moment: Reference.Moment?) -> Loan {
    guard let tables = tables(key) else { return .lost }
    guard let moment else { return .whole(Input(tables: tables, checkpoint: nil)) }
    guard let kept = sections(key, where: { $0.content == .checkpoint && $0.name == moment.name }) else { return .lost }
    guard let bytes = kept.first else { return .unkept(tables) }
    return (try? Checkpoint(stored: bytes)).map { .whole(Input(tables: tables, checkpoint: $0)) } ?? .lost
  }

  enum Loan {
    case whole(Input)
    /// The run ended before that moment.
    case unkept([Table])
    /// It is not stored, or damaged.
    case lost
  }

  private func sections(_ key: Key, where isWanted: (StoredHead.Section) -> Bool) -> [[UInt8]]? {
    guard let file = try? StoredFile(path(key), key: key) else { return nil }
    return try? file.head.sections.indices.filter { isWanted(file.head.sections[$0]) }.map { try file.bytes($0) }
  }

  /// A name that no other thread or process uses.
  func temporary() -> String {
    let number = Self.counter.add(1, ordering: .relaxed).newValue
    return "\(temporaries)/\(ProcessInfo.processInfo.processIdentifier)-\(number)"
  }

  func makeFolder(_ path: String) throws(Failure) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      let cause = (error as? CocoaError)?.underlying as? POSIXError
      throw Failure(
        message: cannotWrite(
          folder, cause.map { SystemError($0.code.rawValue).description } ?? "\(error.localizedDescription)"))
    }
  }

  func unwritable(_ error: SystemError) -> Failure { Failure(message: cannotWrite(folder, error.description)) }
}

private func cannotWrite(_ folder: String, _ reason: String) -> String {
  "the store ‘\(folder)’ cannot be written: \(reason); nothing that was stored is lost"
}
