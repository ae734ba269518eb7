public import Diagnostics

/// What came of carrying out a plan.
public struct Report: Sendable {
  /// Runs that ran now, and those whose results were there.
  public var ran = 0
  public var stored = 0
  /// Runs refused, stopped or failed (errors), damaged results that were computed again (warnings).
  public var diagnostics: [Diagnostic] = []
  /// Ctrl-C: what had finished is stored.
  public var wasInterrupted = false
}

extension Plan {
  /// Runs what is not stored. Results do not depend on the number of workers or on the order they finish in.
  ///
  /// - Parameters:
  ///   - ids: only these experiments, and what they start from; `nil` for all.
  ///   - isInterrupted: whether to stop, keeping what has finished; asked often and from any thread.
  /// - Throws: `Store.Failure` when the system does not let the store be written; what had finished is stored.
  public func carryOut(
    only ids: Set<String>? = nil, store: Store, workers: Int, usableMemory: Int = Runs.usableMemory,
    display: any ProgressDisplay, isInterrupted: @escaping @Sendable () -> Bool = { Interruption.wasAsked }
  ) throws(Store.Failure) -> Report {
    let work = Work(self, only: ids, store: store)
    var report = Report(stored: work.stored)
    report.diagnostics = work.damaged.map { Diagnostic(.warning, at: nil, damagedResult($0.name)) }
    guard !work.runs.isEmpty else { return report }
    let refusals = work.runs.compactMap { $0.refusal(usable: usableMemory) }.uniqued()
    guard refusals.isEmpty else {
      report.diagnostics += refusals
      return report
    }
    try store.prepareForWriting()

    let expectation = Expectation(work.runs, store: store)
    let board = Board(
      names: work.runs.map(\.name), expected: work.runs.map(expectation.seconds), workers: workers, display: display)
    let schedule = Schedule(
      work.runs, expectation: expectation, store: store, workers: workers, usableMemory: usableMemory, board: board,
      isInterrupted: isInterrupted)
    Interruption.listen()
    defer { Interruption.stopListening() }
    schedule.carryOut()
    board.end()
    if let failure = schedule.failure { throw failure }
    report.ran = schedule.finished
    report.diagnostics += schedule.diagnostics
    report.wasInterrupted = isInterrupted()
    return report
  }

  /// Runs that are not stored and need more memory than they may have: what `check` says without running anything.
  public func refusals(
    only ids: Set<String>? = nil, store: Store, usableMemory: Int = Runs.usableMemory
  ) -> [Diagnostic] {
    runs.filter { ids?.contains($0.id) ?? true }.compactMap { run in
      guard let refusal = run.refusal(usable: usableMemory), !store.holds(run.key) else { return nil }
      return refusal
    }.uniqued()
  }
}

private func damagedResult(_ name: String) -> String {
  "the stored result of ‘\(name)’ is damaged and is computed again"
}
