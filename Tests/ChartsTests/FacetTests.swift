import Testing

@testable import Charts

@Suite struct FacetTests {
  private let grid =
    "from: study.epochs\nmark: line\nx: epoch\ny: train-loss\nfacet: {rows: init, columns: seed, label: [start, seed]}"

  @Test func `two facets make a grid of panels, row by row, as wide as the second has values`() throws {
    let scene = try Samples.scene(grid)
    #expect(scene.columns == 2)
    #expect(
      scene.panels.map(\.title) == Samples.inits.flatMap { ["start: \($0) · seed: 1", "start: \($0) · seed: 2"] })
    #expect(scene.panels.allSatisfy { panel in panel.shapes.filter { $0.role == .line }.count == 1 })
    guard case .line(let points)? = scene.panels[3].shapes.first?.geometry else {
      Issue.record("there is no line")
      return
    }
    // kaiming-normal, seed 2.
    #expect(points.map(\.y) == [3, 1.5, 1, 0.75])
  }

  @Test func `colours of values mean the same in all panels`() throws {
    let scene = try Samples.scene("from: study.pair\nmark: contour\nx: x\ny: y\nz: z\nfacet: a\ncolumns: 1")
    #expect(scene.panels.count == 2 && scene.columns == 1 && scene.colorBar?.scale.high == 6)
    // The lowest step of both has the colour of the lowest step of all.
    let lowest = scene.panels.map { $0.shapes[0].style }
    #expect(lowest[0] == lowest[1])
    let spatial = try Samples.scene("from: study.pair\nmark: surface3d\nx: x\ny: y\nz: z\nfacet: a")
    #expect(spatial.panels.count == 2 && spatial.colorBar?.scale.high == 6 && spatial.space?.box.z.high == 6)
    let cells = try Samples.scene("from: study.pair\nmark: heatmap\nx: x\ny: y\nz: z\nfacet: a")
    #expect(cells.panels.allSatisfy { !$0.shapes.isEmpty } && cells.colorBar?.scale.high == 6)
  }

  @Test func `an author's number of columns holds on a page, and on a phone as far as they fit`() {
    #expect(Plot.columns(6, fitting: 3, wanted: 2, isNarrow: false) == 2)
    #expect(Plot.columns(6, fitting: 3, wanted: 6, isNarrow: false) == 6)
    #expect(Plot.columns(6, fitting: 2, wanted: 6, isNarrow: true) == 2)
    #expect(Plot.columns(2, fitting: 3, wanted: 6, isNarrow: false) == 2)
    // Four in two rows of two rather than three and one.
    #expect(Plot.columns(4, fitting: 3, wanted: nil, isNarrow: false) == 2)
  }
}
