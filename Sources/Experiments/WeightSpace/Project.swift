import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// Ways to see points of many dimensions on a plane.
private let projections = Catalog(
  "projection",
  [
    CatalogEntry(
      "pca",
      options: [
        Option("components", .integer(2...100), .yaml("5"), "How many are found, as far as the points span so many."),
        Option(
          "centre", .choice(["mean", "last", "none"]), .yaml("mean"),
          "What is taken off every point first: their mean, as statistics does; the last point, as Li et al. do; nothing."
        ),
      ],
      doc: "Principal components: the directions in which the points vary most.", source: "Pearson 1901; Hotelling 1933"
    ),
    CatalogEntry(
      "tsne",
      options: [
        Option(
          "perplexity", .number(atLeast: 1), .yaml("5"),
          "About how many neighbours a point has; below a third of the points."),
        Option("steps", .integer(1...100_000), .yaml("1000"), "Steps of gradient descent."),
        Option(
          "start", .choice(["pca", "random"]), .yaml("pca"),
          "Where the points of the map start; `random` takes the seed."),
      ],
      doc:
        "A map that keeps neighbours near, by exact t-SNE. Distances between groups and their sizes mean nothing in it.",
      source: "van der Maaten & Hinton 2008"),
  ])

/// `project`: checkpoints as points on a plane.
public let projectKind = Kind(
  CatalogEntry(
    "project",
    options: [
      Option(
        "from", .list(.reference, count: 1...1000), .required,
        "The checkpoints, of one model: `[run@epochs]` are all epochs that a run kept, in order."),
      Option("method", .entry(projections), .yaml("pca"), "How they are brought to a plane."),
      SharedOption.seed,
    ],
    doc:
      "The parameters of checkpoints as points on a plane, by principal components or t-SNE, with the distances between.",
    source: "Li et al. 2018, arXiv:1712.09913, section 7; Lorch 2016")
) { options, _, diagnostics in Project(options: options) }

/// One projection, checked.
struct Project: Experiment {
  let options: Values

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("points", .integer, doc: "Checkpoints."),
      ColumnSchema("parameters", .integer, doc: "Numbers in each."),
      ColumnSchema(
        "not-finite", .integer, doc: "Checkpoints of runs that diverged, with numbers that are not finite: no place."),
      ColumnSchema("explained", doc: "Share of the points' variation that two components have; NaN for t-SNE."),
      ColumnSchema("divergence", doc: "KL(P‖Q) of t-SNE's map at the end, in nats; NaN for components."),
      ColumnSchema("start-divergence", doc: "The same before the first step."),
      ColumnSchema(
        "trustworthiness", doc: "How far neighbours in the map are neighbours, 1 at best; NaN for under 5 points."),
    ])
  private static let points = TableSchema(
    "points",
    [
      ColumnSchema("run", .text, doc: "Which run the checkpoint is of, where there are several."),
      ColumnSchema("epoch", .integer, doc: "After which epoch; 0 is the start."),
      ColumnSchema("x", doc: "First coordinate."), ColumnSchema("y", doc: "Second coordinate."),
      ColumnSchema("norm", doc: "Length of the parameter vector."),
      ColumnSchema("step", doc: "Distance from the run's checkpoint before; NaN for the first."),
      ColumnSchema("from-first", doc: "Distance from the first of all checkpoints."),
    ])
  private static let components = TableSchema(
    "components",
    [
      ColumnSchema("component", .integer, doc: "1 is the greatest."),
      ColumnSchema("variance", doc: "Σ coordinate² / (points − 1) along it."),
      ColumnSchema("explained", doc: "Its share of the points' variation."),
      ColumnSchema("cumulative", doc: "The share of it and all before."),
    ])

  private var isComponents: Bool { options.entry("method").name == "pca" }
  var tables: [TableSchema] { [Project.runs, Project.points] + (isComponents ? [Project.components] : []) }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  /// Checkpoints are counted when their runs are known; this is for a thousand small ones.
  var memory: Int { 1 << 28 }

  func refusal(of upstream: any Experiment, option: String) -> String? {
    upstream.layouts["parameters"] == nil ? "it keeps no checkpoint of a model" : nil
  }

  func refusals(of inputs: [String: Int]) -> [Diagnostic] {
    let count = inputs["from"] ?? 0
    guard count >= 3 else { return [Diagnostic(at: options.place("from"), tooFew(count))] }
    let method = options.entry("method")
    guard !isComponents, let perplexity = method.values["perplexity"], 3 * perplexity.asNumber >= Double(count) else {
      return []
    }
    return [Diagnostic(at: perplexity.place, tooPerplexed(perplexity.asNumber, count), hints: [highest(count)])]
  }

  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] {
    let models = (upstream["from"] ?? []).compactMap { $0.layouts["parameters"].map(Checkpoint.shapes) }
    return Set(models).count > 1 ? [Diagnostic(at: options.place("from"), severalModels)] : []
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let inputs = inputs["from"] ?? []
    let checkpoints = inputs.compactMap(\.checkpoint)
    let rows = checkpoints.map(\.parameters)
    guard checkpoints.count == inputs.count, Set(checkpoints.map(\.layout)).count == 1 else {
      throw DiagnosticError(at: options.place("from"), severalModels)
    }
    // What has left the numbers has no place among the others.
    let finite = rows.indices.filter { rows[$0].allSatisfy(\.isFinite) }
    guard refusals(of: ["from": finite.count]).isEmpty else {
      throw DiagnosticError(
        refusals(of: ["from": finite.count]).map {
          Diagnostic(at: $0.place, $0.message, hints: [diverged(rows.count - finite.count)] + $0.hints)
        })
    }
    let matrix = Matrix(rows: finite.count, columns: rows[0].count, finite.flatMap { rows[$0] })
    var runs: [String: TableBuilder.Value] = [
      "points": .integer(rows.count), "parameters": .integer(rows[0].count),
      "not-finite": .integer(rows.count - finite.count), "explained": .number(.nan),
      "divergence": .number(.nan), "start-divergence": .number(.nan), "trustworthiness": .number(.nan),
    ]
    var components = TableBuilder(Project.components)
    let map: Matrix
    do {
      map = isComponents ? try principal(matrix, &runs, &components) : try neighbours(matrix, &runs)
      if matrix.rows >= 5 {
        let plane = Matrix(rows: matrix.rows, columns: 2, (0..<matrix.rows).flatMap { [map[$0, 0], map[$0, 1]] })
        runs["trustworthiness"] = .number(
          try trustworthiness(of: plane, for: matrix, neighbours: min(5, (matrix.rows - 1) / 2)))
      }
    } catch let error as LandscapeError {
      throw error.at(options.place("method"))
    }
    var table = TableBuilder(Project.runs)
    table.append(runs)
    var places = Array(repeating: SIMD2(Double.nan, .nan), count: rows.count)
    for (place, row) in finite.enumerated() { places[row] = SIMD2(map[place, 0], map[place, 1]) }
    let points = pointsTable(rows, places, runNames(inputs.map(\.origin)), checkpoints)
    return Outcome(tables: [table.table(), points] + (isComponents ? [components.table()] : []))
  }

  private func principal(
    _ points: Matrix, _ runs: inout [String: TableBuilder.Value], _ table: inout TableBuilder
  ) throws -> Matrix {
    let values = options.entry("method").values
    let centring: PrincipalComponents.Centring =
      switch values.text("centre") {
      case "mean": .mean
      case "last": .row(points.rows - 1)
      default: .none
      }
    let count = min(values.integer("components"), points.rows, points.columns)
    let found = try PrincipalComponents(points, count: count, centring: centring)
    var sum = 0.0
    for component in 0..<count {
      sum += found.shares[component]
      table.append([
        "component": .integer(component + 1), "variance": .number(found.variances[component]),
        "explained": .number(found.shares[component]), "cumulative": .number(sum),
      ])
    }
    runs["explained"] = .number(found.shares.prefix(2).reduce(0, +))
    return found.coordinates
  }

  private func neighbours(_ points: Matrix, _ runs: inout [String: TableBuilder.Value]) throws -> Matrix {
    let values = options.entry("method").values
    var settings = TSNE.Options(perplexity: values.number("perplexity"))
    settings.steps = values.integer("steps")
    // The map's start has a stream of its own; weights and probes have theirs.
    let stream = Stream(book: 0, run: UInt64(options.integer("seed")), purpose: .data("t-SNE"))
    let found = try TSNE(
      points, options: settings, start: values.text("start") == "pca" ? .principalComponents : .random(stream))
    runs["divergence"] = .number(found.divergence)
    runs["start-divergence"] = .number(found.history[0].divergence)
    return found.coordinates
  }

  private func pointsTable(
    _ rows: [[Double]], _ places: [SIMD2<Double>], _ names: [String], _ checkpoints: [Checkpoint]
  ) -> Table {
    var table = TableBuilder(Project.points)
    for (index, row) in rows.enumerated() {
      let before = index > 0 && names[index - 1] == names[index] ? distance(row, rows[index - 1]) : .nan
      table.append([
        "run": .text(names[index]), "epoch": .integer(checkpoints[index].counters["epoch"] ?? 0),
        "x": .number(places[index].x), "y": .number(places[index].y),
        "norm": .number(row.reduce(0) { $0 + $1 * $1 }.squareRoot()), "step": .number(before),
        "from-first": .number(distance(row, rows[0])),
      ])
    }
    return table.table()
  }
}

private func tooFew(_ count: Int) -> String {
  "\(count) checkpoint\(count == 1 ? " has" : "s have") no plane to be seen on: three or more"
}
private func diverged(_ count: Int) -> String {
  "\(count) of the checkpoints \(count == 1 ? "has" : "have") numbers that are not finite, of a run that diverged"
}
private let severalModels =
  "the checkpoints are of several models: one cannot be compared with another number by number"
private func tooPerplexed(_ perplexity: Double, _ count: Int) -> String {
  "a perplexity of \(perplexity.formatted) for \(count) points: it must be below a third of them"
}
private func highest(_ count: Int) -> String {
  count > 3 ? "below \((Double(count) / 3).formatted)" : "t-SNE needs more than 3 points"
}

extension Double {
  /// Two decimals at most.
  fileprivate var formatted: String {
    let rounded = (self * 100).rounded() / 100
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }
}
