import Markup
import Testing

@testable import Charts

@Suite struct BarcodeMarkTests {
  private let code = "from: study.classes\nmark: barcode\nx: birth\nx2: death\ncolor: dimension"

  private struct Bar: Equatable {
    var from: Double
    var to: Double
    var style: SeriesStyle
  }

  private func bars(_ scene: Scene) -> [Bar] {
    let all = scene.panels[0].shapes.compactMap { shape -> (y: Double, bar: Bar)? in
      switch shape.geometry {
      case .line(let points) where shape.role == .stick:
        (points[0].y, Bar(from: points[0].x, to: points[1].x, style: shape.style))
      case .arrow(let a, let b): (a.y, Bar(from: a.x, to: b.x, style: shape.style))
      default: nil
      }
    }
    return all.sorted { $0.y > $1.y }.map(\.bar)
  }

  @Test func `bars stand in the order of dimension and birth, from birth to death`() throws {
    let scene = try Samples.scene(code)
    let bars = bars(scene)
    let (zero, one) = (scene.legend[0].style, scene.legend[1].style)
    #expect(
      bars == [
        Bar(from: 0, to: .infinity, style: zero), Bar(from: 0.25, to: 1, style: zero),
        Bar(from: 0.5, to: 0.75, style: zero), Bar(from: 0.5, to: 2, style: one),
        Bar(from: 0.5, to: .infinity, style: one), Bar(from: 0.6, to: 1.5, style: one),
      ])
  }

  @Test func `what never dies runs to the edge, beyond all that dies, and ends in an arrow`() throws {
    let scene = try Samples.scene(code)
    let plot = Plot.fitted(scene, width: 500, height: nil, legend: nil, isNarrow: false, id: "p")
    let svg = plot.node(classes: "", title: "", description: "", isHidden: false).rendered()
    #expect(svg.matches(of: /<path class="chart-head/).count == 2)
    let ends = svg.matches(of: /class="chart-stick[^>]*d="M([-0-9.]+) [-0-9.]+l([-0-9.]+)/).map {
      Double($0.1)! + Double($0.2)!
    }
    // The longest bar that ends does so well before the arrows.
    #expect(ends.count == 6 && ends.sorted()[3] < ends.sorted()[4] - 5)
  }

  @Test func `the order of bars is no number, so the axis shows none`() throws {
    let scene = try Samples.scene(code)
    #expect(scene.y.isBlank && scene.y.title.isEmpty)
    let svg = Plot.fitted(scene, width: 500, height: nil, legend: false, isNarrow: false, id: "p")
      .node(classes: "", title: "", description: "", isHidden: false).rendered()
    #expect(!svg.contains("text-anchor=\"end\""))
  }

  @Test func `only the longest can be kept, of each dimension`() throws {
    let kept = bars(try Samples.scene(code.replacing("barcode", with: "{barcode: {longest: 2}}")))
    #expect(kept.map(\.from) == [0, 0.25, 0.5, 0.5])
  }
}
