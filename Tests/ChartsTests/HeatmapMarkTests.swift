import Markup
import Testing

@testable import Charts

@Suite struct HeatmapMarkTests {
  private func cells(_ scene: Scene) -> [Shape] { scene.panels[0].shapes.filter { $0.role == .cell } }

  @Test func `names are colours with a legend, the same as everywhere`() throws {
    let scene = try Samples.scene("from: study.epochs\nmark: heatmap\nx: epoch\ny: seed\nz: init\nwhere: {seed: 2}")
    #expect(scene.colorBar == nil && scene.legend.map(\.label) == Samples.inits && scene.colorTitle == "init")
    // Three names in each cell, each once: the first in the alphabet.
    #expect(cells(scene).count == 1 && cells(scene)[0].style == scene.legend[1].style)
    let html = try Samples.drawing("from: study.epochs\nmark: heatmap\nx: epoch\ny: init\nz: init").node.rendered()
    #expect(html.contains("class=\"chart-cell series-2 dash-1\""))
  }

  @Test func `numbers can stand for names`() throws {
    let table = "from: study.epochs[init=lecun]\nmark: heatmap\nx: epoch\ny: init\nz: "
    let scene = try Samples.scene(table + "{column: seed, scale: band}")
    #expect(scene.legend.map(\.label) == ["1", "2"] && scene.colorBar == nil)
    let values = try Samples.scene(table + "seed")
    #expect(values.legend.isEmpty && values.colorBar?.title == "seed")
  }

  @Test func `alike neighbours in a row are one strip, unless they have numbers`() throws {
    let one = "from: study.epochs[init=lecun]\nmark: {heatmap: {values: SHOWN}}\nx: epoch\ny: init\nz: seed"
    let plain = try Samples.scene(one.replacing("SHOWN", with: "false"))
    #expect(cells(plain).map(\.geometry) == [.rectangle(Point(x: -0.5, y: -0.5), Point(x: 3.5, y: 0.5))])
    let written = try Samples.scene(one.replacing("SHOWN", with: "true"))
    #expect(cells(written).count == 4 && written.panels[0].shapes.filter { $0.role == .text }.count == 4)
  }

  @Test func `a fine grid has an axis of numbers, a few settings stand side by side`() throws {
    let fine = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z")
    #expect(fine.x.categories == nil && fine.x.kind == .linear)
    let coarse = try Samples.scene("from: study.epochs\nmark: heatmap\nx: epoch\ny: init\nz: train-loss")
    #expect(coarse.x.categories?.count == 4)
    let twenty = try Samples.scene(
      "from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z\nwhere: {x: [-2, -1, 0, 1, 2], y: [0, 1]}")
    #expect(twenty.x.categories?.count == 5)
  }

  @Test func `cells side by side share their edges to the tenth of a pixel`() throws {
    let html = try Samples.drawing("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z\nwidth: 317").node.rendered()
    var rows: [Substring: [(left: Int, right: Int)]] = [:]
    func tenths(_ text: Substring) -> Int { Int((Double(text)! * 10).rounded()) }
    let page = html.prefix(upTo: html.firstRange(of: "chart-narrow")!.lowerBound)
    for cell in page.matches(of: /class="chart-cell[^>]* x="([-0-9.]+)" y="([-0-9.]+)" width="([0-9.]+)"/) {
      rows[cell.2, default: []].append((tenths(cell.1), tenths(cell.1) + tenths(cell.3)))
    }
    #expect(rows.count == 41)
    for row in rows.values {
      let sorted = row.sorted { $0.left < $1.left }
      #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.right == $1.left })
    }
  }

  @Test func `a colour bar is a gradient of the map with ticks`() throws {
    let html = try Samples.drawing("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z").node.rendered()
    #expect(html.contains("<linearGradient id=\"fig-test-colors\"><stop offset=\"0%\" stop-color=\"#440154\""))
    #expect(html.contains("fill=\"url(#fig-test-narrow-colors)\""))
    #expect(html.contains("<stop offset=\"100%\" stop-color=\"#fde725\""))
    let without = try Samples.drawing("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z\nlegend: false")
    #expect(!without.node.rendered().contains("linearGradient"))
  }

  @Test func `where zero matters it is white, wherever the values lie`() throws {
    let scene = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: x, scale: diverging}")
    #expect(scene.colorBar?.scale.low == -2 && scene.colorBar?.scale.high == 2)
    let lopsided = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: z, scale: diverging}")
    #expect(lopsided.colorBar?.scale.low == -8 && lopsided.colorBar?.map == .diverging)
    #expect(lopsided.colorBar?.style(0).color == .value(ColorMap.diverging.hex(32.0 / 63)))
  }
}
