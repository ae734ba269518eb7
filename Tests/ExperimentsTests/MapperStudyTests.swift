@testable import Experiments
import Diagnostics
import Tables
import Testing

struct MapperStudyTests {
  private func ring() -> Outcome {
    var table = TableBuilder(TableSchema("path", ["x", "y"].map { ColumnSchema($0) }))
    // (1 − t²)/(1 + t²), 2t/(1 + t²) goes around the circle.
    for index in 0..<60 {
      let u = (Double(index) - 29.5) / 30
      let t = u / (1 - u * u)
      table.append(["x": .number((1 - t * t) / (1 + t * t)), "y": .number(2 * t / (1 + t * t))])
    }
    table.append(["x": .number(.nan), "y": .number(0)])
    return Outcome(tables: [table.table()])
  }

  @Test("A circle seen from the side is one piece with one loop")
  func circle() throws {
    let outcome = try run(
      mapperKind, "from: study.path\npoints: [x, y]\nlens: y\nintervals: 5\nthreshold: 0.4\n", inputs: ["from": ring()])
    let runs = outcome["runs"]
    #expect(runs.numbers("components") == [1] && runs.numbers("loops") == [1])
    #expect(runs.numbers("samples") == [60] && runs.numbers("missing") == [1])
    #expect(runs.numbers("nodes") == [Double(outcome["nodes"].rowCount)])
    #expect(outcome["edges"].rowCount == 2 * Int(runs.numbers("edges")[0]))
    // An edge's ends are nodes, with their means.
    let nodes = outcome["nodes"]
    for row in 0..<outcome["edges"].rowCount {
      let node = Int(outcome["edges"]["node"]!.number(row)!) - 1
      #expect(outcome["edges"]["x"]!.number(row) == nodes["x"]!.number(node))
      #expect(abs(nodes["lens"]!.number(node)! - nodes["y"]!.number(node)!) < 1e-15)
    }
  }

  @Test("Coordinates need names of their own, and a lens that exists")
  func refusals() throws {
    #expect(
      try messages(mapperKind, "from: a\npoints: [size]\nlens: x\nthreshold: 1\n")
        == ["a column called ‘size’ would be taken for one of the graph's own"])
    let upstream = try prepare(descendKind, "function: himmelblau\noptimizer: sgd\nstart: [0, 0]\n")
    let study = try prepare(mapperKind, "from: a.steps\npoints: [x, y]\nlens: los\nthreshold: 1\n")
    let lens = try #require(study.mismatches(with: ["from": [upstream]]).first)
    #expect(lens.message == "‘a.steps’ has no column ‘los’" && lens.hints == ["did you mean ‘loss’?"])
    #expect(lens.place?.line == 3 && lens.place?.column == 7)
    let points = try prepare(mapperKind, "from: a.steps\npoints: [x, z]\nlens: loss\nthreshold: 1\n")
    #expect(points.mismatches(with: ["from": [upstream]]).map(\.place) == [Place(file: "test", line: 2, column: 13)])
  }
}
