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
  /// What the matching runs lend, in plan order; of one run, its epochs in theirs.
  var loans: [Loan]

  /// A run and the moment that is taken of it; no moment means tables only.
  struct Loan {
    var run: PlannedRun
    var moment: Reference.Moment?
    /// Which of several epochs it is.
    var epoch: Int?
  }

  /// Why an experiment cannot start from checkpoints that it names.
  func refusals(of loans: [Loan], by experiment: any Experiment) -> [Diagnostic] {
    loans.compactMap { loan in
      experiment.refusal(of: loan.run.experiment, option: option).map {
        Diagnostic(at: reference.place, "‘\(loan.run.name)’ cannot be started from: \($0)")
      }
    }
  }

  /// What a run keeps of a loan: in a list also which run it was, since results tell the members apart.
  func upstream(_ loan: Loan) -> Upstream {
    Upstream(
      key: loan.run.key, moment: loan.moment, origin: isInList ? loan.run.origin : nil,
      request: .init(
        run: loan.run.name, place: reference.place, isOneOfMany: isInList && reference.isEveryEpoch))
  }

  /// Finds the runs of `target` that a reference names; `nil` after adding at least one diagnostic.
  init?(_ pointer: Draft.Pointer, to target: PlannedExperiment, into diagnostics: inout [Diagnostic]) {
    let reference = pointer.reference
    let before = diagnostics.count
    // `seed=same` is settled when the run is put together.
    var asked = reference
    asked.conditions.removeAll { $0.isSame }
    diagnostics += target.check(asked)
    diagnostics += target.check(reference).filter { found in
      reference.conditions.contains { condition in
        condition.isSame && condition.place == found.place && !target.axes.contains { $0.name == condition.axis }
      }
    }
    if let part = reference.part, !target.tables.contains(where: { $0.name == part }) {
      diagnostics.append(
        Diagnostic(
          at: reference.place, unknownTable(target.id, part),
          hints: suggestion(for: part, among: target.tables.map(\.name))))
    }
    guard diagnostics.count == before else { return nil }
    let matches = target.runs.filter { $0.fits(asked.conditions) }
    if matches.isEmpty { diagnostics.append(Diagnostic(at: reference.place, noMatch(reference))) }

    // Left out it means the end; an experiment without checkpoints, or a table of any, then lends its tables.
    let kept = matches.map(\.experiment.moments)
    let moment =
      reference.moment ?? (kept.allSatisfy(\.isEmpty) || reference.part != nil && !reference.isEveryEpoch ? nil : .end)
    if reference.isEveryEpoch {
      loans = matches.flatMap { run in
        run.experiment.moments.compactMap { moment in
          moment.epochNumber.map { Loan(run: run, moment: moment, epoch: $0) }
        }
        .sorted { $0.epoch! < $1.epoch! }
      }
      if let moments = kept.first(where: { !$0.contains { ($0.epochNumber ?? 0) > 0 } }) {
        diagnostics.append(
          Diagnostic(at: reference.place, noEpochs(target.id), hints: [keptInstead(target.id, moments)]))
      }
    } else {
      loans = matches.map { Loan(run: $0, moment: moment) }
    }
    if !reference.isEveryEpoch, let moment, let moments = kept.first(where: { !$0.contains(moment) }) {
      diagnostics.append(
        Diagnostic(at: reference.place, notKept(target.id, moment), hints: [keptInstead(target.id, moments)]))
    }
    guard diagnostics.count == before else { return nil }
    (option, isInList, self.reference) = (pointer.option, pointer.isInList, reference)
  }
}

extension Binding {
  /// The axes on which it takes the value of the run itself, or else what another of its references took.
  var sameAxes: [String] { reference.conditions.filter(\.isSame).map(\.axis) }

  /// Its loans of runs that have these values on those axes.
  func loans(where values: [String: String]) -> [Loan] {
    loans.filter { loan in values.allSatisfy { axis, value in loan.run.label(axis) == value } }
  }
}

extension Reference.Condition {
  /// Whether the value is that of the run that the reference stands in, or of another reference there: `run[seed=same]`.
  var isSame: Bool { value == "same" }
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
extension Reference.Moment {
  /// Which epoch it is the end of; the start is epoch 0.
  fileprivate var epochNumber: Int? {
    switch self {
    case .start: 0
    case .epoch(let number): number
    case .end, .step: nil
    }
  }
}

private func noEpochs(_ id: String) -> String { "experiment ‘\(id)’ keeps no epochs" }
private func notKept(_ id: String, _ moment: Reference.Moment) -> String {
  "experiment ‘\(id)’ keeps no checkpoint @\(moment.name)"
}
private func keptInstead(_ id: String, _ moments: [Reference.Moment]) -> String {
  moments.isEmpty
    ? "it keeps no checkpoints at all" : "it keeps \(moments.map { "@\($0.name)" }.joined(separator: ", "))"
}
