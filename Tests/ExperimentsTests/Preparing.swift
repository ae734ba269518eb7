import Diagnostics
import Experiments
import Specs
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

/// Runs a prepared experiment without upstream results.
func run(_ kind: Kind, _ yaml: String, folder: String = "/") throws -> Outcome {
  try prepare(kind, yaml, folder: folder).run(inputs: [:], doors: Doors())
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
