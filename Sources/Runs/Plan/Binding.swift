public import Diagnostics
import Experiments
public import Specs
import Tables

/// What a reference in an experiment's options points to.
struct Binding {
  var option: String
  var isInList: Bool
  /// As written, with the moment filled in.
  var reference: Reference
  /// The matching runs, in plan order.
  var matches: [PlannedRun]
  var moment: Reference.Moment?

  /// Why an experiment cannot start from the checkpoints that it names.
  func refusals(by experiment: any Experiment) -> [Diagnostic] {
    guard moment != nil else { return [] }
    return matches.compactMap { match in
      experiment.refusal(of: match.experiment, option: option).map {
        Diagnostic(at: reference.place, "‘\(match.name)’ cannot be started from: \($0)")
      }
    }
  }

  func upstream(_ run: PlannedRun) -> Upstream { Upstream(key: run.key, moment: moment) }

  /// Finds the runs of `target` that a reference names; `nil` after adding at least one diagnostic.
  init?(_ pointer: Draft.Pointer, to target: PlannedExperiment, into diagnostics: inout [Diagnostic]) {
    let reference = pointer.reference
    let before = diagnostics.count
    diagnostics += target.check(reference)
    if let part = reference.part, !target.tables.contains(where: { $0.name == part }) {
      diagnostics.append(
        Diagnostic(
          at: reference.place, unknownTable(target.id, part),
          hints: suggestion(for: part, among: target.tables.map(\.name))))
    }
    guard diagnostics.count == before else { return nil }
    matches = target.runs.filter { $0.fits(reference.conditions) }
    if matches.isEmpty { diagnostics.append(Diagnostic(at: reference.place, noMatch(reference))) }

    // Left out it means the end; an experiment without checkpoints then lends its tables.
    let kept = matches.map(\.experiment.moments)
    moment = reference.moment ?? (kept.allSatisfy(\.isEmpty) ? nil : .end)
    if let moment, let moments = kept.first(where: { !$0.contains(moment) }) {
      diagnostics.append(
        Diagnostic(at: reference.place, notKept(target.id, moment), hints: [keptInstead(target.id, moments)]))
    }
    guard diagnostics.count == before else { return nil }
    (option, isInList, self.reference) = (pointer.option, pointer.isInList, reference)
  }
}

extension PlannedExperiment {
  /// What is wrong with a reference's conditions: on axes, and if a table is named also on its other columns.
  public func check(_ reference: Reference, columnsOf table: String? = nil) -> [Diagnostic] {
    let columns = (tables.first { $0.name == table }?.columns ?? []).map(\.name) + axes.map(\.name)
    let unknown = reference.conditions.filter { !columns.contains($0.axis) }.map { condition in
      Diagnostic(
        at: condition.place, notSwept(id, condition.axis),
        hints: axes.isEmpty ? [] : suggestion(for: condition.axis, among: axes.map(\.name)))
    }
    return unknown + checkValues(of: reference.conditions)
  }

  /// The values that no run has, of the conditions that are on axes.
  public func checkValues(of conditions: [Reference.Condition]) -> [Diagnostic] {
    conditions.compactMap { condition in
      guard axes.contains(where: { $0.name == condition.axis }) else { return nil }
      let labels = runs.compactMap { $0.label(condition.axis) }
      guard !labels.contains(where: { matches($0, condition.value) }) else { return nil }
      return Diagnostic(
        at: condition.place, noSuchValue(id, condition.axis, condition.value),
        hints: suggestion(for: condition.value, among: labels.uniqued()))
    }
  }
}

extension PlannedExperiment {
  /// The axes that still take several values once these conditions hold, in the order of the axes.
  public func openAxes(_ conditions: [Reference.Condition]) -> [(name: String, values: [String])] {
    let onAxes = conditions.filter { condition in axes.contains { $0.name == condition.axis } }
    let left = runs.filter { $0.fits(onAxes) }
    return axes.map { axis in (axis.name, left.compactMap { $0.label(axis.name) }.uniqued()) }.filter { $0.1.count > 1 }
  }
}

extension PlannedRun {
  /// Whether conditions on axes hold for this run.
  func fits(_ conditions: [Reference.Condition]) -> Bool {
    conditions.allSatisfy { condition in label(condition.axis).map { matches($0, condition.value) } ?? false }
  }
}

private func unknownTable(_ id: String, _ table: String) -> String { "experiment ‘\(id)’ has no table ‘\(table)’" }
private func noMatch(_ reference: Reference) -> String { "no run matches ‘\(reference.description)’" }
private func notSwept(_ id: String, _ axis: String) -> String { "experiment ‘\(id)’ does not sweep ‘\(axis)’" }
private func noSuchValue(_ id: String, _ axis: String, _ value: String) -> String {
  "experiment ‘\(id)’ has no run with \(axis) = ‘\(value)’"
}
private func notKept(_ id: String, _ moment: Reference.Moment) -> String {
  "experiment ‘\(id)’ keeps no checkpoint @\(moment.name)"
}
private func keptInstead(_ id: String, _ moments: [Reference.Moment]) -> String {
  moments.isEmpty
    ? "it keeps no checkpoints at all" : "it keeps \(moments.map { "@\($0.name)" }.joined(separator: ", "))"
}
