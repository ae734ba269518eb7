import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `mapper`: a cloud of points as a graph of overlapping clusters.
public let mapperKind = Kind(
  CatalogEntry(
    "mapper", revision: 2,
    options: [
      Option("from", .reference, .required, "The table with the points, such as ‘study.steps’."),
      Option("points", .list(.text, count: 1...1000), .required, "The columns that are coordinates."),
      Option("lens", .text, .required, "The column whose range is covered by intervals; a coordinate, or another."),
      Option("intervals", .integer(1...1000), .yaml("8"), "How many intervals of equal length cover it."),
      Option(
        "overlap", .number(above: 0, below: 1), .yaml("0.3"),
        "The share of its length that an interval has in common with the next."),
      Option(
        "threshold", .number(above: 0), .required,
        "Points of an interval are in one cluster when steps of at most this length join them."),
    ],
    doc: "Mapper's graph of a cloud of points: clusters of alike lens values, joined where they share points.",
    source: "Singh, Mémoli & Carlsson 2007")
) { options, _, diagnostics in
  let table = LentPoints.table(options)
  guard table.check(options, into: &diagnostics) else { return nil }
  for name in options.list("points") where MapperStudy.own.contains(name.asText) {
    diagnostics.append(Diagnostic(at: name.place, ownName(name.asText)))
    return nil
  }
  return MapperStudy(options: options, table: table)
}

/// One graph.
struct MapperStudy: Experiment {
  let options: Values
  let table: LentTable

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("samples", .integer, doc: "Points."),
      ColumnSchema("missing", .integer, doc: "Points left out, since a number of theirs is not finite."),
      ColumnSchema("nodes", .integer, doc: "Clusters."),
      ColumnSchema("edges", .integer, doc: "Pairs of clusters that share points."),
      ColumnSchema("components", .integer, doc: "Pieces of the graph."),
      ColumnSchema("loops", .integer, doc: "Independent loops: edges − nodes + components."),
    ])
  private static let node = [
    ColumnSchema("node", .integer, doc: "Number of the cluster, from 1."),
    ColumnSchema("interval", .integer, doc: "Number of its interval, from 1."),
    ColumnSchema("size", .integer, doc: "Its points."),
    ColumnSchema("lens", doc: "The lens, mean over its points."),
  ]
  private static let edge = [
    ColumnSchema("edge", .integer, doc: "Number of the edge, from 1; each has two rows, one for each end."),
    ColumnSchema("shared", .integer, doc: "Points in both clusters."),
  ]
  /// Names that a coordinate cannot have.
  static let own = Set((node + edge).map(\.name))

  private var coordinates: [ColumnSchema] {
    table.columns.map { ColumnSchema($0.name, doc: "Mean of the points' \($0.name).") }
  }
  private var nodes: TableSchema { TableSchema("nodes", MapperStudy.node + coordinates) }
  private var edges: TableSchema { TableSchema("edges", MapperStudy.edge + MapperStudy.node + coordinates) }

  var tables: [TableSchema] { [MapperStudy.runs, nodes, edges] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { 1 << 27 }

  /// The points' columns, and the lens behind them.
  private var lent: LentTable {
    var lent = table
    lent.columns.append(("lens", options.text("lens"), options.place("lens")))
    return lent
  }

  func refusal(of upstream: any Experiment, option: String) -> String? { lent.refusal(of: upstream) }
  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] {
    lent.mismatches(with: upstream["from"]?.first)
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    var (points, missing) = try LentPoints.read(lent, of: inputs["from"])
    let width = table.columns.count
    let rows = (0..<points.rows).map { row in (0...width).map { points[row, $0] } }
    let lens = rows.map { $0[width] }
    points = .init(rows: rows.count, columns: width, rows.flatMap { $0[..<width] })
    let graph: Mapper
    do {
      graph = try Mapper(
        distances: pairwiseDistances(points), lens: lens, intervals: options.integer("intervals"),
        overlap: options.number("overlap"), threshold: options.number("threshold"))
    } catch let error as LandscapeError { throw error.at(table.place) }

    var runs = TableBuilder(MapperStudy.runs)
    runs.append([
      "samples": .integer(rows.count), "missing": .integer(missing), "nodes": .integer(graph.nodes.count),
      "edges": .integer(graph.edges.count), "components": .integer(graph.components), "loops": .integer(graph.loops),
    ])
    let described = graph.nodes.enumerated().map { number, node -> [String: TableBuilder.Value] in
      let mean = { (column: Int) in node.points.reduce(0) { $0 + rows[$1][column] } / Double(node.points.count) }
      var row: [String: TableBuilder.Value] = [
        "node": .integer(number + 1), "interval": .integer(node.interval + 1), "size": .integer(node.points.count),
        "lens": .number(mean(width)),
      ]
      for (column, name) in table.columns.map(\.name).enumerated() { row[name] = .number(mean(column)) }
      return row
    }
    var nodes = TableBuilder(self.nodes)
    for row in described { nodes.append(row) }
    var edges = TableBuilder(self.edges)
    for (number, edge) in graph.edges.enumerated() {
      for end in [edge.from, edge.to] {
        edges.append(
          described[end].merging(["edge": .integer(number + 1), "shared": .integer(edge.shared)]) { $1 })
      }
    }
    return Outcome(tables: [runs.table(), nodes.table(), edges.table()])
  }
}

private func ownName(_ name: String) -> String { "a column called ‘\(name)’ would be taken for one of the graph's own" }
