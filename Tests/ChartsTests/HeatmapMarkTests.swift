import Markup
import Testing

@testable import Charts

@Suite struct HeatmapMarkTests {
  private func cells(_ scene: Scene) -> [Shape] { scene.panels[0].shapes.filter { $0.role == .cell } }

  @Test func `names are colours with a legend, the same as everywhere`() throws {
    let scene = try Samples.scene("from: study.epochs\nmark: heatmap\nx: epoch\ny: seed\nz: init\nwhere: {seed: 2}")
    #expect(scene.colorBars.isEmpty && scene.legend.map(\.label) == Samples.inits && scene.colorTitle == "init")
    // Three names in each cell, each once: the first in the alphabet.
    #expect(cells(scene).count == 1 && cells(scene)[0].style == scene.legend[1].style)
    let html = try Samples.drawing("from: study.epochs\nmark: heatmap\nx: epoch\ny: init\nz: init").node.rendered()
    #expect(html.contains("class=\"chart-cell series-2 dash-1\""))
  }

  @Test func `numbers can stand for names`() throws {
    let table = "from: study.epochs[init=lecun]\nmark: heatmap\nx: epoch\ny: init\nz: "
    let scene = try Samples.scene(table + "{column: seed, scale: band}")
    #expect(scene.legend.map(\.label) == ["1", "2"] && scene.colorBars.isEmpty)
    let values = try Samples.scene(table + "seed")
    #expect(values.legend.isEmpty && values.colorBars.first?.title == "seed")
  }

  @Test func `alike neighbours in a row are one strip, unless they have numbers`() throws {
    let one = "from: study.epochs[init=lecun]\nmark: {heatmap: {values: SHOWN}}\nx: epoch\ny: init\nz: seed"
    let plain = try Samples.scene(one.replacing("SHOWN", with: "false"))
    #expect(cells(plain).map(\.geometry) == [.rectangle(Point(x: -0.5, y: -0.5), Point(x: 3.5, y: 0.5))])
    let written = try Samples.scene(one.replacing("SHOWN", with: "true"))
    #expect(cells(written).count == 4 && written.panels[0].shapes.filter { $0.role == .text }.count == 4)
  }

  @Test func `real numbers at equal distances have an axis, few whole numbers and uneven ones stand side by side`()
    throws
  {
    let fine = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z")
    #expect(fine.x.categories == nil && fine.x.kind == .linear)
    let coarse = try Samples.scene("from: study.epochs\nmark: heatmap\nx: epoch\ny: init\nz: train-loss")
    #expect(coarse.x.categories?.count == 4)
    #expect(coarse.y.categories?.count == 3 && !coarse.y.goesUp)
    let some = "from: study.surface\nmark: heatmap\nx: X\ny: y\nz: z\nwhere: {x: [-2, -1, 0, 1, 2], y: [-1, 1, 1.5]}"
    let twenty = try Samples.scene(some.replacing("X", with: "x"))
    #expect(twenty.x.categories == nil && twenty.x.kind == .linear)
    // −1, 1 and 1.5 are not at equal distances: names, but the least at the foot.
    #expect(twenty.y.categories?.labels == ["−1", "1", "1.5"] && twenty.y.goesUp)
    let chosen = try Samples.scene(some.replacing("X", with: "{column: x, scale: band}"))
    #expect(chosen.x.categories?.count == 5 && !chosen.x.goesUp)
  }

  @Test func `y goes up, however few its numbers are, and names are read from the top`() throws {
    func heights(_ yaml: String) throws -> [Double] {
      let html = try Samples.drawing(yaml).node.rendered()
      let page = html.prefix(upTo: html.firstRange(of: "chart-narrow")!.lowerBound)
      return page.matches(of: /class="chart-cell[^>]* y="([-0-9.]+)" width/).map { Double($0.1)! }
    }
    let few = "from: study.surface\nmark: heatmap\nx: x\ny: Y\nz: y\nwhere: {x: [0, 1, 2], y: [-1, 0, 1]}\nheight: 300"
    // Cells come from the least y on.
    let up = try heights(few.replacing("Y", with: "y"))
    #expect(up.count == 9 && up.first! > up.last!)
    let down = try heights(few.replacing("Y", with: "{column: y, scale: band}"))
    #expect(down.count == 9 && down.first! < down.last!)
  }

  @Test func `what a logarithmic scale cannot show is hatched and counted, and zero lies below all contours`() throws {
    func scene(_ mark: String, _ z: String) throws -> Scene {
      try Samples.scene(
        "from: study.holed\nmark: \(mark)\nx: x\ny: y\nz: {column: \(z), scale: log}\nwhere: {x: [-1, 0, 1, 2], y: [-1, 1, 2]}"
      )
    }
    // x + y: −2, −1 and two zeros of 12.
    let cells = try scene("heatmap", "z")
    #expect(cells.hidden == 4 && self.cells(cells).count == 8)
    guard case .region(let rings)? = cells.panels[0].shapes.first(where: { $0.role == .hole })?.geometry else {
      Issue.record("nothing is hatched")
      return
    }
    #expect(rings.count == 4)
    let contour = try scene("{contour: {fill: values}}", "z")
    #expect(contour.hidden == 2 && contour.panels[0].shapes.contains { $0.role == .hole })
    let bowl = try Samples.scene("from: study.surface\nmark: contour\nx: x\ny: y\nz: {column: z, scale: log}")
    #expect(bowl.hidden == 0 && !bowl.panels[0].shapes.contains { $0.role == .hole })
    let dots = try Samples.scene("from: study.surface\nmark: dot\nx: x\ny: y\ncolor: {column: z, scale: log}")
    #expect(dots.hidden == 1)
    let html = try Samples.drawing(
      "from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: z, scale: log}"
    ).node.rendered()
    #expect(html.contains("1 value at or below zero cannot be shown on a logarithmic scale."))
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

  @Test func `cells of rounded coordinates leave no gap, and a wide gap stays`() throws {
    // 0, 0.333, 0.667, 1, 3: thirds to three digits, then nothing up to 3.
    let scene = try Samples.scene("from: study.thirds\nmark: heatmap\nx: {column: x, scale: linear}\ny: y\nz: z")
    let ends = cells(scene).compactMap { shape -> (Double, Double)? in
      if case .rectangle(let a, let b) = shape.geometry { (a.x, b.x) } else { nil }
    }
    #expect(ends.count == 5)
    #expect((0..<3).allSatisfy { ends[$0].1 == ends[$0 + 1].0 })
    #expect(abs(ends[3].1 - 1.1665) < 1e-9 && abs(ends[4].0 - 2.8335) < 1e-9)
  }

  @Test func `a colour bar is a gradient of the map with ticks`() throws {
    let html = try Samples.drawing("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z").node.rendered()
    #expect(html.contains("<linearGradient id=\"fig-test-colors\"><stop offset=\"0%\" stop-color=\"#440154\""))
    #expect(html.contains("fill=\"url(#fig-test-narrow-colors)\""))
    #expect(html.contains("<stop offset=\"100%\" stop-color=\"#fde725\""))
    let without = try Samples.drawing("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: z\nlegend: false")
    #expect(!without.node.rendered().contains("linearGradient"))
  }

  @Test func `a bar that does not fit beside its name stands below it`() throws {
    let yaml = "from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: z, label: NAME}"
    func places(_ name: String) throws -> (name: Double, bar: Double) {
      let html = try Samples.drawing(yaml.replacing("NAME", with: name)).node.rendered()
      let narrow = html[html.firstRange(of: "chart-narrow")!.lowerBound...]
      let title = try #require(narrow.firstMatch(of: /chart-title-text" x="0" y="([0-9.]+)"/))
      let bar = try #require(narrow.firstMatch(of: /fill="url[^>]* y="([0-9.]+)" width/))
      return (Double(title.1)!, Double(bar.1)!)
    }
    let (short, long) = try (places("loss"), places("smallest eigenvalue of the Hessian there"))
    #expect(short.bar < short.name && long.bar > long.name)
  }

  @Test func `two ranges of colours have two bars, one range in two layers has one`() throws {
    let layers =
      "layers:\n  - {from: study.surface, mark: contour, x: x, y: y, z: z, where: {x: [-2, -1], y: [-2, -1]}}\n"
    func bars(_ second: String) throws -> [String] {
      try Samples.scene(layers.replacing("contour", with: "{contour: {fill: values}}") + second).colorBars.map(\.title)
    }
    #expect(try bars("  - {from: study.surface, mark: arrow, x: x, y: y, dx: x, dy: y, color: x}") == ["z", "x"])
    #expect(
      try bars(
        "  - {from: study.surface, mark: dot, x: x, y: y, color: x}\n  - {from: study.surface, mark: dot, x: y, y: x, color: x}"
      ) == ["z", "x"])
    let html = try Samples.drawing(
      layers.replacing("contour", with: "{contour: {fill: values}}")
        + "  - {from: study.surface, mark: dot, x: x, y: y, color: x}"
    ).node.rendered()
    #expect(html.contains("url(#fig-test-colors)") && html.contains("url(#fig-test-colors-2)"))
  }

  @Test func `where zero matters it is white, wherever the values lie`() throws {
    let scene = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: x, scale: diverging}")
    #expect(scene.colorBars.first?.scale.low == -2 && scene.colorBars.first?.scale.high == 2)
    let lopsided = try Samples.scene("from: study.surface\nmark: heatmap\nx: x\ny: y\nz: {column: z, scale: diverging}")
    #expect(lopsided.colorBars.first?.scale.low == -8 && lopsided.colorBars.first?.map == .diverging)
    #expect(lopsided.colorBars.first?.style(0).color == .value(ColorMap.diverging.hex(32.0 / 63)))
  }

  @Test func `cells are as wide as those of their own panel are apart`() throws {
    let scene = try Samples.scene(
      "from: study.levels\nmark: heatmap\nx: {column: x, scale: linear}\ny: {column: y, scale: linear}\nz: z\n"
        + "facet: level")
    let widths = scene.panels.map { panel in
      Set(
        panel.shapes.compactMap { shape -> Double? in
          guard case .rectangle(let a, let b) = shape.geometry else { return nil }
          return b.x - a.x
        })
    }
    #expect(widths == [[1], [2]])
  }
}
