import Diagnostics
import Experiments
import Specs
import Tables

/// An experiment whose options are read and checked, but whose references are not yet bound.
struct Draft {
  struct Run {
    var labels: [PlannedRun.Label]
    var values: Values
    var experiment: any Experiment
    var references: [Pointer]
  }

  /// A reference in the options.
  struct Pointer {
    /// The path of its option.
    var option: String
    /// In a list, all matches go to one run; alone, each match makes a run.
    var isInList: Bool
    var reference: Reference
  }

  var declaration: Declaration
  var axes: [AxisColumn] = []
  var runs: [Run] = []
  /// Whether nothing is wrong but, perhaps, the references.
  var isSound = true
  /// All references, each once.
  var pointers: [Pointer] = []

  /// Reads and checks every point of an experiment's sweep.
  init(_ declaration: Declaration, surroundings: Surroundings, into diagnostics: inout [Diagnostic]) {
    let kind = declaration.kind
    let options = kind.entry.options
    var found: [Diagnostic] = []
    self.declaration = declaration
    for point in declaration.sweep.points {
      var spec = declaration.base
      if let dead = point.lazy.compactMap({ spec.deadEnd($0.axis, in: point, options) }).first {
        found.append(dead)
        continue
      }
      for (axis, value) in point {
        spec = spec.setting(axis.path, to: value.withoutLabel(unless: axis, options), keyPlace: axis.place)
      }
      let before = found.count
      guard let values = spec.read(options, owner: owner(kind), into: &found) else {
        collectPointers(spec.whatReads(options))
        continue
      }
      let references = collectPointers(values)
      // An unknown key is said, but what the kind would add to that is guesswork.
      guard !Array(found[before...]).hasErrors, let experiment = kind.prepare(values, surroundings, &found) else {
        continue
      }
      let labels = declaration.sweep.axisNames.compactMap { name in
        let written = point.first { $0.axis.name == name }?.value.label
        let path = name.split(separator: ".").map(String.init)
        return (written ?? label(at: path[...], of: spec, type: .options(options), fallback: .absent))
          .map { PlannedRun.Label(axis: name, value: $0) }
      }
      runs.append(Run(labels: labels, values: values, experiment: experiment, references: references))
    }
    diagnostics += found.uniqued()
    isSound = !found.hasErrors
    guard isSound else { return }
    precondition(runs.count == declaration.sweep.points.count, "kind ‘\(kind.entry.name)’ refused a run without a word")
    axes = declaration.sweep.axisNames.map { name in
      declaration.sweep.column(name, labels: runs.map { run in run.labels.first { $0.axis == name }?.value }, options)
    }
  }

  /// This draft with other names for the axes that are called like something a run computes (`steps`, `parameters`):
  /// in tables, references and views such an axis is `steps-option`.
  func namingAxesApart(from columns: Set<String>) -> Draft {
    var draft = self
    for index in axes.indices where columns.contains(axes[index].name) {
      let name = axes[index].name
      var apart = name + AxisColumn.suffix
      while columns.contains(apart) { apart += AxisColumn.suffix }
      draft.axes[index].schema.name = apart
      for run in runs.indices {
        for label in runs[run].labels.indices where runs[run].labels[label].axis == name {
          draft.runs[run].labels[label].axis = apart
        }
      }
    }
    return draft
  }

  @discardableResult
  private mutating func collectPointers(_ values: Values) -> [Pointer] {
    var found: [Pointer] = []
    values.eachReference { found.append(Pointer(option: $0, isInList: $1, reference: $2)) }
    for pointer in found where !pointers.contains(where: { $0.reference.place == pointer.reference.place }) {
      pointers.append(pointer)
    }
    return found
  }
}

extension Spec {
  /// The options that can be read in a map where others cannot.
  fileprivate func whatReads(_ options: [Option]) -> Values {
    var unheard: [Diagnostic] = []
    var values: [String: Resolved] = [:]
    for option in options { values[option.name] = self[option.name]?.resolve(as: option.type, into: &unheard) }
    return Values(values)
  }

  /// Why an axis below a catalog entry has nothing to change: another entry is chosen, here or by another axis.
  fileprivate func deadEnd(_ axis: Sweep.Axis, in point: Sweep.Point, _ options: [Option]) -> Diagnostic? {
    let path = axis.path
    for depth in path.indices.dropFirst() {
      let above = Array(path[..<depth])
      guard case .entry? = (try? OptionPath(above, in: options))?.type else { continue }
      let swept = point.first { $0.axis.path == above }?.value.removing(["label"])
      guard let value = swept ?? above.reduce(self as Spec?, { $0?[$1] }) else { continue }
      let chosen = value.text ?? (value.entries.count == 1 ? value.entries[0].key : nil)
      if let chosen, chosen != path[depth] {
        return Diagnostic(
          at: axis.place, notChosen(above.joined(separator: "."), chosen, axis.name), hints: [chooseIt(path[depth])])
      }
    }
    return nil
  }

  /// A map value of an axis without its `label:`, which belongs to the sweep and not to the option.
  fileprivate func withoutLabel(unless axis: Sweep.Axis, _ options: [Option]) -> Spec {
    if case .options(let own)? = try? OptionPath(axis.path, in: options).type,
      own.contains(where: { $0.name == "label" })
    {
      return self
    }
    return removing(["label"])
  }
}

extension Sweep {
  /// The column of one axis; values from a catalog carry their numbers there.
  fileprivate func column(_ name: String, labels: [String?], _ options: [Option]) -> AxisColumn {
    let path = name.split(separator: ".").map(String.init)
    guard let catalog = (try? OptionPath(path, in: options))?.catalog else { return AxisColumn(name, labels: labels) }
    let values = products.joined().filter { $0.name == name }.flatMap(\.values)
    var entries = values.map { (label: $0.label, entry: $0.removing(["label"]).label) }
    // Points of another product may have the default: its label is its entry's name.
    entries += labels.compactMap(\.self).filter { label in !values.contains { $0.label == label } }.map { ($0, $0) }
    return AxisColumn(name, labels: labels, entity: catalog.noun, catalogNumbers: numbers(of: entries, in: catalog))
  }
}

private func notChosen(_ option: String, _ chosen: String, _ axis: String) -> String {
  "‘\(option)’ is ‘\(chosen)’ here, so there is no ‘\(axis)’ to give values to"
}
private func chooseIt(_ entry: String) -> String {
  "make it ‘\(entry)’, or write the sweep as a list of maps, one for each"
}
