import Diagnostics
import Experiments
import Specs
import Tables

extension Store {
  /// What a run starts from, by option.
  ///
  /// A run that diverged has kept fewer epochs than it announced: a list of all epochs is then shorter, unless too few are
  /// left for the experiment.
  /// - Throws: what is wrong where a reference names a moment that a run never reached, or where results are damaged.
  func inputs(of run: PlannedRun) throws(DiagnosticError) -> [String: [Input]] {
    var inputs: [String: [Input]] = [:]
    var endings: [String] = []
    for (option, upstream) in run.upstream.sorted(by: { $0.key < $1.key }) {
      inputs[option] = []
      for one in upstream {
        switch loan(one.key, at: one.moment) {
        case .whole(let input):
          inputs[option]!.append(Input(tables: input.tables, checkpoint: input.checkpoint, origin: one.origin))
        case .unkept(let tables):
          guard let request = one.request, let moment = one.moment else {
            throw DiagnosticError(at: run.place, lostInput(run.name))
          }
          guard request.isOneOfMany else {
            throw DiagnosticError(at: request.place, neverReached(request.run, moment, tables))
          }
          let ending = keepsNoLater(request.run, tables)
          if !endings.contains(ending) { endings.append(ending) }
        case .lost: throw DiagnosticError(at: run.place, lostInput(run.name))
        }
      }
    }
    if endings.isEmpty { return inputs }
    let refusals = run.experiment.refusals(of: inputs.mapValues(\.count))
    guard refusals.isEmpty else {
      throw DiagnosticError(
        refusals.map { Diagnostic($0.severity, at: $0.place, $0.message, hints: endings + $0.hints) })
    }
    return inputs
  }
}

/// Why a run has no checkpoint of a moment that it was to keep.
func neverReached(_ run: String, _ moment: Reference.Moment, _ tables: [Table]) -> String {
  "‘\(run)’ keeps no checkpoint @\(moment.name): it \(ending(tables))"
}
private func keepsNoLater(_ run: String, _ tables: [Table]) -> String {
  "‘\(run)’ \(ending(tables)) and keeps no later checkpoint"
}

/// How a run ended that reached less than it was to, as its tables say.
private func ending(_ tables: [Table]) -> String {
  func last(_ table: String, _ column: String) -> Double? {
    tables.first { $0.name == table }.flatMap { $0.rowCount == 0 ? nil : $0[column]?.number($0.rowCount - 1) }
  }
  let verb = last("runs", "diverged") == 1 ? "diverged" : "ended"
  return last("epochs", "epoch").map { "\(verb) in epoch \(Int($0))" } ?? "\(verb) before"
}

private func lostInput(_ name: String) -> String { "the results that ‘\(name)’ starts from are damaged; build again" }
