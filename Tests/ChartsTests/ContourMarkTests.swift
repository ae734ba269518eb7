import Markup
import Testing

@testable import Charts

@Suite struct ContourMarkTests {
  @Test func `what is not finite is hatched with the cells around it, above all lines`() throws {
    let scene = try Samples.scene("from: study.holed\nmark: contour\nx: x\ny: y\nz: z\naspect: equal")
    let shapes = scene.panels[0].shapes
    guard let hole = shapes.firstIndex(where: { $0.role == .hole }), case .region(let rings) = shapes[hole].geometry
    else {
      Issue.record("there is no hole")
      return
    }
    // The point (0, 0) of a grid with unit cells takes the four cells around it, two in each row.
    #expect(rings == [rectangle(-1, 1, -1, 0), rectangle(-1, 1, 0, 1)])
    #expect(shapes[(hole + 1)...].allSatisfy { $0.role != .isoline && $0.role != .cell })
    let html = try Samples.drawing("from: study.holed\nmark: heatmap\nx: x\ny: y\nz: z").node.rendered()
    #expect(html.contains("<path class=\"chart-hole series-ink\" fill=\"url(#fig-test-hatch)\""))
  }

  @Test func `points that are no grid are joined by triangles, and nothing is painted beside them`() throws {
    let scene = try Samples.scene("from: study.scattered\nmark: contour\nx: x\ny: y\nz: z")
    #expect(scene.panels[0].shapes.last?.role == .outside)
    #expect(scene.panels[0].shapes.filter { $0.role == .isoline }.count > 5)
    let spatial = try Samples.scene("from: study.scattered\nmark: surface3d\nx: x\ny: y\nz: z")
    guard case .sheet(let sheet)? = spatial.panels[0].shapes.first?.geometry else { return }
    #expect(sheet.grid.values.contains(where: \.isNaN) && sheet.grid.values.contains(where: \.isFinite))
  }
}
