import Diagnostics
import Landscapes
import Specs
import Tensors

/// A cloud of points that another experiment has computed: rows of a table, some of whose columns are coordinates.
enum LentPoints {
  static let option = Option(
    "points", .list(.text, count: 1...10_000), .absent, "The columns that are coordinates; each row is a point.")

  /// The columns that the option `points` names.
  static func table(_ options: Values, of option: String = "from") -> LentTable {
    LentTable(options[option]!, columns: options.list("points").map { ("points", $0.asText, $0.place) })
  }

  /// The rows whose coordinates are all finite, and how many are not.
  static func read(_ table: LentTable, of inputs: [Input]?) throws -> (points: Matrix, missing: Int) {
    let columns = try table.numbers(of: inputs)
    let rows = columns[0].indices.filter { row in columns.allSatisfy { $0[row].isFinite } }
    guard !rows.isEmpty else { throw DiagnosticError(at: table.place, noPoints(table)) }
    guard rows.count <= most else {
      throw DiagnosticError(at: table.place, tooMany(table, rows.count), hints: ["at most \(most)"])
    }
    let elements = rows.flatMap { row in columns.map { $0[row] } }
    return (
      Matrix(rows: rows.count, columns: columns.count, elements), columns[0].count - rows.count
    )
  }

  /// Distances of all pairs are held, and loops looked for among all edges.
  static let most = 2000
}

private func noPoints(_ table: LentTable) -> String { "\(table) has no row with finite coordinates" }
private func tooMany(_ table: LentTable, _ count: Int) -> String {
  "\(table) has \(count) points, too many to look at all their pairs"
}
