import Experiments
import Specs

/// What of a plan is stored, and how long the rest will take.
public struct Standing: Sendable {
  /// An experiment's runs: stored and to be run.
  public struct Line: Sendable {
    public var id: String
    public var kind: String
    public var stored = 0
    public var stale = 0
    public var damaged = 0
    /// Seconds of work, from recorded times; `nil` when nothing like it ever ran.
    public var seconds: Double? = 0
  }

  public var lines: [Line]

  public init(_ plan: Plan, store: Store) {
    let work = Work(plan, only: nil, store: store)
    let expectation = Expectation(work.runs, store: store)
    let toRun = Set(work.runs.map(\.key))
    let damaged = Set(work.damaged.map(\.key))
    var counted: Set<Key> = []
    lines = plan.experiments.map { experiment in
      var line = Line(id: experiment.id, kind: experiment.declaration.kind.entry.name)
      for run in experiment.runs {
        guard toRun.contains(run.key) else {
          line.stored += 1
          continue
        }
        line.stale += 1
        if damaged.contains(run.key) { line.damaged += 1 }
        guard counted.insert(run.key).inserted else { continue }
        if let seconds = expectation.seconds(run), let sum = line.seconds {
          line.seconds = sum + seconds
        } else {
          line.seconds = nil
        }
      }
      return line
    }
  }

  public var stored: Int { lines.reduce(0) { $0 + $1.stored } }
  public var stale: Int { lines.reduce(0) { $0 + $1.stale } }
}
