import Markup

/// A scene with pixels: where panels, axes, labels and legend stand in a drawing of some width.
struct Plot {
  private let scene: Scene
  private let width: Double
  private let id: String
  private var boxes: [Box] = []
  private var titles: [[String]]
  private var x: Scale
  private var y: Scale
  private var bottom: BottomLabels
  private var left: [(at: Double, label: FormattedNumber?, text: String)] = []
  private var yTicks: (major: [Double], minor: [Double]) = ([], [])
  private var legend: Legend
  private var direct: DirectLabels?
  private var columns: Int
  private(set) var height: Double = 0

  /// - Parameters:
  ///   - id: unique on the page; ids of parts are made from it.
  ///   - isNarrow: for a phone: fewer panels side by side, less height.
  ///   - excess: by how much a first attempt was higher than wanted.
  init(
    _ scene: Scene, width: Double, height wanted: Double?, legend wish: Bool?, isNarrow: Bool, id: String,
    excess: Double = 0
  ) {
    self.scene = scene
    self.width = width
    self.id = id
    let count = scene.panels.count
    let fitting = max(1, Int((width + 16) / (isNarrow ? 156 : 200)))
    let columns = Plot.columns(count, fitting: fitting, wanted: scene.columns, isNarrow: isNarrow)
    let rows = (count + columns - 1) / columns
    self.columns = columns

    // Scales over all panels, without pixels yet.
    let shapes = scene.panels.flatMap(\.shapes)
    let extent = shapes.flatMap(\.extent)
    let isSurface = scene.panels.contains(where: \.isSurface)
    let hasMarkers = shapes.contains { [.dot, .path, .start].contains($0.role) || $0.role == .text }
    func scale(_ axis: Scene.Axis, _ values: [Double], padding: Double) -> Scale {
      if let categories = axis.categories {
        return Scale(kind: .band, low: -0.5, high: max(0.5, Double(categories.count) - 0.5), start: 0, end: 1)
      }
      var scale = Scale(
        axis.kind, holding: values, domain: axis.channel?.domain, includesZero: axis.includesZero, padding: padding,
        threshold: axis.channel?.threshold)
      scale.isWhole = axis.isWhole
      return scale
    }
    // A surface and a square frame are as large as they say.
    let isTight = isSurface || scene.isSquare
    let x = scale(
      scene.x, extent.map(\.x), padding: isTight ? 0 : scene.x.includesZero ? 0.05 : hasMarkers ? 0.03 : 0)
    // What lies beyond the part of x that is shown takes no room.
    let shown = scene.x.channel?.domain.map { domain in
      extent.filter { !$0.x.isFinite || domain.contains($0.x) }
    }
    let heights = (shown ?? []).contains { $0.y.isFinite } ? shown! : extent
    var y = scale(scene.y, heights.map(\.y), padding: isTight || scene.y.isBlank ? 0 : 0.05)

    // Heights from top to bottom.
    // Titles of panels in as many lines as the widest panel title needs; panels are a little narrower than this.
    let roughWidth = (width - 50) / Double(columns) - 24
    titles = scene.panels.map { panel in
      // Where panels are the colours there is no legend to say what became of a run.
      let item = Plot.colorRepeatsAxis(scene) ? scene.legend.first { $0.label == panel.title } : nil
      guard let title = panel.title else { return [] }
      let suffix = item?.fate.suffix ?? ""
      if textWidth(title + suffix) <= roughWidth * 0.93 { return [title + suffix] }
      return wrap(title, width: roughWidth * 0.93) + (suffix.isEmpty ? [] : [String(suffix.dropFirst())])
    }
    let titleLines = titles.map(\.count).max() ?? 0
    let facetTitle = titleLines == 0 ? 0 : 4 + lineHeight * Double(titleLines)
    let panelHeight = Plot.panelHeight(
      scene, y, wanted: wanted, rows: rows, isNarrow: isNarrow, width: width, fixed: facetTitle + 60 + excess)
    y.start = scene.y.goesUp ? panelHeight : 0
    y.end = panelHeight - y.start
    self.x = x
    self.y = y
    let leftLabels = Plot.leftLabels(scene.y, y, height: panelHeight)
    (yTicks, left) = leftLabels
    let labelWidth = leftLabels.labels.map { $0.label?.width ?? textWidth($0.text) }.max() ?? 0
    let leftMargin = labelWidth + 10
    var gap = 16.0

    func columnWidth(_ left: Double, _ right: Double) -> Double {
      (width - left - right - gap * Double(columns - 1)) / Double(columns)
    }
    func labels(_ width: Double) -> BottomLabels {
      var scale = x
      (scale.start, scale.end) = (0, max(20, width))
      return BottomLabels(scene.x, scale: scale)
    }
    let sample = labels(columnWidth(leftMargin, 4))
    bottom = sample
    // The last label of one panel and the first of the next stand side by side.
    gap = max(gap, sample.left + sample.right + 12)

    // Names at the ends of lines, if they fit.
    direct = nil
    // A number is no name: it needs the legend's title.
    if wish == nil, count == 1, scene.swatch == .line, !scene.legend.allSatisfy(\.style.isRamp) {
      let ends = scene.legend.compactMap { item -> (item: Scene.LegendItem, end: Point)? in
        let lines = shapes.filter { $0.role == .line && $0.series == item.label && $0.style == item.style }
        guard case .line(let points)? = lines.last?.geometry, let end = points.last(where: { $0.y.isFinite }) else {
          return nil
        }
        return (item, end)
      }
      let room = (ends.map { textWidth($0.item.label + $0.item.fate.suffix) }.max() ?? 0) + 14
      if room <= width * (isNarrow ? 0.26 : 0.3) {
        let box = Box(left: leftMargin, top: 0, right: width - room, bottom: panelHeight)
        var scale = x
        (scale.start, scale.end) = (box.left, box.right)
        direct = DirectLabels(
          ends.map { ($0.item, Point(x: scale.position($0.end.x), y: y.position($0.end.y))) }, box: box)
      }
    }
    let named = Set(direct?.labels.map(\.style) ?? [])
    let isSingle = scene.legend.count < 2 && scene.legend.allSatisfy { $0.fate.diverged == 0 }
    let isPlain = Plot.colorRepeatsAxis(scene)
    let listed =
      wish == false || (wish == nil && (isSingle || isPlain)) ? [] : scene.legend.filter { !named.contains($0.style) }
    legend = Legend(
      listed, title: direct == nil ? scene.colorTitle : nil, swatch: scene.swatch,
      bars: wish == false ? [] : scene.colorBars,
      width: width)

    let rightMargin = max(direct.map { $0.width + 14 } ?? 4, bottom.right + 2)
    let finalLeft = max(leftMargin, bottom.left + 2)
    let panelWidth = columnWidth(finalLeft, rightMargin)
    bottom = labels(panelWidth)
    let yTitle = scene.y.title.isEmpty ? 0.0 : 20
    var top = legend.height + yTitle + facetTitle + 6
    for index in 0..<count {
      let (row, column) = (index / columns, index % columns)
      if column == 0, row > 0 { top += panelHeight + facetTitle + 12 }
      let start = finalLeft + Double(column) * (panelWidth + gap)
      boxes.append(Box(left: start, top: top, right: start + panelWidth, bottom: top + panelHeight))
    }
    height = top + panelHeight + bottom.height + (scene.x.title.isEmpty ? 4 : 22)
    if let made = direct {
      direct = DirectLabels(moved: made, by: top)
    }
  }

  /// How many panels stand side by side: as many as an author wants (on a phone at most those that fit), else rows that
  /// are about equally long.
  static func columns(_ count: Int, fitting: Int, wanted: Int?, isNarrow: Bool) -> Int {
    if let wanted { return max(1, min(wanted, count, isNarrow ? fitting : count)) }
    let rows = (count + fitting - 1) / fitting
    return (count + rows - 1) / max(1, rows)
  }

  private static func panelHeight(
    _ scene: Scene, _ y: Scale, wanted: Double?, rows: Int, isNarrow: Bool, width: Double, fixed: Double
  ) -> Double {
    if let wanted {
      return max(60, (wanted - fixed) / Double(rows))
    }
    if let categories = scene.y.categories {
      let isDodged = scene.legend.count > 1 && !colorRepeatsAxis(scene) && scene.swatch == .box
      return max(80, Double(categories.count) * (isDodged ? max(26, Double(scene.legend.count) * 13) : 28))
    }
    if scene.y.isBlank { return min(scene.panels.count > 1 ? 260 : 400, max(80, (y.high - y.low) * 8)) }
    let isSurface = scene.panels.contains(where: \.isSurface)
    if scene.panels.count > 1 { return isSurface ? 190 : isNarrow ? 140 : 160 }
    return isNarrow ? (isSurface ? 280 : 220) : min(isSurface ? 400 : 300, width * 0.6)
  }

  private static func leftLabels(_ axis: Scene.Axis, _ scale: Scale, height: Double) -> (
    ticks: (major: [Double], minor: [Double]), labels: [(at: Double, label: FormattedNumber?, text: String)]
  ) {
    if let categories = axis.categories {
      let every = axis.isNumeric ? max(1, Int((lineHeight / scale.bandWidth).rounded(.up))) : 1
      let kept = categories.labels.indices.filter { $0 % every == 0 }
      return (
        (kept.map(Double.init), []), kept.map { (scale.position(Double($0)), nil, categories.labels[$0]) }
      )
    }
    if axis.isBlank { return (([], []), []) }
    for count in stride(from: min(8, max(3, Int(height / 44))), through: 1, by: -1) {
      var ticks = scale.ticks(count: count)
      if let limit = axis.limit {
        ticks.major.removeAll { $0 > limit || (scale.position($0) - scale.position(limit)).magnitude < lineHeight }
        ticks.minor.removeAll { $0 > limit }
      }
      let places = ticks.major.map { scale.position($0) }
      let hasRoom = zip(places, places.dropFirst()).allSatisfy { ($0 - $1).magnitude >= lineHeight }
      if hasRoom || count == 1 {
        let labels = scale.labels(ticks.major, format: axis.channel?.format)
        return (ticks, zip(places, labels).map { ($0, $1, "") })
      }
    }
    return (([], []), [])
  }

  /// Whether colours say again what an axis says, so that a legend would be in the way.
  private static func colorRepeatsAxis(_ scene: Scene) -> Bool {
    let labels = scene.legend.map(\.label)
    return labels == scene.x.categories?.labels || labels == scene.y.categories?.labels
      || labels == scene.panels.map(\.title)
  }
}

extension Plot {
  /// A plot of the height that an author wants, which takes two attempts: what stands around the panels is known
  /// only after the first.
  static func fitted(
    _ scene: Scene, width: Double, height wanted: Double?, legend: Bool?, isNarrow: Bool, id: String
  ) -> Plot {
    var wanted = wanted.map { isNarrow ? min($0, 420) : $0 }
    var first = Plot(scene, width: width, height: wanted, legend: legend, isNarrow: isNarrow, id: id)
    if scene.isEqual {
      wanted = first.heightForEqualUnits
      first = Plot(scene, width: width, height: wanted, legend: legend, isNarrow: isNarrow, id: id)
    }
    guard let wanted, first.height != wanted else { return first }
    return Plot(
      scene, width: width, height: wanted, legend: legend, isNarrow: isNarrow, id: id,
      excess: first.height - wanted)
  }

  /// How high the drawing would be with a unit as long along y as along x.
  private var heightForEqualUnits: Double {
    let panel = boxes[0]
    let pixels = (panel.right - panel.left) * (y.high - y.low) / (x.high - x.low)
    let rows = (boxes.count + columns - 1) / columns
    return height + Double(rows) * (pixels - (panel.bottom - panel.top))
  }

  /// Pixels of a unit along y over those of one along x.
  var aspect: Double {
    (boxes[0].bottom - boxes[0].top) / (y.high - y.low) * (x.high - x.low) / (boxes[0].right - boxes[0].left)
  }

  /// The `<svg>` element.
  func node(classes: String, title: String, description: String, isHidden: Bool) -> Node {
    var children: [Node] = [
      .tag("title", ["id": "\(id)-title"], .text(title)), .tag("desc", ["id": "\(id)-desc"], .text(description)),
    ]
    if scene.panels.contains(where: { $0.shapes.contains { $0.role == .hole } }) { children.append(hatch) }
    children += legend.nodes(x: 0, y: 0, id: id)
    let titleY = legend.height + 14
    if !scene.y.title.isEmpty {
      children.append(svgText(scene.y.heading, x: 0, y: titleY, classes: "chart-title-text"))
    }
    for (index, panel) in scene.panels.enumerated() { children += nodes(panel, index) }
    if !scene.x.title.isEmpty, let first = boxes.first,
      let last = boxes.first(where: { $0.right == boxes.map(\.right).max() })
    {
      let middle = (first.left + last.right) / 2
      let half = textWidth(scene.x.heading) / 2
      children.append(
        svgText(
          scene.x.heading, x: max(half, min(width - half, middle)), y: height - 6, anchor: .middle,
          classes: "chart-title-text"))
    }
    if let direct, let box = boxes.first { children += direct.nodes(box: box) }
    var attributes = [
      Attribute("class", classes), Attribute("viewBox", "0 0 \(pixel(width)) \(pixel(height))"),
      Attribute("width", pixel(width)), Attribute("height", pixel(height)), Attribute("role", "img"),
      Attribute("aria-labelledby", "\(id)-title \(id)-desc"),
    ]
    // Without a style sheet only one drawing shows; as an attribute it gives way to any rule.
    if isHidden { attributes.append(Attribute("display", "none")) }
    return .element("svg", attributes, children)
  }

  private func nodes(_ panel: Scene.Panel, _ index: Int) -> [Node] {
    let box = boxes[index]
    let isFirstColumn = index % columns == 0
    let isLastRow = index + columns >= boxes.count
    var x = x
    (x.start, x.end) = (box.left, box.right)
    var y = y
    (y.start, y.end) = scene.y.goesUp ? (box.bottom, box.top) : (box.top, box.bottom)
    var nodes: [Node] = []
    for (line, title) in titles[index].enumerated() {
      let y = box.top - 7 - lineHeight * Double(titles[index].count - 1 - line)
      nodes.append(svgText(title, x: box.left, y: y, classes: "chart-facet-title"))
    }
    nodes += grid(box, x, y)
    if isFirstColumn {
      for label in left {
        let content = label.label?.svg ?? [.text(label.text)]
        nodes.append(
          svgText(
            content, x: box.left - 8, y: box.top + label.at + 4.5, anchor: .end, classes: "chart-tick-label"))
      }
    }
    if isLastRow { nodes += bottom.nodes(box: box) }
    var projection = Projection(x: x, y: y, box: box, hatch: "\(id)-hatch")
    projection.isFirst = isFirstColumn
    projection.showsCells = panel.shapes.allSatisfy { shape in
      if case .cell(_, let words, _) = shape.geometry { projection.fits(words) } else { true }
    }
    nodes.append(.tag("g", ["class": "chart-marks"], gathered(panel.shapes).map(projection.node)))
    return nodes
  }

  /// Light lines at ticks, lighter ones between decades, and the zero line that lengths start from.
  private func grid(_ box: Box, _ x: Scale, _ y: Scale) -> [Node] {
    // A surface has lines of its own.
    if scene.panels.contains(where: \.isSurface) { return [] }
    func vertical(_ values: [Double]) -> String {
      values.filter(x.contains).map { "M\(pixel(x.position($0))) \(pixel(box.top))V\(pixel(box.bottom))" }.joined()
    }
    func horizontal(_ values: [Double]) -> String {
      values.filter(y.contains).map { "M\(pixel(box.left)) \(pixel(y.position($0)))H\(pixel(box.right))" }.joined()
    }
    let minor =
      (scene.x.categories == nil ? vertical(bottom.minor) : "")
      + (scene.y.categories == nil ? horizontal(yTicks.minor) : "")
    let major =
      (scene.x.categories == nil ? vertical(bottom.ticks) : "")
      + (scene.y.categories == nil ? horizontal(yTicks.major) : "")
    var nodes: [Node] = []
    if !minor.isEmpty { nodes.append(.tag("path", ["class": "chart-grid-minor", "d": minor])) }
    if !major.isEmpty { nodes.append(.tag("path", ["class": "chart-grid", "d": major])) }
    if scene.y.includesZero, scene.y.categories == nil, y.contains(0), y.kind != .log {
      nodes.append(.tag("path", ["class": "chart-baseline", "d": horizontal([0])]))
    }
    if scene.x.includesZero, scene.x.categories == nil, x.contains(0), x.kind != .log {
      nodes.append(.tag("path", ["class": "chart-baseline", "d": vertical([0])]))
    }
    return nodes
  }

  private var hatch: Node {
    .tag(
      "pattern",
      [
        "id": "\(id)-hatch", "width": "6", "height": "6", "patternUnits": "userSpaceOnUse",
        "patternTransform": "rotate(45)",
      ], .tag("rect", ["class": "chart-hatch-ground", "width": "6", "height": "6"]),
      .tag("path", ["class": "chart-hatch", "d": "M0 0V6"]))
  }
}

extension DirectLabels {
  fileprivate init(moved labels: DirectLabels, by distance: Double) {
    self = labels
    for index in self.labels.indices {
      self.labels[index].y += distance
      self.labels[index].end.y += distance
    }
  }
}
