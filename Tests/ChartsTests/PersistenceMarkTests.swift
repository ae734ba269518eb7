import Markup
import Testing

@testable import Charts

@Suite struct PersistenceMarkTests {
  private let diagram = "from: study.classes\nmark: persistence\nx: birth\ny: death\ncolor: dimension"

  private func dots(_ scene: Scene) -> [Point] {
    scene.panels.flatMap(\.shapes).compactMap { shape in
      if shape.role == .dot, case .marker(let point) = shape.geometry { point } else { nil }
    }
  }

  private func infinity(_ scene: Scene) -> Double? {
    scene.panels.flatMap(\.shapes).compactMap { shape in
      if case .limit(let value, "∞") = shape.geometry { value } else { nil }
    }.first
  }

  @Test func `a dot stands at birth and death, those that never die on a line above all others`() throws {
    let scene = try Samples.scene(diagram)
    let level = try #require(infinity(scene))
    #expect(level > 2)
    #expect(
      Set(dots(scene)) == [
        Point(x: 0, y: level), Point(x: 0.5, y: 0.75), Point(x: 0.25, y: 1), Point(x: 0.4, y: 0.4),
        Point(x: 0.6, y: 1.5), Point(x: 0.5, y: level), Point(x: 0.5, y: 2),
      ])
    // E39: the second coordinate is the death, so no dot lies below the diagonal.
    #expect(dots(scene).allSatisfy { $0.y >= $0.x })
    #expect(scene.legend.map(\.label) == ["0", "1"])
  }

  @Test func `both axes have the same range and unit, and the diagonal runs from corner to corner`() throws {
    let scene = try Samples.scene(diagram)
    for isNarrow in [false, true] {
      let plot = Plot.fitted(scene, width: 420, height: nil, legend: nil, isNarrow: isNarrow, id: "p")
      #expect(abs(plot.aspect - 1) < 0.02)
    }
    let extent = scene.panels[0].shapes.flatMap(\.extent)
    let (xs, ys) = (extent.map(\.x).filter(\.isFinite), extent.map(\.y).filter(\.isFinite))
    #expect(xs.min() == ys.min() && xs.max() == ys.max())
    for shape in scene.panels[0].shapes where shape.role == .diagonal {
      guard case .line(let points) = shape.geometry else { continue }
      #expect(points.allSatisfy { $0.x == $0.y })
    }
  }

  @Test func `the line of those that never die has its name, and no number beside it`() throws {
    let plot = Plot.fitted(
      try Samples.scene(diagram), width: 420, height: nil, legend: nil, isNarrow: false, id: "p")
    let svg = plot.node(classes: "", title: "", description: "", isHidden: false).rendered()
    let ticks = svg.matches(of: /class="chart-tick-label" x="[-0-9.]+" y="([-0-9.]+)" text-anchor="end">([^<]*)</)
    let infinite = try #require(ticks.first { $0.2 == "∞" })
    #expect(ticks.filter { $0.2 != "∞" }.allSatisfy { Double($0.1)! > Double(infinite.1)! + 12 })
  }

  @Test func `without a class that lives on there is no such line`() throws {
    let scene = try Samples.scene(diagram + "\nwhere: {death: [0.75, 1, 1.5]}")
    #expect(infinity(scene) == nil && dots(scene).count == 3)
  }

  @Test func `panels share one range, and one line at the top`() throws {
    let scene = try Samples.scene(diagram + "\nfacet: dimension")
    let levels = scene.panels.map { panel in
      panel.shapes.compactMap { shape -> Double? in
        if case .limit(let value, _) = shape.geometry { value } else { nil }
      }
    }
    #expect(levels.count == 2 && levels[0].count == 1 && levels[0] == levels[1])
  }

  @Test func `distances can be logarithmic`() throws {
    let log = diagram.replacing(
      "x: birth\ny: death", with: "x: {column: birth, scale: log}\ny: {column: death, scale: log}")
    let scene = try Samples.scene(log)
    #expect(infinity(scene)! > 2 && infinity(scene)! < 4)
    #expect(scene.hidden == 1)
  }
}
