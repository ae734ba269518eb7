import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `fit`: a Gaussian bowl, or several under one rim, fitted to a surface.
public let fitKind = Kind(
  CatalogEntry(
    "fit",
    options: LentGrid.options + [
      Option("components", .integer(1...50), .yaml("1"), "How many Gaussian bowls."),
      Option(
        "offset", .either([.number(), .choice(["free", "pinned"])]), .yaml("free"),
        "The value far away: fitted (free), held at the greatest value of the surface (pinned), or held at a number."),
    ],
    doc:
      "The surface offset − Σ A·exp(−(x−x₀)²/2σ₁² − (y−y₀)²/2σ₂²) nearest to given values, by least squares, with its "
      + "curvatures and the learning rate up to which descent is stable at its centre.",
    source: "Levenberg 1944; Marquardt 1963; Moré 1978")
) { options, _, diagnostics in
  let table = LentGrid.table(options)
  guard table.check(options, into: &diagnostics) else { return nil }
  if options.integer("components") > 1, options["offset"]!.value != .text("free") {
    diagnostics.append(Diagnostic(at: options.place("offset"), onlyFree))
    return nil
  }
  return FitStudy(options: options, table: table)
}

/// One surface and what stands for it.
struct FitStudy: Experiment {
  let options: Values
  let table: LentTable

  private static let bowl = [
    ColumnSchema("amplitude", doc: "Depth A; below 0 for a hill."), ColumnSchema("center-x", doc: "x₀."),
    ColumnSchema("center-y", doc: "y₀."), ColumnSchema("sigma-x", doc: "Width |σ₁|."),
    ColumnSchema("sigma-y", doc: "Width |σ₂|."),
    ColumnSchema("curvature-x", doc: "Second derivative along x at the centre, of this bowl: A/σ₁²."),
    ColumnSchema("curvature-y", doc: "Second derivative along y at the centre, of this bowl: A/σ₂²."),
    ColumnSchema(
      "stable-rate",
      doc: "2/curvature along the steeper axis: below it gradient descent is stable there. NaN for a hill."),
  ]
  private static let runs = [
    ColumnSchema("offset", doc: "The value far away."),
    ColumnSchema("r-squared", doc: "1 − Σ residual² / Σ (value − mean)²."),
    ColumnSchema("deviation", doc: "Root of the mean squared residual."),
    ColumnSchema("samples", .integer, doc: "Values fitted."),
    ColumnSchema("missing", .integer, doc: "Values left out, since they are not finite."),
    ColumnSchema("steps", .integer, doc: "Steps of the search."),
    ColumnSchema("converged", .integer, doc: "1 if it ended because nothing got better."),
  ]
  private static let components = TableSchema(
    "components", [ColumnSchema("component", .integer, doc: "Number of the bowl, deepest first.")] + bowl)
  private static let residuals = TableSchema(
    "residuals",
    [
      ColumnSchema("x", doc: "First coordinate."), ColumnSchema("y", doc: "Second coordinate."),
      ColumnSchema("data", doc: "The surface's value."), ColumnSchema("fit", doc: "The fit's value."),
      ColumnSchema("residual", doc: "Data minus fit."),
    ])

  private var isSingle: Bool { options.integer("components") == 1 }
  /// The numbers of a single bowl stand in `runs` too.
  private var runs: TableSchema { TableSchema("runs", (isSingle ? FitStudy.bowl : []) + FitStudy.runs) }

  var tables: [TableSchema] { [runs, FitStudy.components, FitStudy.residuals] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 1 << 27 }
  func refusal(of upstream: any Experiment, option: String) -> String? { table.refusal(of: upstream) }
  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] {
    LentGrid.mismatches(table, with: upstream["from"]?.first)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let grid = try LentGrid(table, of: inputs["from"])
    let (surface, fit): (GaussianMixture, LeastSquaresFit)
    do {
      (surface, fit) = try self.fit(grid)
    } catch let error as LandscapeError { throw error.at(table.place) }

    var residuals = TableBuilder(FitStudy.residuals)
    for (row, y) in grid.y.enumerated() {
      for (column, x) in grid.x.enumerated() {
        let (data, value) = (grid.values[row, column], surface.value(at: [x, y]))
        residuals.append([
          "x": .number(x), "y": .number(y), "data": .number(data), "fit": .number(value),
          "residual": .number(data - value),
        ])
      }
    }
    let data = grid.values.elements.filter(\.isFinite)
    var row: [String: TableBuilder.Value] = [
      "offset": .number(surface.offset), "r-squared": .number(fit.determination(of: data)),
      "deviation": .number((fit.squaredResiduals / Double(data.count)).squareRoot()), "samples": .integer(data.count),
      "missing": .integer(grid.missing), "steps": .integer(fit.steps), "converged": .integer(fit.converged ? 1 : 0),
    ]
    var components = TableBuilder(FitStudy.components)
    for (number, bowl) in surface.bowls.sorted(by: { $0.depth > $1.depth }).enumerated() {
      let columns = described(bowl)
      components.append(columns.merging(["component": .integer(number + 1)]) { $1 })
      if isSingle { row.merge(columns) { $1 } }
    }
    var runs = TableBuilder(self.runs)
    runs.append(row)
    return Outcome(tables: [runs.table(), components.table(), residuals.table()])
  }

  private func fit(_ grid: LentGrid) throws -> (GaussianMixture, LeastSquaresFit) {
    if !isSingle {
      let found = try GaussianMixture.fit(grid.values, x: grid.x, y: grid.y, count: options.integer("components"))
      return (found.surface, found.fit)
    }
    let offset: InvertedGaussian.Offset =
      switch options["offset"]!.value {
      case .text("free"): .free
      case .text: .greatest
      default: .pinned(options["offset"]!.asNumber)
      }
    let found = try InvertedGaussian.fit(SurfaceSamples(grid: grid.values, x: grid.x, y: grid.y), offset: offset)
    var bowl = found.surface
    bowl.offset = 0
    return (GaussianMixture(offset: found.surface.offset, bowls: [bowl]), found.fit)
  }

  private func described(_ bowl: InvertedGaussian) -> [String: TableBuilder.Value] {
    [
      "amplitude": .number(bowl.depth), "center-x": .number(bowl.centre.x), "center-y": .number(bowl.centre.y),
      "sigma-x": .number(bowl.width.x), "sigma-y": .number(bowl.width.y), "curvature-x": .number(bowl.curvatures.x),
      "curvature-y": .number(bowl.curvatures.y),
      "stable-rate": .number(bowl.depth > 0 ? bowl.greatestStableRate : .nan),
    ]
  }
}

private let onlyFree = "several bowls share a rim that is fitted: ‘offset: free’"
