import Landscapes
import Specs
import Tables

/// A persistence diagram as tables, and back.
enum DiagramTables {
  static func runs(hasDistance: Bool, isGrid: Bool) -> TableSchema {
    var columns = [
      ColumnSchema("samples", .integer, doc: "Values of the surface, or points."),
      ColumnSchema("missing", .integer, doc: "Values that are not finite and never enter, or points left out."),
    ]
    for (dimension, what) in [(0, "components"), (1, "loops")] {
      columns += [
        ColumnSchema("pairs-\(dimension)", .integer, doc: "How many \(what) appear, those that stay among them."),
        ColumnSchema("essential-\(dimension)", .integer, doc: "How many \(what) stay."),
        ColumnSchema("total-\(dimension)", doc: "Sum of the finite lifetimes of \(what)."),
        ColumnSchema("longest-\(dimension)", doc: "The longest finite lifetime of \(what); 0 if there is none."),
        ColumnSchema("entropy-\(dimension)", unit: "nats", doc: "Entropy of the finite lifetimes' shares, \(what)."),
      ]
      if hasDistance {
        columns += [
          ColumnSchema("bottleneck-\(dimension)", doc: "Bottleneck distance to the other diagram, \(what)."),
          ColumnSchema("wasserstein-\(dimension)", doc: "Wasserstein distance to the other diagram, \(what)."),
        ]
      }
    }
    if hasDistance, isGrid {
      columns.append(
        ColumnSchema(
          "difference", doc: "Greatest difference of the two surfaces, which bounds the bottleneck distance."))
    }
    return TableSchema("runs", columns)
  }

  static func pairs(isGrid: Bool) -> TableSchema {
    let places = [("birth", "appears"), ("death", "ends")].flatMap { name, what in
      ["x", "y"].map { ColumnSchema("\(name)-\($0)", doc: "Where it \(what), \($0); NaN for one that stays.") }
    }
    return TableSchema(
      "pairs",
      [
        ColumnSchema("dimension", .integer, doc: "0: a component; 1: a loop."),
        ColumnSchema("rank", .integer, doc: "1 lasts longest of its dimension."),
        ColumnSchema("birth", doc: "The level or distance at which it appears."),
        ColumnSchema("death", doc: "The level or distance at which it is gone; infinite for one that stays."),
        ColumnSchema("lifetime", doc: "Death minus birth."),
        ColumnSchema("essential", .integer, doc: "1 if it stays."),
      ] + (isGrid ? places : []))
  }

  static let betti = TableSchema(
    "betti",
    [
      ColumnSchema("dimension", .integer, doc: "0: components; 1: loops."),
      ColumnSchema("level", doc: "A level or distance at which the number changes; twice, before and from there on."),
      ColumnSchema("betti", .integer, doc: "How many there are."),
    ])

  /// The columns of `runs` that a diagram decides.
  static func summary(_ diagram: Diagram) -> [String: TableBuilder.Value] {
    var row: [String: TableBuilder.Value] = [:]
    for dimension in 0...1 {
      let all = diagram.pairs(dimension: dimension)
      let finite = all.filter { !$0.isEssential }.map(\.lifetime)
      row["pairs-\(dimension)"] = .integer(all.count)
      row["essential-\(dimension)"] = .integer(all.count - finite.count)
      row["total-\(dimension)"] = .number(finite.reduce(0, +))
      row["longest-\(dimension)"] = .number(finite.max() ?? 0)
      row["entropy-\(dimension)"] = .number(diagram.entropy(dimension: dimension))
    }
    return row
  }

  static func pairs(_ diagram: Diagram, _ grid: LentGrid?) -> Table {
    var table = TableBuilder(pairs(isGrid: grid != nil))
    var ranks = [0, 0]
    for pair in diagram.byLifetime.sorted(by: { $0.dimension < $1.dimension }) {
      ranks[pair.dimension] += 1
      var row: [String: TableBuilder.Value] = [
        "dimension": .integer(pair.dimension), "rank": .integer(ranks[pair.dimension]), "birth": .number(pair.birth),
        "death": .number(pair.death), "lifetime": .number(pair.lifetime),
        "essential": .integer(pair.isEssential ? 1 : 0),
      ]
      if let grid {
        for (name, cell) in [("birth", pair.birthCell as Int?), ("death", pair.deathCell)] {
          row["\(name)-x"] = .number(cell.map { grid.x[$0 % grid.x.count] } ?? .nan)
          row["\(name)-y"] = .number(cell.map { grid.y[$0 / grid.x.count] } ?? .nan)
        }
      }
      table.append(row)
    }
    return table.table()
  }

  static func betti(_ diagram: Diagram) -> Table {
    var table = TableBuilder(betti)
    for dimension in 0...1 {
      var changes: [Double: Int] = [:]
      for pair in diagram.pairs(dimension: dimension) {
        changes[pair.birth, default: 0] += 1
        if !pair.isEssential { changes[pair.death, default: 0] -= 1 }
      }
      var count = 0
      for (level, change) in changes.sorted(by: { $0.key < $1.key }) where change != 0 {
        for betti in [count, count + change] {
          table.append(["dimension": .integer(dimension), "level": .number(level), "betti": .integer(betti)])
        }
        count += change
      }
    }
    return table.table()
  }

  /// The columns that make a table a diagram.
  private static let marks = ["dimension", "birth", "death"]

  /// Whether a reference names a diagram that another experiment has made.
  static func isDiagram(_ table: LentTable, of tables: [TableSchema]) -> Bool {
    guard let schema = tables.first(where: { $0.name == table.table }) else { return false }
    return marks.allSatisfy { schema[$0] != nil }
  }

  /// The diagram in such a table; `nil` for a table of another sort.
  static func diagram(_ table: LentTable, _ inputs: [Input]?) throws -> Diagram? {
    guard let tables = inputs?.first?.tables, isDiagram(table, of: tables.map(\.schema)) else { return nil }
    var reading = table
    reading.columns = marks.map { ("to", $0, table.place) }
    let columns = try reading.numbers(of: inputs)
    return Diagram(
      columns[0].indices.map { row in
        let death = columns[2][row]
        return Diagram.Pair(
          dimension: Int(columns[0][row]), birth: columns[1][row], death: death, birthCell: row,
          deathCell: death == .infinity ? nil : row)
      })
  }
}
