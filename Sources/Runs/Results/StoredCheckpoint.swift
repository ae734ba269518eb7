public import Diagnostics
public import Experiments
public import Specs

/// A checkpoint in the store, and the run that made it.
public struct StoredCheckpoint: Sendable {
  public var run: PlannedRun
  public var checkpoint: Checkpoint
}

extension Results {
  /// The one checkpoint that a reference names; the end where it names no moment.
  public func checkpoint(for reference: Reference) -> Result<StoredCheckpoint, DiagnosticError> {
    func fail(_ message: String, hints: [String] = []) -> Result<StoredCheckpoint, DiagnosticError> {
      .failure(DiagnosticError(at: nil, message, hints: hints))
    }
    guard let experiment = plan[reference.id] else {
      return fail(unknownExperiment(reference.id), hints: suggestion(for: reference.id, among: plan.ids))
    }
    let problems = experiment.check(reference) + experiment.checkValues(of: reference.conditions)
    if !problems.isEmpty { return .failure(DiagnosticError(problems)) }
    let runs = experiment.runs.filter { $0.fits(reference.conditions) }
    guard let run = runs.first, runs.count == 1 else {
      return fail(
        severalRuns(runs.count),
        hints: experiment.openAxes(reference.conditions).map { "choose a value of ‘\($0.name)’" })
    }
    if reference.isEveryEpoch { return fail(oneMoment, hints: ["@end, or @epoch=N"]) }
    let moment = reference.moment ?? .end
    guard run.experiment.moments.contains(moment) else {
      return fail(
        notKept(run.name, moment),
        hints: run.experiment.moments.isEmpty
          ? [] : ["it keeps \(run.experiment.moments.map { "@\($0.name)" }.joined(separator: ", "))"])
    }
    switch store.loan(run.key, at: moment) {
    case .whole(let input): return .success(StoredCheckpoint(run: run, checkpoint: input.checkpoint!))
    case .unkept(let tables): return fail(neverReached(run.name, moment, tables))
    case .lost: return fail(notStored(run.name), hints: ["‘fieldbook run \(reference.id)’ makes it"])
    }
  }
}

private let oneMoment = "‘@epochs’ names several checkpoints where one is needed"
private func severalRuns(_ count: Int) -> String { "\(count) runs match where one is needed" }
private func notKept(_ run: String, _ moment: Reference.Moment) -> String {
  "\(run) keeps no checkpoint @\(moment.name)"
}
private func notStored(_ run: String) -> String { "\(run) is not stored" }
