import Diagnostics
import Foundation
import Markup
import Specs
import Tables
import Testing

@testable import Charts

@Suite struct Surface3DMarkTests {
  private let bowl = "from: study.surface\nmark: surface3d\nx: x\ny: y\nz: z"
  private func bowl(_ options: String) -> String { bowl.replacing("surface3d", with: "{surface3d: {\(options)}}") }

  private func plot(_ yaml: String, width: Double = 680, isNarrow: Bool = false) throws -> SpacePlot {
    let scene = try Samples.scene(yaml)
    return SpacePlot(
      scene, space: scene.space!, width: width, height: nil, legend: nil, isNarrow: isNarrow, id: "p")
  }

  private func svg(_ plot: SpacePlot) -> String {
    plot.node(classes: "", title: "", description: "", isHidden: false).rendered()
  }

  @Test func `a list of azimuths gives a panel for each`() throws {
    #expect(try Samples.scene(bowl).space?.cameras == [Camera(azimuth: -60, elevation: 30)])
    #expect(
      try Samples.scene(bowl("azimuth: [-60, 30]")).space?.cameras
        == [Camera(azimuth: -60, elevation: 30), Camera(azimuth: 30, elevation: 30)])
    #expect(
      try Samples.scene(bowl("elevation: [20, 50]")).space?.cameras
        == [Camera(azimuth: -60, elevation: 20), Camera(azimuth: -60, elevation: 50)])
    let html = try svg(plot(bowl("azimuth: [-60, 30], elevation: [10, -10]")))
    #expect(html.matches(of: /<g id="p-faces-/).count == 2)
  }

  @Test func `the name of the heights stands above the box, which a surface fills`() throws {
    let scene = try Samples.scene(bowl.replacing("z: z", with: "z: {column: z, label: a name that is rather long}"))
    let space = try #require(scene.space)
    for azimuth in [-60.0, 30, 100] {
      let view = SpaceView(box: space.box, camera: Camera(azimuth: azimuth, elevation: 30), unit: 200)
      let axes = SpaceAxes(view, x: scene.x, y: scene.y, z: space.z)
      let name = try #require(axes.words.first { $0.width == textWidth("a name that is rather long") })
      let top = space.box.corners.filter { $0.z > 0 }.map(view.pixels)
      let left = try #require(top.min { $0.x < $1.x })
      for corner in top where corner.x > left.x + 1 {
        let x = min(name.middle.x + name.width / 2, corner.x)
        let edge = left.y + (corner.y - left.y) * (x - left.x) / (corner.x - left.x)
        #expect(name.middle.y + 7 <= edge, "seen from \(azimuth)")
      }
    }
  }

  @Test func `the views of one facet stand side by side, the facets below each other`() throws {
    let yaml =
      "from: study.pair\nmark: {surface3d: {azimuth: [-60, 30]}}\nx: x\ny: y\nz: z\nfacet: {column: a, label: a}"
    let titles = try svg(plot(yaml)).matches(of: /chart-facet-title" x="([0-9.]+)" y="([0-9.]+)">([^<]*)</)
    #expect(titles.map(\.3) == ["a: 1", "a: 1", "a: 3", "a: 3"])
    #expect(titles[0].2 == titles[1].2 && titles[2].2 == titles[3].2 && titles[0].2 != titles[2].2)
    #expect(titles[0].1 == titles[2].1 && titles[1].1 == titles[3].1)
  }

  @Test func `two views of 40 × 40 cells weigh less than 400 kB, for page and phone together`() throws {
    let html = try Samples.drawing(bowl("azimuth: [-60, 30]")).node.rendered()
    #expect(html.utf8.count < 400_000)
    // Both views have all their cells (the bowl's underside hides some, but they are painted).
    #expect(html.matches(of: /<path color=/).count > 2 * 1590)
    // The phone shows the page's surfaces again, at its own size.
    #expect(html.contains("<use href=\"#fig-test-faces-1-0\" transform=\"scale("))
  }

  @Test(arguments: [-60.0, 30, 0, 90, 180, -90, -135], [30.0, 0, 90, -30])
  func `no word runs out of the picture, and none stands on another`(azimuth: Double, elevation: Double) throws {
    // A path, whose box and axes are those of a surface.
    let yaml =
      "from: study.epochs[init=lecun]\nmark: {path3d: {azimuth: [\(azimuth), \(azimuth + 20)], elevation: \(elevation)}}\n"
      + "x: {column: train-loss, label: first direction}\ny: epoch\nz: seconds\norder: epoch"
    for (width, isNarrow) in [(680.0, false), (360, true), (300, true)] {
      let plot = try plot(yaml, width: width, isNarrow: isNarrow)
      var boxes: [Box] = []
      for text in svg(plot).matches(of: /<text class="chart-t[^"]*" x="([-0-9.]+)" y="([-0-9.]+)"([^>]*)>([^<]*)</) {
        let (x, y, span) = (Double(text.1)!, Double(text.2)!, textWidth(String(text.4)))
        let left = text.3.contains("middle") ? x - span / 2 : x
        #expect(left >= -1 && left + span <= width + 1, "‘\(text.4)’ at width \(width)")
        #expect(y <= plot.height && y >= 8)
        let box = Box(left: left, top: y - 9, right: left + span, bottom: y)
        let touched = boxes.contains {
          $0.left < box.right && box.left < $0.right && $0.top < box.bottom && box.top < $0.bottom
        }
        #expect(!touched, "‘\(text.4)’ at width \(width)")
        boxes.append(box)
      }
      #expect(boxes.count > 8)
    }
  }

  @Test func `a surface is cut at the top, and its colours end there`() throws {
    let scene = try Samples.scene(bowl("top: 3"))
    #expect(scene.colorBars.first?.scale.high == 3 && scene.space?.box.z.high == 3)
    #expect(scene.colorBars.first?.title == "z")
    #expect(try Samples.scene(bowl).colorBars.first?.scale.high == 8)
  }

  @Test func `heights can be logarithmic, and what has no logarithm is a hole`() throws {
    let scene = try Samples.scene(bowl.replacing("z: z", with: "z: {column: z, scale: log}"))
    #expect(scene.space?.box.z.kind == .log)
    guard case .sheet(let sheet)? = scene.panels[0].shapes.first?.geometry, let space = scene.space else {
      Issue.record("there is no surface")
      return
    }
    // z = 0 in the middle: four of 1,600 cells are left out.
    let cells = sheet.faces(in: space.box, from: Camera(azimuth: 0, elevation: 89)).count
    #expect(cells == 1596)
  }

  @Test func `contours on the floor lie under a surface that hovers`() throws {
    let scene = try Samples.scene(bowl("floor: contours"))
    #expect(scene.space!.box.z.start > 0)
    let html = try svg(plot(bowl("floor: contours")))
    let floor = try #require(html.range(of: "chart-isoline"))
    let faces = try #require(html.range(of: "chart-faces"))
    #expect(floor.lowerBound < faces.lowerBound)
    // From below the floor is nearer.
    let below = try svg(plot(bowl("floor: contours, elevation: -30")))
    #expect(below.range(of: "chart-isoline")!.lowerBound > below.range(of: "chart-faces")!.lowerBound)
  }

  @Test func `colours can be those of another column, as of a curvature`() throws {
    let scene = try Samples.scene(bowl + "\ncolor: {column: x, scale: diverging}")
    #expect(
      scene.colorBars.first?.title == "x" && scene.colorBars.first?.map == .diverging && scene.space?.box.z.high == 8)
    guard case .sheet(let sheet)? = scene.panels[0].shapes.first?.geometry, let space = scene.space else { return }
    #expect(sheet.tints?.values == sheet.grid.ys.flatMap { _ in sheet.grid.xs })
    var plain = sheet
    plain.isShaded = false
    let faces = plain.faces(in: space.box, from: Camera(azimuth: -90, elevation: 30))
    let colors = faces.map { face in
      let middle = face.corners.map(\.x).reduce(0, +) / Double(face.corners.count)
      return ColorMap.diverging.hex(((middle + 0.5) * 63).rounded() / 63)
    }
    // All but cells of two pieces, which have the colour of the cell.
    #expect(zip(faces, colors).filter { $0.color == $1 }.count > 1500)
  }

  @Test func `a fine grid is drawn by every second of its lines, and says so`() throws {
    let fine = try Samples.drawing("from: study.fine\nmark: surface3d\nx: x\ny: y\nz: z").node.rendered()
    #expect(fine.contains("every second is drawn."))
    // 35 × 35 cells; a few along the fold are two pieces.
    #expect((1225...1400).contains(fine.matches(of: /<path color=/).count))
    #expect(try !Samples.drawing(bowl).node.rendered().contains("is drawn."))
  }

  @Test func `equal units make the floor as long as its ranges`() throws {
    let scene = try Samples.scene(bowl + "\naspect: equal")
    #expect(scene.space!.box.x.end == 0.5 && scene.space!.box.y.end == 0.5)
    let narrow = try Samples.scene(bowl.replacing("y: y", with: "y: {column: y, domain: [-1, 1]}") + "\naspect: equal")
    #expect(narrow.space!.box.y.end == 0.25)
  }

  @Test(arguments: [
    (
      "from: study.surface\nmark: {surface3d: {azimuth: [0, 1], elevation: 1️⃣[1, 2, 3]}}\nx: x\ny: y\nz: z",
      "2 azimuths but 3 elevations"
    ),
    ("from: study.surface\nmark: {surface3d: {elevation: 1️⃣91}}\nx: x\ny: y\nz: z", "91 is out of range"),
    ("from: study.surface\nmark: 1️⃣surface3d\nx: x\ny: y", "the mark ‘surface3d’ needs ‘z’: a column of numbers"),
    (
      "from: study\nmark: surface3d\nx: seed\ny: test-loss\nz: test-error\ncolor: 1️⃣init",
      "needs numbers for ‘color’, but column ‘init’ holds text"
    ),
    ("from: study.surface\nmark: contour\nx: x\ny: y\nz: z\ncolor: 1️⃣x", "the mark ‘contour’ does not use ‘color’"),
    ("from: study\nmark: surface3d\nx: 1️⃣init\ny: seed\nz: test-loss", "needs numbers for ‘x’"),
    (
      "layers:\n  - {from: study.surface, mark: surface3d, x: x, y: y, z: z}\n"
        + "  - {from: study.epochs, mark: 1️⃣line, x: epoch, y: train-loss}",
      "the mark ‘line’ has two axes and no place in a box of three"
    ),
    ("from: study.epochs\nmark: 1️⃣path3d\nx: epoch\ny: train-loss", "a path without ‘z’ lies on a surface"),
  ])
  func `a mistake is said at its place`(source: String, message: String) throws {
    let (yaml, place) = marked(source)
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml + Samples.words, at: Place(file: "chapter.md", line: 1, column: 1))
    #expect(Figure.check(spec, schemas: Samples.schema, into: &diagnostics) == nil)
    #expect(diagnostics.contains { $0.message.contains(message) && $0.place == place }, "\(diagnostics)")
    #expect(diagnostics.count == 1, "\(diagnostics)")
  }

  @Test func `a small surface is drawn as recorded`() throws {
    let yaml = bowl("azimuth: 30") + "\nwhere: {x: [-2, -1, 0, 1, 2], y: [-2, 0, 2]}\nwidth: 300"
    let svg = try Samples.drawing(yaml).node.rendered().replacingOccurrences(of: "><", with: ">\n<") + "\n"
    let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Goldens/Charts/surface3d.svg.txt")
    if ProcessInfo.processInfo.environment["FIELDBOOK_RECORD"] == "1" {
      try svg.write(to: golden, atomically: true, encoding: .utf8)
    }
    #expect(try svg == String(contentsOf: golden, encoding: .utf8), "record again with FIELDBOOK_RECORD=1")
  }
}
