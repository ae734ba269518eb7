import Diagnostics
import Experiments
import Foundation
import Specs
import Tables
import Tensors
import Testing

/// Reads a spec against a kind and prepares its run; what is wrong fails the test.
func prepare(_ kind: Kind, _ yaml: String, folder: String = "/") throws -> any Experiment {
  var diagnostics: [Diagnostic] = []
  let spec = try Spec.parse(yaml, at: Place(file: "test", line: 1, column: 1))
  let options = try #require(
    spec.read(kind.entry.options, owner: kind.entry.name, into: &diagnostics), "\(diagnostics)")
  let book = Surroundings(seed: 1, dataFolders: [], folder: folder)
  return try #require(kind.prepare(options, book, &diagnostics), "\(diagnostics)")
}

/// Runs a prepared experiment, without upstream results unless they are given by option.
func run(_ kind: Kind, _ yaml: String, folder: String = "/", inputs: [String: Outcome] = [:]) throws -> Outcome {
  let lent = inputs.mapValues { [Input(tables: $0.tables, checkpoint: nil)] }
  return try prepare(kind, yaml, folder: folder).run(inputs: lent, doors: Doors())
}

/// A function of the plane over a grid, as `descend` gives it in the table `surface`.
func surface(_ function: String, x: [Double], y: [Double], points: Int) throws -> Outcome {
  try run(
    descendKind,
    "function: \(function)\noptimizer: sgd\nstart: [0, 0]\nsteps: 1\nsurface: {x: \(x), y: \(y), points: \(points)}\n")
}

extension Outcome {
  subscript(table: String) -> Table { tables.first { $0.name == table }! }
}

extension Table {
  /// The numbers of a column, of those rows alone whose other columns have these values.
  func numbers(_ column: String, where conditions: [String: String] = [:]) -> [Double] {
    let rows = filtered(conditions.map { ($0.key, [$0.value]) })
    return (0..<rows.rowCount).map { rows[column]!.number($0)! }
  }
}

/// The messages that a spec gives.
func messages(_ kind: Kind, _ yaml: String, folder: String = "/") throws -> [String] {
  var diagnostics: [Diagnostic] = []
  let spec = try Spec.parse(yaml, at: Place(file: "test", line: 1, column: 1))
  if let options = spec.read(kind.entry.options, owner: kind.entry.name, into: &diagnostics) {
    _ = kind.prepare(options, Surroundings(seed: 1, dataFolders: [], folder: folder), &diagnostics)
  }
  return diagnostics.map(\.message)
}

extension Outcome {
  /// A column of one of the tables, as numbers.
  func column(_ name: String, of table: String) throws -> [Double] {
    let table = try #require(tables.first { $0.name == table }, "no table \(table)")
    let column = try #require(table[name], "no column \(name) in \(table.name)")
    return (0..<table.rowCount).map { column.number($0)! }
  }

  /// A text column of one of the tables.
  func texts(_ name: String, of table: String) throws -> [String] {
    let table = try #require(tables.first { $0.name == table }, "no table \(table)")
    return (0..<table.rowCount).map { table[name]!.text($0) }
  }
}

/// Rows of two inputs and what is to be learned from them, as a file that `data: {csv: …}` reads while `body` runs.
struct LineData {
  static let rows: [[Double]] = [[1, 2], [0.5, -1], [-2, 0.25], [0, 1], [3, -0.5]]
  static let targets = [-3.0, 3, -2, -1, 4]
  static let spec =
    "data: {csv: {path: line.csv, target: y, test: 0, standardize: false}}\nmodel: {mlp: {hidden: []}}\n"
    + "precision: double\nbatch: full\n"

  static func inFolder(rows chosen: [Int] = [0, 1, 2, 3, 4], _ body: (_ folder: String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "fieldbook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let lines = chosen.map { "\(rows[$0][0]),\(rows[$0][1]),\(targets[$0])" }
    try "a,b,y\n\(lines.joined(separator: "\n"))\n".write(
      toFile: folder + "/line.csv", atomically: true, encoding: .utf8)
    try body(folder)
  }

  /// The Hessian of the mean square error in two weights and a bias: 2·mean(āāᵀ).
  static var hessian: Matrix {
    var matrix = Matrix(rows: 3, columns: 3, Array(repeating: 0, count: 9))
    for row in rows.map({ $0 + [1] }) {
      for i in 0..<3 { for j in 0..<3 { matrix[i, j] += 2 * row[i] * row[j] / 5 } }
    }
    return matrix
  }
  static var largest: Double { hessian.symmetricEigen()!.values[2] }
}
