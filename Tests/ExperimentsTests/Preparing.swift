import Diagnostics
import Experiments
import Specs
import Tables
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
