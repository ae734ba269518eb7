import Foundation

/// What each run of each experiment last was: its key, the parts of that key, the seconds it took.
///
/// A result never depends on it; `why` explains with it and the scheduler guesses with it.
struct LedgerLine: Codable, Sendable, Hashable {
  var labels: [String: String]
  var key: Key
  var parts: [KeyPart]
  var seconds: Double

  /// The label that names the profile of a run; runs of the full book have none.
  static let profile = "@profile"
}

extension Store {
  private func ledgerFolder(_ id: String) -> String { "\(ledger)/\(id)" }

  func record(_ line: LedgerLine, of id: String) throws(Failure) {
    try makeFolder(ledgerFolder(id))
    let name = sha256(Array(line.labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined().utf8))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let data = try? encoder.encode(line) else { return }
    do {
      try writeWhole(
        [UInt8](data), to: "\(ledgerFolder(id))/\(name.prefix(24)).json", temporary: temporary(), flushed: false)
    } catch {
      throw unwritable(error)
    }
  }

  /// Every run of an experiment that was ever recorded, in no particular meaning but always in the same order.
  func recorded(_ id: String) -> [LedgerLine] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: ledgerFolder(id))) ?? []
    return names.sorted().compactMap { name in
      FileManager.default.contents(atPath: "\(ledgerFolder(id))/\(name)").flatMap {
        try? JSONDecoder().decode(LedgerLine.self, from: $0)
      }
    }
  }
}
