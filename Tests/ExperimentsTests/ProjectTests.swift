import Diagnostics
import Experiments
import Specs
import Tables
import Tensors
import Testing

struct ProjectTests {
  private let training =
    "data: {spirals: {points: 40, test: 0}}\nmodel: {mlp: {hidden: [6], activation: tanh}}\nprecision: double\n"
    + "optimizer: {sgd: {lr: 0.5}}\nbatch: 10\nepochs: 11\ncheckpoints: [start, epochs]\n"

  private func path(seed: Int) throws -> [Input] {
    try run(trainKind, training + "seed: \(seed)\n").checkpoints.map {
      Input(tables: [], checkpoint: $0, origin: .init(id: "run", labels: [.init(axis: "seed", value: "\(seed)")]))
    }
  }
  private func tables(_ yaml: String, _ inputs: [Input]) throws -> [String: Table] {
    let outcome = try prepare(projectKind, yaml).run(inputs: ["from": inputs], doors: Doors())
    return Dictionary(uniqueKeysWithValues: outcome.tables.map { ($0.name, $0) })
  }
  private func numbers(_ table: Table?, _ column: String) throws -> [Double] {
    let table = try #require(table)
    return (0..<table.rowCount).map { table[column]!.number($0) ?? .nan }
  }

  @Test("Components keep as much of the points' distances as they explain; epochs stay in order, tens after nines")
  func components() throws {
    let inputs = try path(seed: 1)
    let tables = try tables("from: [run@epochs]\nmethod: {pca: {components: 12}}\n", inputs)
    let points = tables["points"]!
    #expect(try numbers(points, "epoch") == (0...11).map(Double.init))
    let shares = try numbers(tables["components"], "explained")
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares == shares.sorted(by: >))
    // Σ over points of the squared coordinates about the mean is the variation times the share.
    let rows = inputs.map { $0.checkpoint!.numbers }
    let mean = rows[0].indices.map { column in rows.reduce(0) { $0 + $1[column] } / 12 }
    let total = rows.reduce(0) { $0 + zip($1, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } }
    let (x, y) = (try numbers(points, "x"), try numbers(points, "y"))
    #expect(abs(x.reduce(0) { $0 + $1 * $1 } - shares[0] * total) < 1e-10 * total)
    #expect(abs(y.reduce(0) { $0 + $1 * $1 } - shares[1] * total) < 1e-10 * total)
    #expect(abs(tables["runs"]!["explained"]!.number(0)! - shares[0] - shares[1]) < 1e-12)
    #expect(try numbers(points, "step")[0].isNaN && numbers(points, "from-first")[0] == 0)
    let step = zip(rows[3], rows[2]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    #expect(abs(try numbers(points, "step")[3] - step) < 1e-13)
  }

  @Test("About the last point, that one is the origin")
  func last() throws {
    let points = try tables("from: [run@epochs]\nmethod: {pca: {centre: last}}\n", path(seed: 1))["points"]!
    #expect(points["x"]!.number(11) == 0 && points["y"]!.number(11) == 0)
  }

  @Test("Two runs keep apart: their starts lie as far as independent points do, √2 times their length")
  func twoRuns() throws {
    let tables = try tables("from: [run@epochs]\n", path(seed: 1) + path(seed: 2))
    let points = tables["points"]!
    #expect(
      (0..<24).map { points["run"]!.text($0) } == Array(repeating: "1", count: 12) + Array(repeating: "2", count: 12))
    #expect(try numbers(points, "step")[12].isNaN)
    let (norm, apart) = (try numbers(points, "norm"), try numbers(points, "from-first")[12])
    let wanted = (norm[0] * norm[0] + norm[12] * norm[12]).squareRoot()
    #expect(abs(apart - wanted) < 0.35 * wanted)
  }

  @Test("t-SNE's divergence falls, and the same seed gives the same map")
  func neighbours() throws {
    let inputs = try path(seed: 1) + path(seed: 2)
    let yaml = "from: [run@epochs]\nmethod: {tsne: {perplexity: 4, steps: 600, start: random}}\n"
    let tables = try tables(yaml, inputs)
    let runs = tables["runs"]!
    #expect(runs["divergence"]!.number(0)! < 0.5 * runs["start-divergence"]!.number(0)!)
    #expect(runs["trustworthiness"]!.number(0)! > 0.9 && tables["components"] == nil)
    let x = try numbers(tables["points"], "x")
    #expect(try numbers(self.tables(yaml, inputs)["points"], "x") == x)
    #expect(try numbers(self.tables(yaml + "seed: 2\n", inputs)["points"], "x") != x)
  }

  @Test(
    "Too few checkpoints, and a perplexity of a third of them or more, are said before anything runs",
    arguments: [
      ("method: pca", 2, "2 checkpoints have no plane to be seen on: three or more"),
      ("method: {tsne: {perplexity: 5}}", 15, "a perplexity of 5 for 15 points: it must be below a third of them"),
    ])
  func counts(_ method: String, _ count: Int, _ message: String) throws {
    let experiment = try prepare(projectKind, "from: [run@epochs]\n\(method)\n")
    #expect(experiment.refusals(of: ["from": count]).map(\.message) == [message])
    #expect(experiment.refusals(of: ["from": 16]).isEmpty)
  }

  @Test("A checkpoint that has left the numbers has no place and disturbs no other; too few others are said")
  func diverged() throws {
    let inputs = try path(seed: 1)
    var lost = inputs
    lost[4].checkpoint!.arrays["parameters"] = .doubles(
      Array(repeating: .nan, count: inputs[4].checkpoint!.numbers.count))
    let tables = try tables("from: [run@epochs]\n", lost)
    #expect(tables["runs"]!["points"]!.number(0) == 12 && tables["runs"]!["not-finite"]!.number(0) == 1)
    var x = try numbers(tables["points"], "x")
    #expect(x.indices.filter { x[$0].isNaN } == [4])
    x.remove(at: 4)
    #expect(
      try numbers(self.tables("from: [run@epochs]\n", Array(inputs[..<4] + Array(inputs[5...])))["points"], "x") == x)
    let error = #expect(throws: DiagnosticError.self) { try self.tables("from: [run@epochs]\n", Array(lost[2..<5])) }
    #expect(error?.diagnostics.map(\.message) == ["2 checkpoints have no plane to be seen on: three or more"])
    #expect(
      error?.diagnostics.first?.hints
        == ["1 of the checkpoints has numbers that are not finite, of a run that diverged"])
  }

  @Test("Checkpoints of several models are refused, before anything runs where the models are known")
  func models() throws {
    let upstream = try [6, 7].map { width in
      try prepare(trainKind, training.replacing("hidden: [6]", with: "hidden: [\(width)]"))
    }
    let project = try prepare(projectKind, "from: [a@epochs, b@epochs]\n")
    #expect(
      project.mismatches(with: ["from": upstream]).map(\.message) == [
        "the checkpoints are of several models: one cannot be compared with another number by number"
      ])
    #expect(project.mismatches(with: ["from": [upstream[0], upstream[0]]]).isEmpty)
    var inputs = try path(seed: 1)
    inputs[3].checkpoint!.layout["extra"] = [2]
    #expect(throws: DiagnosticError.self) { try tables("from: [run@epochs]\n", inputs) }
  }
}

extension Checkpoint {
  fileprivate var numbers: [Double] {
    if case .doubles(let values)? = arrays["parameters"] { values } else { [] }
  }
}
