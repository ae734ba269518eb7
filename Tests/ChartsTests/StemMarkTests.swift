import Testing

@testable import Charts

@Suite struct StemMarkTests {
  private func lines(_ yaml: String) throws -> [[Point]] {
    try Samples.scene(yaml).panels[0].shapes.compactMap { shape in
      if shape.role == .stem, case .line(let points) = shape.geometry { points } else { nil }
    }
  }

  @Test func `a stem stands on zero and ends at the value in a dot`() throws {
    let yaml = "from: study[init=lecun]\nmark: stem\nx: seed\ny: test-loss"
    #expect(
      try lines(yaml) == [[Point(x: 1, y: 0), Point(x: 1, y: 0.51)], [Point(x: 2, y: 0), Point(x: 2, y: 0.52)]])
    let scene = try Samples.scene(yaml)
    #expect(scene.y.includesZero && scene.panels[0].shapes.filter { $0.role == .dot }.count == 2)
    let bare = try Samples.scene(yaml.replacing("stem", with: "{stem: {dots: false}}"))
    #expect(!bare.panels[0].shapes.contains { $0.role == .dot })
  }

  @Test func `on a logarithmic axis it stands on the foot of the axis`() throws {
    let all = try lines("from: study[init=lecun]\nmark: stem\nx: seed\ny: {column: test-loss, scale: log}")
    #expect(all.count == 2 && all.allSatisfy { $0[0].y == -.infinity })
  }

  @Test func `a value that is no number has no stem`() throws {
    #expect(try lines("from: study[init=orthogonal]\nmark: stem\nx: seed\ny: test-loss").count == 1)
  }
}
