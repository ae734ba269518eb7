import Experiments

/// Why the runs of an experiment are stored or not.
public enum Reason: Sendable, Hashable {
  case stored
  /// Nothing like it ever ran.
  case new
  /// What its result depends on is not what it was when it last ran.
  case changed([Change])
  /// Nothing changed, but the result is gone or damaged.
  case lost

  /// A part of the key, before and now; `nil` where it did not exist.
  public struct Change: Sendable, Hashable {
    public var part: String
    public var before: String?
    public var now: String?

    /// `option epochs: 3 → 4`.
    public var description: String {
      let (old, new) = (shown(before), shown(now))
      return old == new ? "\(part): the results it starts from changed" : "\(part): \(old) → \(new)"
    }
  }
}

extension PlannedRun {
  /// Compares this run with the last one of its labels, else with the recorded run most like it.
  public func reason(store: Store) -> Reason {
    if store.condition(of: key, checkpoints: []).isWhole { return .stored }
    let recorded = store.recorded(id)
    guard
      let last = recorded.first(where: { $0.labels == labelMap })
        ?? recorded.min(by: { self.changes(since: $0).count < self.changes(since: $1).count })
    else { return .new }
    let changes = self.changes(since: last)
    if changes.isEmpty { return .lost }
    // Another run of the same sweep has other labels: this one is simply new.
    let options = labels.map { $0.axis.split(separator: ".")[0].replacing(AxisColumn.suffix, with: "") }
    let swept = Set(options.map { "option \($0)" })
    if last.labels != labelMap, changes.allSatisfy({ swept.contains($0.part) }) { return .new }
    return .changed(changes)
  }

  private func changes(since line: LedgerLine) -> [Reason.Change] {
    let before = Dictionary(line.parts.map { ($0.name, $0.value) }) { first, _ in first }
    let now = Dictionary(parts.map { ($0.name, $0.value) }) { first, _ in first }
    return Set(before.keys).union(now.keys).sorted().filter { before[$0] != now[$0] }.map {
      Reason.Change(part: $0, before: before[$0], now: now[$0])
    }
  }
}

extension Store.Condition {
  fileprivate var isWhole: Bool { if case .whole = self { true } else { false } }
}

/// A canonical value as a reader writes it: whole numbers without `.0`, digests shortened, long values cut.
private func shown(_ value: String?) -> String {
  guard let value else { return "nothing" }
  var text = value.replacing(".0,", with: ",").replacing(".0}", with: "}").replacing(".0]", with: "]")
  if text.hasSuffix(".0") { text.removeLast(2) }
  text.replace("\"", with: "")
  if text.count == 64, text.allSatisfy(\.isHexDigit) { return String(text.prefix(12)) }
  // A key in an option stands for another run.
  text = text.split(separator: " ").map { word in
    let key = word.prefix { $0 != "@" }
    return key.count == 64 && key.allSatisfy(\.isHexDigit) ? "results\(word.dropFirst(64))" : String(word)
  }.joined(separator: " ")
  return text.count > 120 ? text.prefix(117) + "…" : text
}
