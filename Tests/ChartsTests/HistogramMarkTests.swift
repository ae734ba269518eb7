import Testing

@testable import Charts

@Suite struct HistogramMarkTests {
  private func bars(_ yaml: String) throws -> [(from: Point, to: Point)] {
    try Samples.scene(yaml).panels[0].shapes.compactMap { shape in
      if shape.role == .bar, case .rectangle(let a, let b) = shape.geometry { (a, b) } else { nil }
    }
  }

  @Test func `a density has the area one`() throws {
    let bars = try bars("from: study.epochs\nmark: {histogram: {density: true, bins: 9}}\nx: train-loss")
    #expect(abs(bars.map { ($0.to.x - $0.from.x) * $0.to.y }.reduce(0, +) - 1) < 1e-12)
    #expect(
      try Samples.scene("from: study.epochs\nmark: {histogram: {density: true}}\nx: train-loss").y.title == "density")
  }

  @Test func `on a logarithmic axis bars stand on its foot, and one value has a height`() throws {
    let yaml = "from: study.epochs\nmark: {histogram: {scale: log}}\nx: train-loss"
    let scene = try Samples.scene(yaml)
    #expect(scene.y.kind == .log && scene.y.title == "count")
    #expect(try bars(yaml).allSatisfy { $0.from.y == -.infinity && $0.to.y >= 1 })
    let held = scene.panels[0].shapes.flatMap(\.extent).map(\.y).filter(\.isFinite).min()!
    #expect(held == 0.5)
  }

  @Test func `bins of a symlog axis are even on it and hold values of both signs`() throws {
    let yaml = "from: study.surface\nmark: {histogram: {bins: 8}}\nx: {column: x, scale: symlog, threshold: 0.1}"
    let bars = try bars(yaml)
    let scale = Scale(.symlog, holding: [-2, 2], domain: nil, includesZero: false, padding: 0, threshold: 0.1)
    let widths = bars.map { scale.transformed($0.to.x) - scale.transformed($0.from.x) }
    #expect(bars.count == 8 && widths.allSatisfy { abs($0 - widths[0]) < 1e-9 })
    #expect(bars.map(\.to.y).reduce(0, +) == 1681)
  }
}
