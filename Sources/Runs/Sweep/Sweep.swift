public import Diagnostics
public import Specs

/// The values that an experiment gives to some of its options: a union of products of axes.
public struct Sweep: Sendable {
  /// An option and the values it takes.
  public struct Axis: Sendable {
    /// As written: the name of the column that tables get.
    public var name: String
    public var place: Place
    public var values: [Spec]

    var path: [String] { name.split(separator: ".").map(String.init) }
  }

  /// The options of one run: an axis and the value it has there.
  typealias Point = [(axis: Axis, value: Spec)]

  /// No sweep at all is one product without axes: one run.
  public var products: [[Axis]]

  /// Reads what stands under `sweep:`; `nil` after adding at least one diagnostic.
  init?(_ spec: Spec?, kind: CatalogEntry, into diagnostics: inout [Diagnostic]) {
    guard let spec, spec.value != .null else {
      products = [[]]
      return
    }
    let before = diagnostics.count
    products = spec.elements.map { product in
      guard case .map(let entries) = product.value else {
        diagnostics.append(Diagnostic(at: product.place, notASweep))
        return []
      }
      return entries.compactMap { Axis($0, kind: kind, into: &diagnostics) }
    }
    // Counted before a single run is spelled out.
    let count = products.reduce(0.0) { sum, axes in sum + axes.reduce(1.0) { $0 * Double($1.values.count) } }
    guard count <= Double(Sweep.mostRuns) else {
      diagnostics.append(Diagnostic(at: spec.place, tooManyRuns(count)))
      return nil
    }
    checkLabels(into: &diagnostics)
    if diagnostics.count > before { return nil }
  }

  /// Runs of one experiment.
  static let mostRuns = 10_000

  /// The names of all axes, in the order in which they first appear.
  public var axisNames: [String] {
    var seen: Set<String> = []
    return products.joined().map(\.name).filter { seen.insert($0).inserted }
  }

  /// Every run's settings, the first axis changing slowest; a point that two products share is there once.
  var points: [Point] {
    var seen: Set<[String]> = []
    return products.flatMap { axes in
      axes.reduce([[]] as [Point]) { points, axis in
        points.flatMap { point in axis.values.map { point + [(axis, $0)] } }
      }
    }.filter { point in seen.insert(point.map { "\($0.axis.name)=\($0.value.label)" }.sorted()).inserted }
  }

  /// One label, one value, which a reference can name: in a table nothing else tells two runs apart.
  private func checkLabels(into diagnostics: inout [Diagnostic]) {
    var meanings: [String: [String: String]] = [:]
    for axes in products {
      for axis in axes {
        var here: Set<String> = []
        for value in axis.values {
          let label = Double(value.label).map { "\($0)" } ?? value.label
          if label.contains("\"") {
            diagnostics.append(Diagnostic(at: value.place, quotedLabel(value.label), hints: [labelWithout]))
          }
          let meaning = value.removing(["label"]).withoutPlaces
          if !here.insert(label).inserted || meanings[axis.name]?[label] ?? meaning != meaning {
            diagnostics.append(
              Diagnostic(at: value.place, equalLabels(value.label, axis.name), hints: [addALabel]))
          }
          meanings[axis.name, default: [:]][label] = meaning
        }
      }
    }
  }
}

extension Sweep.Axis {
  fileprivate init?(_ entry: Spec.Entry, kind: CatalogEntry, into diagnostics: inout [Diagnostic]) {
    self.init(name: entry.key, place: entry.keyPlace, values: entry.value.elements)
    if let mistake = OptionPath.mistake(in: entry, kind: kind) {
      diagnostics.append(mistake)
      return nil
    }
    guard case .list = entry.value.value, !values.isEmpty else {
      diagnostics.append(Diagnostic(at: entry.value.place, noValues(entry.key)))
      return nil
    }
  }
}

extension Spec {
  /// The same text for specs that say the same, wherever they stand.
  var withoutPlaces: String {
    switch value {
    case .null: "~"
    case .scalar(let text, let quoted): quoted ? "\"\(text)\"" : text
    case .list(let elements): "[" + elements.map(\.withoutPlaces).joined(separator: ",") + "]"
    case .map(let entries):
      "{" + entries.map { "\($0.key):\($0.value.withoutPlaces)" }.sorted().joined(separator: ",") + "}"
    }
  }
}

private func tooManyRuns(_ count: Double) -> String {
  "this sweep makes \(count < 1e15 ? String(Int(count)) : "\(count)") runs; at most \(Sweep.mostRuns) are taken"
}
private let notASweep = "a sweep is a map from options to lists of values, or a list of such maps"
private func quotedLabel(_ label: String) -> String {
  "no reference could name ‘\(label)’: values are put in double quotes there"
}
private let labelWithout = "give it a ‘label:’ without them"
private let addALabel = "give one of them another ‘label:’"
private func noValues(_ key: String) -> String { "a sweep over ‘\(key)’ needs a list of values" }
private func equalLabels(_ label: String, _ axis: String) -> String {
  "two values of ‘\(axis)’ are called ‘\(label)’, and tables could not tell them apart"
}
