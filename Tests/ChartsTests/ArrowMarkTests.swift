import Diagnostics
import Specs
import Testing

@testable import Charts

@Suite struct ArrowMarkTests {
  private func arrows(_ yaml: String) throws -> [(from: Point, to: Point)] {
    try Samples.scene(yaml).panels[0].shapes.compactMap { shape in
      if case .arrow(let a, let b) = shape.geometry { (a, b) } else { nil }
    }
  }

  @Test func `an arrow runs from a place to another`() throws {
    let all = try arrows("from: study.classes\nmark: arrow\nx: birth\ny: z\nx2: death\ny2: dimension")
    // Those whose ends are numbers.
    #expect(all.count == 5)
    #expect(all[0].from == Point(x: 0.5, y: 0.5) && all[0].to == Point(x: 0.75, y: 0))
  }

  @Test func `a field's longest arrow is nine tenths of the distance between places`() throws {
    let field = "from: study.surface\nmark: {arrow: {length: LENGTH}}\nx: x\ny: y\ndx: x\ndy: y"
    func lengths(_ kind: String) throws -> [Double] {
      try arrows(field.replacing("LENGTH", with: kind)).map { arrow in
        let (dx, dy) = (arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y)
        return (dx * dx + dy * dy).squareRoot()
      }
    }
    let fit = try lengths("fit")
    // 41 × 41 places 0.1 apart; the one in the middle points nowhere.
    #expect(fit.count == 1680 && abs(fit.max()! - 0.09) < 1e-9 && fit.min()! < 0.005)
    #expect(try lengths("equal").allSatisfy { abs($0 - 0.09) < 1e-9 })
    #expect(try abs(lengths("data").max()! - 8.0.squareRoot()) < 1e-9)
    let directions = try arrows(field.replacing("LENGTH", with: "fit")).map { arrow in
      (arrow.to.x - arrow.from.x) * arrow.from.y - (arrow.to.y - arrow.from.y) * arrow.from.x
    }
    #expect(directions.allSatisfy { abs($0) < 1e-12 })
  }

  @Test func `arrows along a path that comes to rest are seen`() throws {
    // Steps halve: neighbours come closer than any pixel, and the longest arrow is an eighth of the range.
    let path = try arrows("from: study.halves\nmark: arrow\nx: x\ny: y\ndx: x\ndy: y")
    let longest = path.map { $0.to.x - $0.from.x }.max()!
    // All of them go from 0 to 1, and dx = dy.
    #expect(abs(longest - 0.9 / 8 / 2.0.squareRoot()) < 1e-9)
  }

  @Test func `a head points where the arrow goes, with its tip at the end`() throws {
    let head = try #require(arrowHead(at: Point(x: 10, y: 0), from: Point(x: 0, y: 0), size: 5))
    #expect(head[0] == Point(x: 10, y: 0) && head[1].x == 5 && head[2].x == 5 && head[1].y == -head[2].y)
    #expect(arrowHead(at: Point(x: 1, y: 1), from: Point(x: 1, y: 1), size: 5) == nil)
  }

  @Test func `heads stand evenly along a path`() throws {
    let scene = try Samples.scene(
      "from: study.epochs[init=lecun, seed=1]\nmark: {line: {arrows: 3}}\nx: epoch\ny: seconds\norder: epoch")
    let heads = scene.panels[0].shapes.compactMap { shape -> Point? in
      if case .head(let a, _) = shape.geometry { a } else { nil }
    }
    #expect(heads == [Point(x: 0, y: 0), Point(x: 1, y: 1), Point(x: 2, y: 2)])
  }

  @Test(arguments: [
    ("from: study.classes\nmark: 1️⃣arrow\nx: birth\ny: death", "needs ‘x2’ and ‘y2’, where arrows end"),
    ("from: study.classes\nmark: 1️⃣arrow\nx: birth\ny: death\nx2: birth\ndy: death", "needs ‘x2’ and ‘y2’"),
    (
      "from: study.classes\nmark: {arrow: {length: 1️⃣fit}}\nx: birth\ny: death\nx2: birth\ny2: death",
      "‘length’ is for arrows with dx and dy"
    ),
    ("from: study\nmark: arrow\nx: seed\ny: seed\ndx: 1️⃣init\ndy: seed", "needs numbers for ‘dx’"),
    // And not that the arrow needs dx.
    ("from: study\nmark: arrow\nx: seed\ny: seed\ndx: 1️⃣nope\ndy: seed", "has no column ‘nope’"),
    ("from: study\nmark: dot\nx: seed\ny: seed\nx2: 1️⃣seed", "the mark ‘dot’ does not use ‘x2’"),
    ("from: study.classes\nmark: 1️⃣barcode\nx: birth", "the mark ‘barcode’ needs ‘x2’: a column of numbers"),
  ])
  func `a mistake is said at its place`(source: String, message: String) throws {
    let (yaml, place) = marked(source)
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml + Samples.words, at: Place(file: "chapter.md", line: 1, column: 1))
    #expect(Figure.check(spec, schemas: Samples.schema, into: &diagnostics) == nil)
    #expect(diagnostics.contains { $0.message.contains(message) && $0.place == place }, "\(diagnostics)")
    #expect(diagnostics.count == 1, "\(diagnostics)")
  }
}
