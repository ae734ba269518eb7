import Markup
import Testing

@testable import Charts

@Suite struct Path3DMarkTests {
  private let over =
    "layers:\n  - {from: study.surface, mark: surface3d, x: x, y: y, z: z}\n"
    + "  - {from: study.epochs, mark: path3d, x: train-loss, y: epoch"

  @Test func `a path begins at a hollow dot and ends at a filled one, or at a cross`() throws {
    let scene = try Samples.scene(over + ", z: seconds, color: init, order: epoch}")
    let roles = scene.panels[0].shapes.map(\.role)
    // Six runs, one of which leaves the numbers.
    #expect(roles.filter { $0 == .path }.count == 6)
    #expect(roles.filter { $0 == .start }.count == 6)
    #expect(roles.filter { $0 == .dot }.count == 5 && roles.filter { $0 == .cross }.count == 1)
    #expect(scene.legend.map(\.label) == Samples.inits && scene.colorBar?.title == "z")
  }

  @Test func `a path without a height lies on the surface`() throws {
    let scene = try Samples.scene(over + ", order: epoch, series: init}")
    let threads = scene.panels[0].shapes.compactMap { shape -> [SpacePoint]? in
      if case .thread(let points) = shape.geometry { points } else { nil }
    }
    #expect(threads.count == 6 && threads[0].count == 4 && threads[0].allSatisfy(\.z.isNaN))
    let plot = SpacePlot(
      scene, space: scene.space!, width: 680, height: nil, legend: nil, isNarrow: false, id: "p")
    let html = plot.node(classes: "", title: "", description: "", isHidden: false).rendered()
    #expect(html.contains("class=\"chart-path series-1\""))
  }

  @Test func `a path alone makes its own box`() throws {
    let scene = try Samples.scene(
      "from: study.epochs[init=lecun]\nmark: {path3d: {azimuth: [0, 90]}}\nx: train-loss\ny: epoch\nz: seconds\norder: epoch"
    )
    let box = scene.space!.box
    #expect(scene.space!.cameras.map(\.azimuth) == [0, 90])
    #expect(box.x.low < 0.25 && box.x.high > 2 && box.z.low < 0 && box.z.high > 3)
  }
}
