import Diagnostics
import Landscapes
import Specs
import Tables

/// `multiscale`: a surface or a line of another experiment, taken apart by scale.
public let multiscaleKind = Kind(
  CatalogEntry(
    "multiscale",
    options: LentGrid.options + [
      Option(
        "transform", .entry(scaleTransformCatalog.catalog), .yaml("dwt"), "How the surface is taken apart.")
    ],
    doc: "Takes a surface that another experiment computed apart by scale: wavelets, Gaussian smoothing, roughness.",
    source: "Mallat 1989; Daubechies 1992; Lindeberg 1990")
) { options, _, diagnostics in
  let selection = options.entry("transform")
  let transform = scaleTransformCatalog.maker(of: selection)(selection.values)
  let table = LentGrid.table(options, without: transform.readsLine ? ["y"] : [])
  return table.check(options, into: &diagnostics)
    ? Multiscale(options: options, transform: transform, table: table) : nil
}

/// One surface, taken apart.
struct Multiscale: Experiment {
  let options: Values
  let transform: any ScaleTransform
  let table: LentTable

  private var runs: TableSchema {
    TableSchema(
      "runs",
      [
        ColumnSchema("rows", .integer, doc: "Values along y."),
        ColumnSchema("columns", .integer, doc: "Values along x."),
        ColumnSchema("missing", .integer, doc: "Values that are not finite; what they reach is NaN."),
      ] + transform.columns)
  }

  var tables: [TableSchema] { [runs] + transform.tables }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 1 << 27 }
  func refusal(of upstream: any Experiment, option: String) -> String? { table.refusal(of: upstream) }
  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] {
    let lender = upstream["from"]?.first
    let missing =
      transform.readsLine ? table.mismatches(with: lender) : LentGrid.mismatches(table, with: lender)
    let isInPlace = table.columns.allSatisfy { $0.option == "value" || $0.option == $0.name }
    guard missing.isEmpty, isInPlace, let size = lender?.grid(of: table.table) else { return missing }
    let place = options.place("transform")
    if transform.readsLine, size.y > 1 { return [Diagnostic(at: place, notLine(table, size))] }
    do { try transform.check(size) } catch {
      let error = error as? LandscapeError ?? LandscapeError("\(error)")
      return [Diagnostic(at: place, error.message, hints: error.hints)]
    }
    return []
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    var grid = try LentGrid(table, of: inputs["from"])
    if let row = transform.row { grid = grid.row(at: row) }
    guard let spacing = grid.spacing else { throw DiagnosticError(at: table.place, notEqual(table)) }
    do {
      let findings = try transform.apply(to: grid, spacing: spacing, doors: doors)
      var runs = TableBuilder(self.runs)
      let size: [String: TableBuilder.Value] = [
        "rows": .integer(grid.y.count), "columns": .integer(grid.x.count), "missing": .integer(grid.missing),
      ]
      runs.append(size.merging(findings.row) { $1 })
      return Outcome(tables: [runs.table()] + findings.tables)
    } catch let error as LandscapeError {
      throw error.at(options.place("transform"))
    }
  }
}

private func notLine(_ table: LentTable, _ size: GridSize) -> String {
  "\(table) has \(size.x) × \(size.y) places: say with ‘row’ the y of the line that is transformed"
}
private func notEqual(_ table: LentTable) -> String {
  "the places of \(table) are not at equal distances, so that a scale means nothing"
}
