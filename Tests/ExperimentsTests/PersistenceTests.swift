import Diagnostics
@testable import Experiments
import Tables
import Testing

struct PersistenceTests {
  private func diagram(_ outcome: Outcome, _ dimension: Int) -> [[Double]] {
    let rows = ["dimension": "\(dimension)"]
    return zip(outcome["pairs"].numbers("birth", where: rows), outcome["pairs"].numbers("death", where: rows)).map {
      [$0, $1]
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  @Test("Diagrams of a rippled bowl equal GUDHI's in both constructions", arguments: ["cells", "vertices"])
  func rastrigin(_ construction: String) throws {
    let grid = try surface("{rastrigin: {ripple: 2}}", x: [-1.6, 1.6], y: [-1.6, 1.6], points: 22)
    let outcome = try run(
      persistenceKind, "from: study.surface\nconstruction: \(construction)\nmin-lifetime: 1e-9\n",
      inputs: ["from": grid])
    for dimension in 0...1 {
      let (ours, theirs) = (diagram(outcome, dimension), surfaces.rastrigin[construction]![dimension])
      #expect(ours.count == theirs.count)
      for (a, b) in zip(ours, theirs) {
        #expect(abs(a[0] - b[0]) < 1e-12)
        #expect(a[1] == b[1] || abs(a[1] - b[1]) < 1e-12)
      }
    }
  }

  @Test("Himmelblau's function: four minima, three saddles that join them, one that closes a loop, one maximum")
  func himmelblau() throws {
    let grid = try surface("himmelblau", x: [-5, 5], y: [-5, 5], points: 41)
    let outcome = try run(persistenceKind, "from: study.surface\nconstruction: vertices\n", inputs: ["from": grid])
    #expect(outcome["runs"].numbers("pairs-0") == [4])
    #expect(outcome["runs"].numbers("essential-0") == [1])
    #expect(outcome["runs"].numbers("pairs-1") == [1])
    #expect(outcome["runs"].numbers("essential-1") == [0])
    // The oldest is the minimum at (3, 2), where the function is 0; the maximum is near (−0.27, −0.92).
    let pairs = outcome["pairs"]
    #expect(pairs.numbers("birth", where: ["dimension": "0", "rank": "1"]) == [0])
    #expect(pairs.numbers("birth-x", where: ["dimension": "0", "rank": "1"]) == [3])
    #expect(pairs.numbers("birth-y", where: ["dimension": "0", "rank": "1"]) == [2])
    #expect(pairs.numbers("death-x", where: ["dimension": "0", "rank": "1"])[0].isNaN)
    #expect(pairs.numbers("death-x", where: ["dimension": "1"]) == [-0.25])
    #expect(pairs.numbers("death-y", where: ["dimension": "1"]) == [-1])
    #expect(pairs.numbers("lifetime", where: ["dimension": "0", "rank": "1"]) == [.infinity])
    // The counts rise and fall by one class at a time; in the end one component is left, and no loop.
    let counts = outcome["betti"].numbers("betti", where: ["dimension": "0"])
    #expect(counts.max() == 4 && counts.last == 1)
    #expect(outcome["betti"].numbers("betti", where: ["dimension": "1"]) == [0, 1, 1, 0])
  }

  @Test("Diagrams are no further apart than the surfaces, and a diagram is as good as its surface")
  func stability() throws {
    let a = try surface("{rastrigin: {ripple: 2}}", x: [-1.6, 1.6], y: [-1.6, 1.6], points: 31)
    let b = try surface("{rastrigin: {ripple: 2.3}}", x: [-1.6, 1.6], y: [-1.6, 1.6], points: 31)
    let yaml = "from: study.surface\nto: other.surface\norder: 1\n"
    let runs = try run(persistenceKind, yaml, inputs: ["from": a, "to": b])["runs"]
    let difference = runs.numbers("difference")[0]
    #expect(difference > 1 && difference < 1.2)
    for dimension in 0...1 {
      let distance = runs.numbers("bottleneck-\(dimension)")[0]
      #expect(distance > 0.1 && distance <= difference)
      #expect(runs.numbers("wasserstein-\(dimension)")[0] >= distance)
    }
    let other = try run(persistenceKind, "from: other.surface\n", inputs: ["from": b])
    let pairs = try run(
      persistenceKind, "from: study.surface\nto: other.pairs\norder: 1\n", inputs: ["from": a, "to": other])["runs"]
    #expect(pairs.numbers("bottleneck-0") == runs.numbers("bottleneck-0"))
    #expect(abs(pairs.numbers("wasserstein-1")[0] - runs.numbers("wasserstein-1")[0]) < 1e-12)
    #expect(pairs.numbers("difference")[0].isNaN)
    let same = try run(persistenceKind, yaml, inputs: ["from": a, "to": a])["runs"]
    #expect(same.numbers("bottleneck-0") == [0] && same.numbers("wasserstein-0")[0] < 1e-12)
  }

  @Test("Points around a circle are many pieces, then one loop, then nothing but one piece")
  func circle() throws {
    var table = TableBuilder(TableSchema("path", ["x", "y"].map { ColumnSchema($0) }))
    for index in 0..<12 {
      // Whole numbers near a circle of radius 10, at exact distances for the arithmetic below.
      let points = [
        (10, 0), (8, 6), (6, 8), (0, 10), (-6, 8), (-8, 6), (-10, 0), (-8, -6), (-6, -8), (0, -10), (6, -8), (8, -6),
      ]
      table.append(["x": .number(Double(points[index].0)), "y": .number(Double(points[index].1))])
    }
    let outcome = try run(
      persistenceKind, "from: study.path\nconstruction: rips\npoints: [x, y]\n",
      inputs: ["from": Outcome(tables: [table.table()])])
    #expect(outcome["runs"].numbers("samples") == [12])
    #expect(outcome["runs"].numbers("pairs-0") == [12])
    #expect(outcome["runs"].numbers("essential-0") == [1])
    #expect(outcome["runs"].numbers("pairs-1") == [1])
    #expect(outcome["runs"].numbers("essential-1") == [0])
    // Eight gaps of √40 close the ring.
    #expect(abs(outcome["pairs"].numbers("birth", where: ["dimension": "1"])[0] - 40.0.squareRoot()) < 1e-12)
    #expect(outcome["pairs"]["birth-x"] == nil)
  }

  @Test("A hole of numbers that are none is never filled, and is counted")
  func missing() throws {
    var table = TableBuilder(TableSchema("surface", ["x", "y", "loss"].map { ColumnSchema($0) }))
    for y in 0..<3 {
      for x in 0..<3 {
        table.append([
          "x": .number(Double(x)), "y": .number(Double(y)), "loss": .number(x == 1 && y == 1 ? .nan : Double(x)),
        ])
      }
    }
    let outcome = try run(persistenceKind, "from: study.surface\n", inputs: ["from": Outcome(tables: [table.table()])])
    #expect(outcome["runs"].numbers("missing") == [1])
    #expect(outcome["runs"].numbers("essential-1") == [1])
  }

  @Test("Options of the other sort of data are refused, and so are columns that are not there")
  func refusals() throws {
    #expect(
      try messages(persistenceKind, "from: a\nconstruction: rips\n")
        == ["‘rips’ needs ‘points’: the columns that are coordinates"])
    #expect(
      try messages(persistenceKind, "from: a\npoints: [x]\n") == ["‘points’ is for points: ‘construction: rips’"])
    #expect(
      try messages(persistenceKind, "from: a\nconstruction: rips\npoints: [x]\nvalue: error\n")
        == ["‘value’ is for surfaces; ‘rips’ takes ‘points’"])
    let upstream = try prepare(descendKind, "function: himmelblau\noptimizer: sgd\nstart: [0, 0]\n")
    let study = try prepare(persistenceKind, "from: a.surface\nto: b.pair\n")
    #expect(study.refusal(of: upstream, option: "from") == nil)
    #expect(study.refusal(of: upstream, option: "to") == "it has no table ‘pair’; valid here: runs, steps, surface")
    #expect(study.refusal(of: study, option: "to") == "it has no table ‘pair’; did you mean ‘pairs’?")
    let pairs = try prepare(persistenceKind, "from: a.surface\nto: b.pairs\n")
    #expect(pairs.refusal(of: study, option: "to") == nil)
    #expect(pairs.mismatches(with: ["from": [upstream], "to": [study]]).isEmpty)
    let steps = try prepare(persistenceKind, "from: a.surface\nto: b.steps\n")
    #expect(
      steps.mismatches(with: ["from": [upstream], "to": [upstream]]) == [
        Diagnostic(
          at: Place(file: "test", line: 2, column: 5), "‘b.steps’ is no grid of values", hints: ["‘b.surface’ is"])
      ])
    let cloud = try prepare(persistenceKind, "from: a.steps\nconstruction: rips\npoints: [x, y]\n")
    #expect(cloud.mismatches(with: ["from": [upstream]]).isEmpty)
    let runs = try prepare(persistenceKind, "from: a.runs\nto: b.runs\nvalue: error\n")
    #expect(
      runs.mismatches(with: ["from": [upstream], "to": [study]]).map(\.message) == [
        "‘a.runs’ has no column ‘error’", "‘b.runs’ has no column ‘x’ (option ‘x’)",
        "‘b.runs’ has no column ‘y’ (option ‘y’)", "‘b.runs’ has no column ‘error’",
      ])
  }
}
