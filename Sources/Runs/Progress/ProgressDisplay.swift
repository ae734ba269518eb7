/// Shows how far the runs are.
public protocol ProgressDisplay: Sendable {
  /// Called about ten times a second, always from the same thread.
  func draw(_ state: ProgressState, news: [ProgressNews])
  /// Called once, after the last `draw`.
  func end()
}

/// A run that has just finished.
public struct ProgressNews: Sendable, Hashable {
  public var name: String
  public var seconds: Double
  /// How many have finished now, and how many there are.
  public var number: Int
  public var of: Int

  /// `ran init-study[init=lecun, seed=1] in 2.1 s (3 of 30)`.
  public var line: String { "ran \(name) in \(inWords(seconds: seconds)) (\(number) of \(of))" }
}

/// How far everything is.
public struct ProgressState: Sendable {
  public struct Run: Sendable {
    public var name: String
    /// Seconds it took when it last ran.
    public var expected: Double?
    /// Seconds after the beginning at which it started.
    public var started: Double?
    public var fraction = 0.0
    public var isOver = false
  }

  public var runs: [Run]
  public var workers: Int
  public var finished = 0
  public var elapsed = 0.0

  init(runs: [Run], workers: Int) {
    self.runs = runs
    self.workers = workers
  }

  public var running: [Run] { runs.filter { $0.started != nil && !$0.isOver } }

  /// Seconds until all is done; `nil` when there is nothing to guess from.
  public var left: Double? {
    var work = 0.0
    var longest = 0.0
    let known = runs.compactMap(\.expected)
    let usual = known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    for run in runs where !run.isOver {
      var left: Double?
      if let started = run.started, run.fraction > 0.02 {
        left = (elapsed - started) * (1 - run.fraction) / run.fraction
      } else if let expected = run.expected ?? usual {
        left = max(0, expected - (run.started.map { elapsed - $0 } ?? 0))
      }
      guard let left else { return nil }
      work += left
      longest = max(longest, left)
    }
    return max(longest, work / Double(max(1, workers)))
  }
}

/// Shows nothing.
public struct NoDisplay: ProgressDisplay {
  public init() {}
  public func draw(_ state: ProgressState, news: [ProgressNews]) {}
  public func end() {}
}

/// One line for each finished run: for logs.
public struct PlainDisplay: ProgressDisplay {
  let write: @Sendable (String) -> Void

  public init(write: @escaping @Sendable (String) -> Void) { self.write = write }

  public func draw(_ state: ProgressState, news: [ProgressNews]) { for item in news { write(item.line + "\n") } }
  public func end() {}
}

/// A bar for each run under way and one for the whole, redrawn in place.
public final class BarDisplay: ProgressDisplay, @unchecked Sendable {
  private let write: @Sendable (String) -> Void
  private let width: Int
  private var drawn = 0

  public init(width: Int, write: @escaping @Sendable (String) -> Void) {
    self.write = write
    self.width = max(40, width)
  }

  public func draw(_ state: ProgressState, news: [ProgressNews]) {
    let left = state.left.map { ", \(inWords(seconds: $0)) left" } ?? ""
    var lines = state.running.prefix(8).map { run in line("\(bar(run.fraction)) \(run.name)") }
    let shares = state.runs.map { $0.isOver ? 1 : $0.fraction }
    let whole = shares.reduce(0, +) / Double(max(1, shares.count))
    lines.append(line("\(bar(whole)) \(state.finished) of \(state.runs.count) runs\(left)"))
    write(erase + lines.map { $0 + "\n" }.joined())
    drawn = lines.count
  }

  public func end() {
    write(erase)
    drawn = 0
  }

  /// Back to the first line drawn, and everything below it gone.
  private var erase: String { drawn == 0 ? "" : "\u{1B}[\(drawn)A\u{1B}[0J" }

  private func bar(_ fraction: Double) -> String {
    let cells = 20
    let full = Int((fraction * Double(cells)).rounded(.down))
    return "[" + String(repeating: "█", count: full) + String(repeating: "·", count: cells - full) + "]"
  }

  private func line(_ text: String) -> String {
    text.count < width ? text : text.prefix(width - 2) + "…"
  }
}
