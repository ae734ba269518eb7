public import Diagnostics
public import Experiments
import Specs
import Tables

extension Plan {
  /// Checks every experiment of a book and lays out its runs. All mistakes are found in one go.
  ///
  /// - Parameters:
  ///   - flags: what the command line adds to every key, such as `native`.
  ///   - digest: the digest of a data file; `nil` when it cannot be read.
  public init(
    _ declarations: Declarations, surroundings: Surroundings, flags: [String] = [],
    digest: (String) -> String?, into diagnostics: inout [Diagnostic]
  ) {
    broken = declarations.broken
    let drafts = declarations.all.map { Draft($0, surroundings: surroundings, into: &diagnostics) }
    var planned: [String: PlannedExperiment] = [:]
    for draft in orderedByUpstream(drafts, broken: &broken, into: &diagnostics) {
      let id = draft.declaration.id
      guard draft.pointers.allSatisfy({ planned[$0.reference.id] != nil }),
        let experiment = PlannedExperiment(
          draft, upstream: planned, seed: surroundings.seed, flags: flags, digest: digest, into: &diagnostics)
      else {
        broken.insert(id)
        continue
      }
      planned[id] = experiment
    }
    experiments = declarations.all.compactMap { planned[$0.id] }
  }
}

extension PlannedExperiment {
  /// Binds the references of a draft and gives each run its key; `nil` after adding at least one diagnostic.
  fileprivate init?(
    _ draft: Draft, upstream: [String: PlannedExperiment], seed: UInt64, flags: [String], digest: (String) -> String?,
    into diagnostics: inout [Diagnostic]
  ) {
    let declaration = draft.declaration
    let before = diagnostics.count
    var runs: [PlannedRun] = []
    let columns = Set(draft.runs.flatMap(\.experiment.tables).flatMap(\.columns).map(\.name))
    let named = draft.namingAxesApart(from: columns)
    var carried = CarriedAxes(taken: columns.union(named.axes.map(\.name)))
    for run in named.runs {
      let bindings = run.references.map { Binding($0, to: upstream[$0.reference.id]!, into: &diagnostics) }
      guard !bindings.contains(where: { $0 == nil }) else { continue }
      for choice in choices(bindings.map { $0! }, of: run.labels, into: &diagnostics) {
        diagnostics += choice.lent.flatMap { $0.binding.refusals(of: $0.loans, by: run.experiment) }
        diagnostics += run.experiment.refusals(of: choice.upstream.mapValues(\.count))
        diagnostics += run.experiment.mismatches(with: choice.lenders)
        runs.append(
          PlannedRun(
            id: declaration.id, labels: run.labels + carried.labels(choice, upstream), experiment: run.experiment,
            upstream: choice.upstream, key: Key(hex: ""), parts: [], timeout: declaration.timeout,
            memoryLimit: declaration.memory, place: declaration.place, profile: declaration.profile))
        let data = run.experiment.dataFiles.map { path -> (name: String, digest: String) in
          let name = path.split(separator: "/").last.map(String.init) ?? path
          if let digest = digest(path) { return (name, digest) }
          diagnostics.append(Diagnostic(at: declaration.place, unreadableData(path)))
          return (name, "")
        }
        var references = choice.canonical.makeIterator()
        let values = run.values.replacingReferences { _, _ in references.next() ?? "" }
        let parts = keyParts(kind: declaration.kind.entry, values: values, data: data, seed: seed, flags: flags)
        runs[runs.count - 1].parts = parts
        runs[runs.count - 1].key = Key(parts)
      }
    }
    let axes = named.axes + carried.columns(runs, upstream)
    let added = diagnostics[before...]
    diagnostics.replaceSubrange(before..., with: added.uniqued())
    guard !added.contains(where: { $0.severity == .error }) else { return nil }
    self.init(
      declaration: declaration, axes: axes, tables: merged(runs.map(\.experiment.tables), axes: axes.map(\.schema)),
      runs: runs)
  }
}

/// The upstream runs of one downstream run.
private struct Choice {
  var upstream: [String: [Upstream]] = [:]
  /// What stands in the key for each reference, in the order written.
  var canonical: [String] = []
  /// What each reference took.
  var lent: [(binding: Binding, loans: [Binding.Loan])] = []
  /// Whose results there are, by option.
  var lenders: [String: [any Experiment]] {
    lent.reduce(into: [:]) { $0[$1.binding.option, default: []] += $1.loans.map(\.run.experiment) }
  }
  /// What each lone reference chose.
  var chosen: [(reference: Reference, loan: Binding.Loan)] {
    lent.compactMap { $0.binding.isInList ? nil : ($0.binding.reference, $0.loans[0]) }
  }
}

/// One choice for each combination of what lone references match; those in lists take all their matches at once.
///
/// With `axis=same` a reference takes those of its matches that have there what the run itself has, or else what another
/// lone reference has chosen: one to the same experiment, if there is one.
/// - Parameter own: what tells the run apart.
private func choices(
  _ bindings: [Binding], of own: [PlannedRun.Label], into diagnostics: inout [Diagnostic]
) -> [Choice] {
  let own = Dictionary(uniqueKeysWithValues: own.map { ($0.axis, $0.value) })
  let follows = bindings.map { $0.sameAxes.filter { own[$0] == nil } }
  func leader(of index: Int, on axis: String) -> Int? {
    let able = bindings.indices.filter {
      !bindings[$0].isInList && follows[$0].isEmpty && bindings[$0].loans.allSatisfy { $0.run.label(axis) != nil }
    }
    return able.first { bindings[$0].reference.id == bindings[index].reference.id } ?? able.first
  }
  for (index, binding) in bindings.enumerated() {
    for condition in binding.reference.conditions
    where condition.isSame && follows[index].contains(condition.axis) && leader(of: index, on: condition.axis) == nil {
      diagnostics.append(Diagnostic(at: condition.place, sameAsWhat(condition.axis)))
      return []
    }
  }
  let order = bindings.indices.filter { follows[$0].isEmpty } + bindings.indices.filter { !follows[$0].isEmpty }
  let combinations = order.reduce([[Int: [Binding.Loan]]()]) { combinations, index in
    combinations.flatMap { chosen in
      let binding = bindings[index]
      let values = binding.sameAxes.map { axis in
        (axis, own[axis] ?? leader(of: index, on: axis).flatMap { chosen[$0]?.first?.run.label(axis) } ?? "")
      }
      let loans = binding.loans(where: Dictionary(values) { first, _ in first })
      let groups = binding.isInList ? [loans] : loans.map { [$0] }
      return groups.map { group in chosen.merging([index: group]) { _, new in new } }
    }
  }
  if combinations.isEmpty, let binding = bindings.first(where: { !$0.sameAxes.isEmpty }), !own.isEmpty {
    diagnostics.append(Diagnostic(at: binding.reference.place, noneTheSame(binding.reference)))
  }
  return combinations.map { combination in
    var choice = Choice()
    for (index, binding) in bindings.enumerated() {
      let loans = combination[index]!
      let upstream = loans.map(binding.upstream)
      choice.upstream[binding.option, default: []] += upstream
      choice.canonical.append(upstream.map(\.canonical).joined(separator: " "))
      choice.lent.append((binding, loans))
    }
    return choice
  }
}

private func sameAsWhat(_ axis: String) -> String {
  "‘\(axis)=same’ takes the \(axis) of this run or of another reference beside it, but none has one"
}
private func noneTheSame(_ reference: Reference) -> String {
  "no run matches ‘\(reference.description)’ for every run that this experiment makes"
}

/// The axes that runs take over from the runs they start from.
private struct CarriedAxes {
  /// Names that columns of the experiment itself have.
  let taken: Set<String>
  /// The axis that runs along epochs get.
  static let epoch = "epoch"
  /// Name here, and where from.
  var sources: [(name: String, id: String, axis: String)] = []

  init(taken: Set<String>) { self.taken = taken }

  mutating func labels(_ choice: Choice, _ upstream: [String: PlannedExperiment]) -> [PlannedRun.Label] {
    var labels: [PlannedRun.Label] = []
    for (reference, loan) in choice.chosen {
      let epoch = loan.epoch.map { [PlannedRun.Label(axis: CarriedAxes.epoch, value: String($0))] } ?? []
      for label in loan.run.labels + epoch {
        if reference.conditions.contains(where: { $0.isSame && $0.axis == label.axis }) { continue }
        // A name that is taken here gets the upstream id in front.
        let isTaken = taken.contains(label.axis) || labels.contains { $0.axis == label.axis }
        let name = isTaken ? "\(reference.id).\(label.axis)" : label.axis
        guard !labels.contains(where: { $0.axis == name }) else { continue }
        labels.append(.init(axis: name, value: label.value))
        if !sources.contains(where: { $0.name == name }) { sources.append((name, reference.id, label.axis)) }
      }
    }
    return labels
  }

  func columns(_ runs: [PlannedRun], _ upstream: [String: PlannedExperiment]) -> [AxisColumn] {
    sources.map { source in
      let axis = upstream[source.id]!.axes.first { $0.name == source.axis }
      return AxisColumn(
        source.name, labels: runs.map { $0.label(source.name) }, entity: axis?.schema.entity,
        catalogNumbers: axis?.catalogNumbers ?? [:])
    }
  }
}

extension Collection where Element: Hashable {
  /// Each element once, where it first appears.
  func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

private func unreadableData(_ path: String) -> String { "the data file ‘\(path)’ cannot be read" }
