import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `persistence`: the components and loops of sublevel sets, or of a cloud of points seen ever less sharply.
public let persistenceKind = Kind(
  CatalogEntry(
    "persistence",
    options: LentGrid.options + [
      Option(
        "construction", .choice(CubicalConstruction.allCases.map(\.rawValue) + [Persistence.rips]), .yaml("cells"),
        "cells: a value is a square, and squares that share a corner are connected; vertices: a value is a corner, with "
          + "four neighbours; rips: points are joined when they are near (Vietoris-Rips)."),
      LentPoints.option,
      Option(
        "limit", .number(above: 0), .absent, "rips: the greatest distance looked at; by default until nothing changes."),
      Option("min-lifetime", .number(atLeast: 0), .yaml("0"), "Only classes that last longer."),
      Option(
        "to", .reference, .absent,
        "Another table to measure the distance to: values or points in columns of the same names, or a table `pairs`."),
      Option(
        "order", .number(atLeast: 1), .yaml("2"),
        "p of the Wasserstein distance: costs are p-th powers, and the p-th root of their sum is taken."),
    ],
    doc:
      "Persistent homology in dimensions 0 and 1: when components and loops appear and are gone again, as the level rises "
      + "over a surface or the distance over a cloud of points.",
    source: "Edelsbrunner & Harer 2010; Wagner, Chen & Vuçini 2012; Bauer 2021, arXiv:1908.02518")
) { options, _, diagnostics in
  let isRips = options.text("construction") == Persistence.rips
  for name in isRips ? ["x", "y", "value"] : ["points", "limit"] where options[name]?.isWritten == true {
    diagnostics.append(Diagnostic(at: options.place(name), belongsElsewhere(name, isRips)))
    return nil
  }
  if isRips, options["points"] == nil {
    diagnostics.append(Diagnostic(at: options.place("construction"), needsPoints))
    return nil
  }
  let table = isRips ? LentPoints.table(options) : LentGrid.table(options)
  guard table.check(options, into: &diagnostics) else { return nil }
  let other = options["to"].map { _ in
    isRips ? LentPoints.table(options, of: "to") : LentGrid.table(options, of: "to")
  }
  return Persistence(options: options, table: table, other: other)
}

/// One diagram, and how far it is from another.
struct Persistence: Experiment {
  static let rips = "rips"
  let options: Values
  let table: LentTable
  let other: LentTable?

  private var isRips: Bool { options.text("construction") == Persistence.rips }

  var tables: [TableSchema] {
    [
      DiagramTables.runs(hasDistance: other != nil, isGrid: !isRips), DiagramTables.pairs(isGrid: !isRips),
      DiagramTables.betti,
    ]
  }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { isRips ? 1 << 28 : 1 << 27 }

  func refusal(of upstream: any Experiment, option: String) -> String? {
    guard option == "to", let other else { return table.refusal(of: upstream) }
    return DiagramTables.isDiagram(other, of: upstream.tables) ? nil : other.refusal(of: upstream)
  }
  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] {
    func mismatches(_ table: LentTable, _ lender: (any Experiment)?) -> [Diagnostic] {
      isRips ? table.mismatches(with: lender) : LentGrid.mismatches(table, with: lender)
    }
    var found = mismatches(table, upstream["from"]?.first)
    if let other, let lender = upstream["to"]?.first, !DiagramTables.isDiagram(other, of: lender.tables) {
      found += mismatches(other, lender)
    }
    return found
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let here = try field(table, inputs["from"])
    doors.progress(0.5)
    if doors.isCancelled() { throw Cancelled() }
    var summary = DiagramTables.summary(here.diagram)
    summary["samples"] = .integer(here.count)
    summary["missing"] = .integer(here.missing)
    if let other {
      let there =
        if let diagram = try DiagramTables.diagram(other, inputs["to"]) {
          Field(diagram: diagram, count: 0, missing: 0, grid: nil)
        } else { try field(other, inputs["to"]) }
      try check(here.diagram, there.diagram)
      for dimension in 0...1 {
        summary["bottleneck-\(dimension)"] = .number(
          bottleneckDistance(here.diagram, there.diagram, dimension: dimension))
        summary["wasserstein-\(dimension)"] = .number(
          wassersteinDistance(here.diagram, there.diagram, dimension: dimension, p: options.number("order")))
      }
      if !isRips { summary["difference"] = .number(greatestDifference(here.grid, there.grid)) }
    }
    var runs = TableBuilder(tables[0])
    runs.append(summary)
    let pairs = DiagramTables.pairs(here.diagram, here.grid)
    return Outcome(tables: [runs.table(), pairs, DiagramTables.betti(here.diagram)])
  }

  /// What a table holds, and its diagram.
  private struct Field {
    var diagram: Diagram
    var count: Int
    var missing: Int
    var grid: LentGrid?
  }

  private func field(_ table: LentTable, _ inputs: [Input]?) throws -> Field {
    do { return try unsaidField(table, inputs) } catch let error as LandscapeError { throw error.at(table.place) }
  }

  private func unsaidField(_ table: LentTable, _ inputs: [Input]?) throws -> Field {
    let least = options.number("min-lifetime")
    if isRips {
      let (points, missing) = try LentPoints.read(table, of: inputs)
      var diagram = try vietorisRips(points: points, limit: options.optionalNumber("limit") ?? .infinity)
      diagram.pairs.removeAll { $0.lifetime <= least }
      return Field(diagram: diagram, count: points.rows, missing: missing, grid: nil)
    }
    let grid = try LentGrid(table, of: inputs)
    let construction = CubicalConstruction(rawValue: options.text("construction"))!
    let diagram = try cubicalPersistence(of: grid.values, construction, minimumLifetime: least)
    return Field(diagram: diagram, count: grid.values.elements.count, missing: grid.missing, grid: grid)
  }

  /// Matching looks at all pairs of pairs.
  private func check(_ a: Diagram, _ b: Diagram) throws {
    for dimension in 0...1 {
      let (m, n) = (a.pairs(dimension: dimension).count, b.pairs(dimension: dimension).count)
      guard m * n <= 4_000_000 else {
        throw DiagnosticError(at: options.place("to"), tooMany(m, n), hints: ["‘min-lifetime’ leaves short ones out"])
      }
    }
  }

  /// The greatest difference of two surfaces over the same places; NaN where there is none to see.
  private func greatestDifference(_ a: LentGrid?, _ b: LentGrid?) -> Double {
    guard let a, let b, a.x == b.x, a.y == b.y else { return .nan }
    return zip(a.values.elements, b.values.elements).reduce(0) { greatest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .nan : difference > greatest ? difference : greatest
    }
  }
}

private let needsPoints = "‘rips’ needs ‘points’: the columns that are coordinates"
private func belongsElsewhere(_ name: String, _ isRips: Bool) -> String {
  isRips ? "‘\(name)’ is for surfaces; ‘rips’ takes ‘points’" : "‘\(name)’ is for points: ‘construction: rips’"
}
private func tooMany(_ m: Int, _ n: Int) -> String { "diagrams of \(m) and \(n) pairs are too large to be matched" }
