import Diagnostics
import Foundation
import Markup
import Tables
import Testing

@testable import Charts

@Suite struct FigureDrawingTests {
  private let lines = "from: study.epochs\nmark: line\nx: epoch\ny: train-loss\ncolor: init"

  @Test func `a value that no row has is said, with the nearest one`() throws {
    let drawing = try Samples.drawing(lines + "\nwhere: {init: [lecun, orthogonl]}")
    #expect(drawing.diagnostics.map(\.message) == ["no row has ‘orthogonl’ in ‘init’"])
    #expect(drawing.diagnostics.first?.hints == ["did you mean ‘orthogonal’?"])
  }

  @Test func `the same block gives the same bytes`() throws {
    #expect(try Samples.drawing(lines).node.rendered() == Samples.drawing(lines).node.rendered())
  }

  @Test func `a drawing is an image with a title and a description of its own`() throws {
    let html = try Samples.drawing(lines).node.rendered()
    #expect(html.hasPrefix("<figure id=\"fig-test\" class=\"figure\">"))
    #expect(html.contains("role=\"img\" aria-labelledby=\"fig-test-title fig-test-desc\""))
    #expect(html.contains("<desc id=\"fig-test-desc\">What it shows.</desc>"))
    #expect(html.contains("<desc id=\"fig-test-narrow-desc\">What it shows.</desc>"))
    #expect(html.contains("Figure 1.</span> A caption. <a class=\"caption-data\" href=\"fig-test.csv\""))
    let ids = html.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func `a caption that the page has rendered takes the place of the written one`() throws {
    let figure = try Samples.figure(lines + Samples.words)
    let drawing = figure.draw(
      Presentation(number: "2.1", caption: .tag("em", [:], "Rendered.")), tables: { Samples.table($0)! })
    #expect(drawing.node.rendered().contains("Figure 2.1.</span> <em>Rendered.</em>"))
  }

  @Test func `seeds are one line at their mean, in a band from least to most`() throws {
    let scene = try Samples.scene(lines + "\nwhere: {init: lecun}")
    let shapes = scene.panels[0].shapes
    #expect(shapes.map(\.role) == [.band, .line])
    #expect(shapes[1].geometry == .line([1.5, 0.75, 0.5, 0.375].enumerated().map { Point(x: Double($0), y: $1) }))
    guard case .region(let rings) = shapes[0].geometry else { return }
    #expect(rings[0].contains(Point(x: 0, y: 2)) && rings[0].contains(Point(x: 0, y: 1)))
  }

  @Test func `a band can be one deviation wide, or nothing`() throws {
    let sd = try Samples.scene(lines + "\nwhere: {init: lecun}\nband: sd")
    guard case .region(let rings) = sd.panels[0].shapes[0].geometry else { return }
    #expect(abs(rings[0].map(\.y).max()! - (1.5 + 0.5.squareRoot())) < 1e-12)
    let none = try Samples.scene(lines + "\nwhere: {init: lecun}\nband: none")
    #expect(none.panels[0].shapes.map(\.role) == [.line])
  }

  @Test func `without an average every seed has a line of its own`() throws {
    let scene = try Samples.scene(lines + "\nwhere: {init: lecun}\nover: none")
    #expect(scene.panels[0].shapes.map(\.role) == [.line, .line])
  }

  @Test func `a run that diverges is drawn up to its last finite point, crossed and counted`() throws {
    let scene = try Samples.scene(lines)
    let crosses = scene.panels[0].shapes.filter { $0.role == .cross }
    #expect(crosses.map(\.geometry) == [.cross(Point(x: 1, y: 2))])
    #expect(crosses[0].style == SeriesStyle(color: .category(2)))
    #expect(
      scene.legend.map { $0.label + $0.fate.suffix } == ["lecun", "kaiming-normal", "orthogonal (1 of 2 diverged)"])
    #expect(try Samples.drawing(lines).node.rendered().contains("A cross marks where a run left the finite numbers."))
  }

  @Test func `a value that was never observed is no divergence`() {
    let course = Course([Point(x: 0, y: 1), Point(x: 1, y: .nan), Point(x: 2, y: 3)])
    #expect(course == Course([Point(x: 0, y: 1), Point(x: 2, y: 3)]))
    #expect(!course.diverged)
    #expect(Course([Point(x: 0, y: .nan)]).diverged)
    #expect(!Course([]).diverged)
  }

  @Test func `a bar without a finite value says so, and is in the picture`() throws {
    let html = try Samples.drawing("from: study\nmark: bar\nx: init\ny: test-error").node.rendered()
    #expect(html.contains("not finite"))
    let scene = try Samples.scene("from: study\nmark: bar\nx: init\ny: test-error")
    #expect(scene.panels[0].shapes.filter { $0.role == .bar }.count == 2)
    #expect(scene.x.categories?.values == Samples.inits)
  }

  @Test func `bars start at zero and dots do not`() throws {
    #expect(try Samples.scene("from: study\nmark: bar\nx: init\ny: test-loss").y.includesZero)
    #expect(try Samples.scene("from: study\nmark: bar\ny: init\nx: test-loss").x.includesZero)
    #expect(try !Samples.scene("from: study\nmark: dot\nx: init\ny: test-loss").y.includesZero)
  }

  @Test func `an axis of whole numbers has no ticks between them`() throws {
    #expect(try Samples.scene(lines).x.isWhole && !Samples.scene(lines).y.isWhole)
    var scale = Scale(kind: .linear, low: 0, high: 3, start: 0, end: 600)
    scale.isWhole = true
    #expect(scale.ticks(count: 10).major == [0, 1, 2, 3])
  }

  @Test func `a height that was asked for is kept, whatever stands around the panels`() throws {
    for yaml in [lines, lines + "\nfacet: init", "from: study\nmark: bar\nx: init\ny: test-loss"] {
      for height in [320.0, 420] {
        let plot = Plot.fitted(
          try Samples.scene(yaml), width: 500, height: height, legend: true, isNarrow: false, id: "p")
        #expect((plot.height - height).magnitude <= 1)
      }
    }
  }

  @Test func `facets are panels with one pair of axes`() throws {
    let scene = try Samples.scene(lines + "\nfacet: init")
    #expect(scene.panels.map(\.title) == Samples.inits)
    #expect(scene.panels.allSatisfy { !$0.shapes.isEmpty })
    let labelled = try Samples.scene(lines + "\nfacet: {column: init, label: weights}")
    #expect(labelled.panels.map(\.title) == Samples.inits.map { "weights: \($0)" })
  }

  @Test func `with an equal aspect a unit is as long along y as along x`() throws {
    let path = "from: study.surface\nmark: contour\nx: x\ny: y\nz: z"
    for isNarrow in [false, true] {
      func aspect(_ yaml: String) throws -> Double {
        try Plot.fitted(
          Samples.scene(yaml), width: isNarrow ? 360 : 680, height: nil, legend: nil, isNarrow: isNarrow, id: "a"
        ).aspect
      }
      #expect(try abs(aspect(path) - 1) > 0.1)
      #expect(try abs(aspect(path + "\naspect: equal") - 1) < 0.02)
    }
  }

  @Test func `a path keeps the order of its steps and has a start and an end`() throws {
    let scene = try Samples.scene(
      "from: study.epochs[init=lecun, seed=1]\nmark: line\nx: train-loss\ny: epoch\norder: epoch")
    #expect(scene.panels[0].shapes.map(\.role) == [.path, .start, .dot])
    #expect(
      scene.panels[0].shapes[0].geometry
        == .line([(1, 0), (0.5, 1), (1.0 / 3, 2), (0.25, 3)].map { Point(x: $0.0, y: $0.1) }))
  }

  @Test func `a surface under a path is painted in ink, alone in colours`() throws {
    let contour = "from: study.surface\nmark: contour\nx: x\ny: y\nz: z"
    let alone = try Samples.scene(contour)
    #expect(alone.colorBars.first?.title == "z" && alone.panels[0].shapes.contains { $0.role == .cell })
    let under = try Samples.scene(
      "layers:\n  - {from: study.surface, mark: contour, x: x, y: y, z: z}\n"
        + "  - {from: study.epochs, mark: line, x: train-loss, y: epoch, order: epoch}")
    #expect(under.colorBars.isEmpty && under.panels[0].shapes.contains { $0.role == .depth })
  }

  @Test func `a histogram counts every finite value once`() throws {
    let scene = try Samples.scene("from: study.epochs\nmark: {histogram: {bins: 7}}\nx: train-loss")
    let counts = scene.panels[0].shapes.map { shape -> Double in
      if case .rectangle(_, let top) = shape.geometry { top.y } else { 0 }
    }
    #expect(counts.reduce(0, +) == 22)
  }

  @Test func `the data are the rows before aggregation, with what tells them apart`() throws {
    let csv = try Samples.drawing(lines + "\nwhere: {init: [lecun]}").csv
    #expect(csv.columns.map(\.name) == ["init", "seed", "epoch", "train-loss"])
    #expect(csv.rowCount == 8)
  }

  @Test func `settings are told from results by values that return`() {
    let table = Table(
      "runs",
      [
        Column(ColumnSchema("seed", .integer), .integers([1, 2, 1, 2])),
        Column(ColumnSchema("lr"), .numbers([0.1, 0.1, 0.5, 0.5])),
        Column(ColumnSchema("loss"), .numbers([1.2, 1.3, 1.2, 1.5])),
        Column(ColumnSchema("bad"), .numbers([.nan, .nan, .nan, .nan])),
      ])
    #expect(table.settings == ["seed", "lr"])
  }

  @Test func `dots between two axes of numbers are averaged along both`() throws {
    let scene = try Samples.scene("from: study[init=lecun]\nmark: dot\nx: test-error\ny: test-loss\nover: seed")
    let dots = scene.panels[0].shapes.filter { $0.role == .dot }
    #expect(dots.count == 1)
    guard case .marker(let point)? = dots.first?.geometry else { return }
    #expect(abs(point.x - 0.1155) < 1e-12 && abs(point.y - 0.515) < 1e-12)
    #expect(scene.panels[0].shapes.filter { $0.role == .whisker }.count == 2)
  }

  @Test func `measured values can be left out of the picture and the data`() throws {
    let drawing = try Samples.drawing("from: study\nmark: dot\nx: init\ny: seconds", showsMeasurements: false)
    #expect(drawing.node.rendered().contains("Left out: it shows measured values"))
    #expect(drawing.csv["seconds"] == nil)
  }

  @Test func `a view without rows says so to the author and the reader`() throws {
    let drawing = try Samples.drawing(lines + "\nwhere: {init: nothing}")
    #expect(drawing.diagnostics.map(\.message) == ["no rows are left: the conditions of this view match nothing"])
    #expect(drawing.node.rendered().contains("Nothing to show"))
    // Where there were none to begin with, no condition is to blame.
    let none = try Samples.drawing("from: study.nothing\nmark: dot\nx: x\ny: y").diagnostics
    #expect(none.map(\.message) == ["‘study.nothing’ has no rows: its experiment found nothing to list there"])
  }

  @Test func `rows that would be drawn over one another are said`() throws {
    let drawing = try Samples.drawing("from: study.epochs\nmark: line\nx: epoch\ny: train-loss")
    #expect(drawing.diagnostics.first?.hints == ["they differ in init"])
  }

  @Test func `an axis that is not linear says so, unless its title does`() throws {
    func html(_ y: String) throws -> String {
      try Samples.drawing("from: study.epochs[init=lecun]\nmark: line\nx: epoch\ny: \(y)").node.rendered()
    }
    #expect(try html("{column: train-loss, scale: log, label: loss}").contains(">loss, log scale</text>"))
    #expect(try html("{column: train-loss, scale: symlog, label: loss}").contains(">loss, symlog scale</text>"))
    #expect(try html("{column: train-loss, scale: log, label: log of it}").contains(">log of it</text>"))
    #expect(try html("train-loss").contains(">train loss (nats)</text>"))
  }

  @Test func `the shading of a surface under a path is explained`() throws {
    let html = try Samples.drawing(
      "layers:\n  - {from: study.surface, mark: contour, x: x, y: y, z: {column: z, label: height}}\n"
        + "  - {from: study.epochs, mark: line, x: train-loss, y: epoch, order: epoch}"
    ).node.rendered()
    #expect(html.contains("Stronger shading is higher: height."))
    #expect(try !Samples.drawing(lines).node.rendered().contains("shading"))
  }

  @Test func `layers without a colour are told apart by what they show, and quiet beside one that has names`() throws {
    func styles(_ layers: String) throws -> [SeriesStyle] {
      try Samples.scene("from: study.epochs[init=lecun, seed=1]\nx: epoch\nlayers:\n" + layers).panels[0].shapes.map(
        \.style)
    }
    let two = try styles(
      "  - {mark: line, y: train-loss}\n  - {mark: line, y: seconds}\n  - {mark: dot, y: train-loss}")
    #expect(Set(two) == [.numbered(0), .numbered(1)])
    #expect(two.filter { $0 == .numbered(1) }.count == 1)
    let named = try styles("  - {mark: line, y: train-loss}\n  - {mark: dot, y: seconds, color: init}")
    #expect(named.first == .ink && named.last == .numbered(0))
  }

  @Test func `what lies beyond the part of x that is shown takes no room`() throws {
    let yaml = "from: study.epochs[init=lecun, seed=1]\nmark: line\ny: train-loss\nx: {column: epoch, domain: "
    func labels(_ domain: String) throws -> String {
      try Plot(
        Samples.scene(yaml + "\(domain)}"), width: 500, height: nil, legend: nil, isNarrow: false, id: "p"
      ).node(classes: "", title: "", description: "", isHidden: false).rendered()
    }
    #expect(try labels("[0, 3]").contains(">1.0</text>"))
    #expect(try !labels("[1, 3]").contains(">1.0</text>"))
  }

  @Test func `a run that leaves the numbers above the axis is crossed at its edge`() throws {
    let scene = try Samples.scene(
      "from: study.epochs\nmark: line\nx: epoch\ny: {column: train-loss, domain: [0, 1]}\ncolor: init")
    let svg = Plot(scene, width: 500, height: nil, legend: false, isNarrow: false, id: "p")
      .node(classes: "", title: "", description: "", isHidden: false).rendered()
    #expect(svg.contains("chart-cross"))
  }

  @Test func `a path may go on to the end of the axis, and then marks no ends`() throws {
    let scene = try Samples.scene(
      "from: study.epochs[init=lecun, seed=1]\nmark: {line: {onwards: true}}\nx: {column: epoch, domain: [0, 9]}\n"
        + "y: train-loss\norder: epoch")
    #expect(scene.panels[0].shapes.map(\.role) == [.path, .path])
    #expect(scene.panels[0].shapes[1].geometry == .arrow(Point(x: 3, y: 0.25), Point(x: .infinity, y: 0.25)))
  }

  @Test func `lines have names at their ends when all end there; numbers need the legend's title`() throws {
    func svg(_ yaml: String) throws -> String {
      Plot(try Samples.scene(yaml), width: 680, height: nil, legend: nil, isNarrow: false, id: "p")
        .node(classes: "", title: "", description: "", isHidden: false).rendered()
    }
    let both = "from: study.epochs\nmark: line\nx: epoch\ny: train-loss\n"
    #expect(try svg(both + "color: init\nwhere: {init: [lecun, kaiming-normal]}").contains("chart-series-label"))
    // Orthogonal's second run ends early.
    let some = try svg("from: study.epochs[seed=2]\nmark: line\nx: epoch\ny: train-loss\ncolor: init")
    #expect(!some.contains("chart-series-label"))
    #expect(some.matches(of: /chart-label"[^>]*>(lecun|kaiming-normal|orthogonal)/).count == 3)
    let numbers = try svg(both + "color: {column: seed, label: start}\nwhere: {init: lecun}")
    #expect(!numbers.contains("chart-series-label") && numbers.contains(">start</text>"))
  }

  @Test func `values that a logarithmic axis cannot show are counted`() throws {
    let html = try Samples.drawing("from: study.epochs\nmark: dot\nx: {column: epoch, scale: log}\ny: train-loss").node
      .rendered()
    #expect(html.contains("6 values at or below zero cannot be shown on a logarithmic scale."))
  }

  @Test func `no text runs out of the picture`() throws {
    for mark in [
      "from: study\nmark: bar\nx: init\ny: test-loss", "from: study\nmark: bar\ny: init\nx: test-loss", lines,
    ] {
      for (width, isNarrow) in [(680.0, false), (360.0, true), (300.0, true)] {
        let plot = Plot(try Samples.scene(mark), width: width, height: nil, legend: nil, isNarrow: isNarrow, id: "p")
        let svg = plot.node(classes: "", title: "", description: "", isHidden: false).rendered()
        for text in svg.matches(of: /<text class="[^"]*" x="([-0-9.]+)" y="([-0-9.]+)"([^>]*)>([^<]*)</) {
          let (x, words, rest) = (Double(text.1)!, String(text.4), text.3)
          if rest.contains("rotate") { continue }
          let span = textWidth(words)
          let left = rest.contains("end") ? x - span : rest.contains("middle") ? x - span / 2 : x
          #expect(left >= -0.5 && left + span <= width + 0.5, "‘\(words)’ at width \(width)")
          #expect(Double(text.2)! <= plot.height)
        }
      }
    }
  }

  @Test func `labels at line ends keep apart and stay near`() {
    let style = SeriesStyle.only
    let ends = [50.0, 52, 53, 120, 121].enumerated().map { index, y in
      (item: Scene.LegendItem(label: "series \(index)", style: style, fate: Fate()), end: Point(x: 300, y: y))
    }
    let labels = DirectLabels(ends, box: Box(left: 0, top: 0, right: 300, bottom: 200))!.labels
    #expect(labels.map(\.text) == (0..<5).map { "series \($0)" })
    #expect(zip(labels, labels.dropFirst()).allSatisfy { $1.y - $0.y >= lineHeight - 1e-9 })
    let tooMany = (0..<40).map { _ in ends[0] }
    #expect(DirectLabels(tooMany, box: Box(left: 0, top: 0, right: 300, bottom: 200)) == nil)
  }

  @Test func `lines are cut at the box, and simplified within a tenth of a pixel`() {
    let box = Box(left: 0, top: 0, right: 10, bottom: 10)
    let parts = clip(
      [Point(x: -5, y: 5), Point(x: 5, y: 5), Point(x: 5, y: 15), Point(x: 8, y: 15), Point(x: 8, y: 5)], to: box)
    #expect(
      parts == [[Point(x: 0, y: 5), Point(x: 5, y: 5), Point(x: 5, y: 10)], [Point(x: 8, y: 10), Point(x: 8, y: 5)]])
    #expect(clip([Point(x: 1, y: 1), Point(x: .nan, y: 2), Point(x: 3, y: 3)], to: box).isEmpty)
    let ring = clip(ring: [Point(x: -5, y: 2), Point(x: 20, y: 2), Point(x: 20, y: 4), Point(x: -5, y: 4)], to: box)
    #expect(ring.map(\.x).min() == 0 && ring.map(\.x).max() == 10)
    let straight = (0...100).map { Point(x: Double($0), y: Double($0) * 0.5 + ($0 % 2 == 0 ? 0.01 : 0)) }
    #expect(simplified(straight).count == 2)
    #expect(simplified([Point(x: 0, y: 0), Point(x: 5, y: 1), Point(x: 10, y: 0)]).count == 3)
  }

  @Test func `path data are steps in tenths that do not drift`() {
    #expect(pathData([Point(x: 1, y: 2), Point(x: 1.54, y: -3), Point(x: 4, y: 4)]) == "M1 2l0.5-5 2.5 7")
    #expect(pixel(-0.04) == "0" && pixel(-0.06) == "-0.1" && pixel(12) == "12")
  }

  @Test func `a small figure is drawn as recorded`() throws {
    let drawing = try Samples.drawing(lines + "\nwidth: 400\nheight: 240")
    let svg = drawing.node.rendered().replacingOccurrences(of: "><", with: ">\n<") + "\n"
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Goldens/Charts/line.svg.txt")
    if ProcessInfo.processInfo.environment["FIELDBOOK_RECORD"] == "1" {
      try FileManager.default.createDirectory(at: golden.deletingLastPathComponent(), withIntermediateDirectories: true)
      try svg.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(try svg == String(contentsOf: golden, encoding: .utf8), "record again with FIELDBOOK_RECORD=1")
  }
}
