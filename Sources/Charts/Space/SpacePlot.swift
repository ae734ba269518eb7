import Markup

/// A scene in space with pixels: a panel for each view of each facet, all at one scale, with the legend above.
struct SpacePlot {
  private struct Panel {
    var title: [String]
    var shapes: [Shape]
    var view: SpaceView
    var axes: SpaceAxes
    /// Where the middle of the floor is drawn.
    var origin = Point(x: 0, y: 0)
    var top = 0.0
    var left = 0.0
  }

  private let scene: Scene
  private let id: String
  private let width: Double
  private let legend: Legend
  private var panels: [Panel] = []
  private(set) var height: Double = 0

  /// - Parameters:
  ///   - id: unique on the page; ids of parts are made from it.
  ///   - height: of the whole drawing, if that is smaller than what the width suggests.
  init(
    _ scene: Scene, space: Scene.Space, width: Double, height wanted: Double?, legend wish: Bool?, isNarrow: Bool,
    id: String
  ) {
    self.scene = scene
    self.id = id
    self.width = width
    let isListed = wish == true || (wish == nil && scene.legend.count > 1)
    legend = Legend(
      isListed ? scene.legend : [], title: scene.colorTitle, swatch: scene.swatch,
      bar: wish == false ? nil : scene.colorBar, width: width)

    let count = scene.panels.count * space.cameras.count
    // On a phone a few views stand below each other; many are smaller, so that they can be compared.
    let fitting = max(1, Int((width + 16) / (isNarrow ? (count > 3 ? 170 : 300) : 216)))
    let columns = Plot.columns(count, fitting: fitting, wanted: scene.columns, isNarrow: isNarrow)
    let allRows = (count + columns - 1) / columns
    let gap = 16.0
    let room = (width - gap * Double(columns - 1)) / Double(columns)
    var titleLines = 0
    for panel in scene.panels {
      for camera in space.cameras {
        let title = panel.title.map { wrap($0, width: room * 0.93) } ?? []
        titleLines = max(titleLines, title.count)
        let view = SpaceView(box: space.box, camera: camera, unit: 1)
        panels.append(
          Panel(
            title: title, shapes: panel.shapes, view: view, axes: SpaceAxes(view, x: scene.x, y: scene.y, z: space.z)))
      }
    }
    let titleHeight = titleLines == 0 ? 0 : 6 + lineHeight * Double(titleLines)
    let rowRoom = wanted.map { ($0 - legend.height) / Double(allRows) - titleHeight - 8 }
    // Words keep their size, so how much room they take shows only when they are placed.
    var unit = isNarrow ? 300.0 : 320
    for _ in 0..<20 {
      var factor = Double.infinity
      for index in panels.indices {
        panels[index].view.unit = unit
        panels[index].axes = SpaceAxes(panels[index].view, x: scene.x, y: scene.y, z: space.z)
        let bounds = panels[index].axes.bounds
        let box = bounding(space.box.corners.map(panels[index].view.pixels))
        factor = min(factor, (box.width + room - bounds.width) / max(1, box.width))
        if let rowRoom { factor = min(factor, (box.height + rowRoom - bounds.height) / max(1, box.height)) }
      }
      if factor >= 1 { break }
      unit *= max(0.5, factor) * 0.999
    }
    var top = legend.height + (legend.height > 0 ? 8 : 0)
    for start in stride(from: 0, to: count, by: columns) {
      let row = start..<min(start + columns, count)
      let ascent = row.map { -panels[$0].axes.bounds.top }.max() ?? 0
      let descent = row.map { panels[$0].axes.bounds.bottom }.max() ?? 0
      for index in row {
        let bounds = panels[index].axes.bounds
        panels[index].left = Double(index - start) * (room + gap)
        panels[index].top = top
        panels[index].origin = Point(
          x: panels[index].left + (room - bounds.width) / 2 - bounds.left, y: top + titleHeight + ascent)
      }
      top += titleHeight + ascent + descent + 14
    }
    height = top - 10
  }

  /// The `<svg>` element.
  ///
  /// - Parameter original: a drawing of the same scene on the same page, whose surfaces are shown again at this one's
  ///   size instead of being written twice.
  func node(classes: String, title: String, description: String, isHidden: Bool, like original: SpacePlot? = nil)
    -> Node
  {
    var children: [Node] = [
      .tag("title", ["id": "\(id)-title"], .text(title)), .tag("desc", ["id": "\(id)-desc"], .text(description)),
    ]
    children += legend.nodes(x: 0, y: 0, id: id)
    for (index, panel) in panels.enumerated() {
      for (line, text) in panel.title.enumerated() {
        children.append(
          svgText(text, x: panel.left, y: panel.top + 12 + lineHeight * Double(line), classes: "chart-facet-title"))
      }
      let axes = panel.axes.nodes(at: panel.origin)
      children += axes.behind
      children.append(
        .tag(
          "g", ["class": "chart-marks", "transform": "translate(\(pixel(panel.origin.x)) \(pixel(panel.origin.y)))"],
          marks(panel, index, like: original)))
      children += axes.around
    }
    var attributes = [
      Attribute("class", classes), Attribute("viewBox", "0 0 \(pixel(width)) \(pixel(height))"),
      Attribute("width", pixel(width)), Attribute("height", pixel(height)), Attribute("role", "img"),
      Attribute("aria-labelledby", "\(id)-title \(id)-desc"),
    ]
    if isHidden { attributes.append(Attribute("display", "none")) }
    return .element("svg", attributes, children)
  }

  private func marks(_ panel: Panel, _ index: Int, like original: SpacePlot?) -> [Node] {
    let view = panel.view
    let sheets = panel.shapes.compactMap { shape -> Sheet? in
      if case .sheet(let sheet) = shape.geometry { sheet } else { nil }
    }
    var nodes: [Node] = []
    for (number, sheet) in sheets.enumerated() {
      let floor = floorNodes(sheet, view)
      // Seen from below the floor is nearer than the surface.
      if view.camera.elevation >= 0 { nodes += floor }
      let name = "faces-\(index)-\(number)"
      if let original {
        let ratio = view.unit / original.panels[index].view.unit
        nodes.append(
          .tag(
            "use",
            [
              "href": "#\(original.id)-\(name)",
              "transform": "scale(\(DecimalDigits(ratio).rounded(decimals: 4).positional(decimals: 4)))",
            ]))
      } else {
        nodes.append(faceNodes(sheet, view, id: "\(id)-\(name)"))
      }
      if view.camera.elevation < 0 { nodes += floor }
    }
    // What is cut off hides nothing.
    let grids = sheets.map { view.box.place($0.grid).mapped { $0 > view.box.z.end + 1e-9 ? .nan : $0 } }
    for shape in panel.shapes { nodes += pathNodes(shape, grids, view) }
    return nodes
  }

  private func faceNodes(_ sheet: Sheet, _ view: SpaceView, id: String) -> Node {
    let faces = sheet.faces(in: view.box, from: view.camera).map { face -> Node in
      .tag("path", ["color": face.color, "d": pathData(face.corners.map(view.pixels), closed: true)])
    }
    // A light mesh is seen on all colours from dark blue to yellow, a dark one on those around near-white.
    let mesh = sheet.range.map == .sequential ? " chart-mesh" : " chart-mesh-dark"
    return .tag(
      "g",
      [
        "id": id, "class": "chart-faces\(sheet.showsLines ? mesh : "")", "fill": "currentColor",
        "stroke": "currentColor", "stroke-width": "0.5", "stroke-linejoin": "round",
      ], faces)
  }

  private func floorNodes(_ sheet: Sheet, _ view: SpaceView) -> [Node] {
    let isLog = sheet.range.scale.kind == .log
    let heights = isLog ? sheet.grid.mapped { $0.isNaN ? .nan : $0 <= 0 ? -1e9 : log10($0) } : sheet.grid
    let span =
      sheet.range.scale.transformed(sheet.range.scale.high) - sheet.range.scale.transformed(sheet.range.scale.low)
    return sheet.floorLevels.compactMap { level -> Node? in
      let lines = isolines(heights, level: isLog ? log10(level) : level).filter { $0.count > 1 }
      if lines.isEmpty { return nil }
      let data = lines.map { line in
        // Along the rim of a hole a line is not at its level.
        let isThere = line.map { point in
          let height = heights.height(x: point.x, y: point.y) ?? .nan
          return (height - (isLog ? log10(level) : level)).magnitude <= 1e-6 * span
        }
        var parts: [[Point]] = []
        for (index, point) in line.enumerated() {
          if index > 0, isThere[index], isThere[index - 1] {
            parts[parts.count - 1].append(point)
          } else {
            parts.append([point])
          }
        }
        return parts.filter { $0.count > 1 }.map { part in
          let points = part.map {
            view.pixels(SpacePoint(x: view.box.x.position($0.x), y: view.box.y.position($0.y), z: 0))
          }
          return pathData(simplified(points))
        }.joined()
      }
      let style = sheet.range.style(level)
      return .tag(
        "path",
        ["class": "chart-isoline \(style.classes)", "style": style.inlineStyle ?? "", "d": data.joined()])
    }
  }

  private func pathNodes(_ shape: Shape, _ surfaces: [Grid], _ view: SpaceView) -> [Node] {
    let classes = "\(shape.role.rawValue) \(shape.style.classes)"
    switch shape.geometry {
    case .thread(let points):
      let placed = points.map(view.box.place)
      let path = surfaces.first.map { draped(placed, over: $0) } ?? placed
      let seen = sighted(path, through: surfaces, in: view.box, from: view.camera)
      func data(_ parts: [[SpacePoint]]) -> String {
        parts.map { pathData(simplified($0.map(view.pixels))) }.joined()
      }
      var nodes: [Node] = []
      if !seen.hidden.isEmpty {
        nodes.append(.tag("path", ["class": "chart-hidden \(shape.style.classes)", "d": data(seen.hidden)]))
      }
      if !seen.visible.isEmpty {
        let told: [Node] = shape.words.map { [.tag("title", [:], .text($0))] } ?? []
        nodes.append(.tag("path", ["class": "chart-rim", "d": data(seen.visible)]))
        nodes.append(.tag("path", ["class": classes, "d": data(seen.visible)], told))
      }
      return nodes
    case .bead(let point):
      var place = view.box.place(point)
      if place.z.isNaN { place.z = surfaces.first?.height(x: place.x, y: place.y) ?? .nan }
      guard view.box.holds(place) else { return [] }
      let isHidden = surfaces.contains { hides($0, place, from: view.camera, tolerance: 0.02) }
      let at = view.pixels(place)
      let role = shape.role.rawValue + (isHidden ? " chart-behind" : "")
      return [
        shape.role == .cross
          ? crossNode(at, style: shape.style)
          : markerNode(at, radius: shape.role == .dot ? 4 : 3.5, role: role, style: shape.style, words: shape.words)
      ]
    default: return []
    }
  }
}

extension SpaceBox {
  func holds(_ point: SpacePoint) -> Bool {
    let room = 1e-9
    return [(point.x, x.start, x.end), (point.y, y.start, y.end), (point.z, 0, z.end)].allSatisfy {
      $0.0 >= $0.1 - room && $0.0 <= $0.2 + room
    }
  }
}

private func bounding(_ points: [Point]) -> Box {
  Box(
    left: points.map(\.x).min() ?? 0, top: points.map(\.y).min() ?? 0, right: points.map(\.x).max() ?? 0,
    bottom: points.map(\.y).max() ?? 0)
}
