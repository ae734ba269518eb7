import Markup

/// Swatches with names, and the bar of a colour map, in rows above the panels.
struct Legend {
  private enum Piece {
    case title(String)
    case item(Scene.LegendItem, Swatch)
    case bar(ColorRange, width: Double, id: String)

    var width: Double {
      switch self {
      case .title(let text): textWidth(text) + 14
      case .item(let item, _): 26 + textWidth(item.label + item.fate.suffix) + 14
      case .bar(_, let width, _): width + 20
      }
    }
  }

  private var rows: [[Piece]] = []
  private var rowHeights: [Double] = []
  var height: Double { rowHeights.reduce(0, +) + (rows.isEmpty ? 0 : 4) }

  /// - Parameter items: what is not labelled directly.
  init(_ items: [Scene.LegendItem], title: String?, swatch: Swatch, bars: [ColorRange], width: Double) {
    var row: [Piece] = []
    var used = 0.0
    func add(_ piece: Piece) {
      if used + piece.width > width + 14, !row.isEmpty {
        rows.append(row)
        rowHeights.append(20)
        row = []
        used = 0
      }
      row.append(piece)
      used += piece.width
    }
    if !items.isEmpty {
      if let title { add(.title(title)) }
      for item in items { add(.item(item, swatch)) }
      rows.append(row)
      rowHeights.append(20)
      row = []
      used = 0
    }
    for (number, bar) in bars.enumerated() {
      add(.title(bar.title + bar.scale.kind.words))
      add(.bar(bar, width: min(220, width * 0.5), id: number == 0 ? "colors" : "colors-\(number + 1)"))
      rows.append(row)
      rowHeights.append(34)
      row = []
      used = 0
    }
  }

  /// - Parameter id: of the drawing, for the colours of its bar.
  func nodes(x left: Double, y top: Double, id: String) -> [Node] {
    var nodes: [Node] = []
    var y = top
    for (row, height) in zip(rows, rowHeights) {
      var x = left
      for piece in row {
        switch piece {
        case .title(let text): nodes.append(svgText(text, x: x, y: y + 13, classes: "chart-title-text"))
        case .item(let item, let swatch):
          nodes += swatchNodes(item, swatch, x: x, y: y + 8.5)
          nodes.append(svgText(item.label + item.fate.suffix, x: x + 26, y: y + 13, classes: "chart-label"))
        case .bar(let range, let width, let name):
          nodes += barNodes(range, x: x, y: y + 3, width: width, id: "\(id)-\(name)")
        }
        x += piece.width
      }
      y += height
    }
    return nodes
  }

  private func swatchNodes(_ item: Scene.LegendItem, _ swatch: Swatch, x: Double, y: Double) -> [Node] {
    let style = item.style
    var nodes: [Node] = []
    switch swatch {
    case .line:
      nodes.append(.tag("path", ["class": "chart-line \(style.classes)", "d": "M\(pixel(x)) \(pixel(y))h20"]))
    case .dot: nodes.append(markerNode(Point(x: x + 10, y: y), radius: 4, role: "chart-dot", style: style))
    case .box, .cell, .none:
      nodes.append(
        .tag(
          "rect",
          [
            "class": "\(swatch == .cell ? "chart-cell" : "chart-bar") \(style.classes)", "x": pixel(x + 4),
            "y": pixel(y - 6), "width": "13", "height": "12",
          ]))
    }
    if item.fate.diverged > 0 { nodes.append(crossNode(Point(x: x + 10, y: y), style: style)) }
    return nodes
  }

  /// A strip of the map's colours with numbers below it.
  private func barNodes(_ range: ColorRange, x: Double, y: Double, width: Double, id: String) -> [Node] {
    // Between its anchors a map is linear, as a gradient is between its stops.
    let last = range.map.anchorCount - 1
    let stops: [Node] = (0...last).map { index in
      let share = Double(index) / Double(last)
      return .tag("stop", ["offset": "\(pixel(share * 100))%", "stop-color": range.map.hex(share)])
    }
    var nodes: [Node] = [
      .tag("linearGradient", ["id": id], stops),
      .tag(
        "rect",
        ["fill": "url(#\(id))", "x": pixel(x), "y": pixel(y), "width": pixel(width), "height": "10"]),
    ]
    var scale = range.scale
    scale.start = x
    scale.end = x + width
    let ticks = fittingTicks(scale, format: range.format, length: width)
    for (tick, label) in zip(ticks.major, ticks.labels) {
      let at = scale.position(tick)
      nodes.append(.tag("path", ["class": "chart-tick", "d": "M\(pixel(at)) \(pixel(y + 10))v3"]))
      let held = min(max(at, x + label.width / 2 - 8), x + width - label.width / 2 + 8)
      nodes.append(svgText(label.svg, x: held, y: y + 25, anchor: .middle, classes: "chart-tick-label"))
    }
    return nodes
  }
}

/// As many ticks along a horizontal axis as have room for their labels.
func fittingTicks(_ scale: Scale, format: Format?, length: Double) -> (
  major: [Double], minor: [Double], labels: [FormattedNumber]
) {
  var last: (major: [Double], minor: [Double], labels: [FormattedNumber]) = ([], [], [])
  for count in stride(from: max(2, Int(length / 60)), through: 1, by: -1) {
    let ticks = scale.ticks(count: count)
    let labels = scale.labels(ticks.major, format: format)
    last = (ticks.major, ticks.minor, labels)
    let places = zip(ticks.major, labels).map { (scale.position($0), $1.width / 2) }
    if zip(places, places.dropFirst()).allSatisfy({ $1.0 - $0.0 >= $0.1 + $1.1 + 8 }) { return last }
  }
  // Labels that no count makes fit: every second, and so on.
  while last.major.count > 1 {
    let places = zip(last.major, last.labels).map { (scale.position($0), $1.width / 2) }
    if zip(places, places.dropFirst()).allSatisfy({ $1.0 - $0.0 >= $0.1 + $1.1 + 4 }) { break }
    let kept = last.major.indices.filter { $0 % 2 == 0 }
    last = (kept.map { last.major[$0] }, last.minor, kept.map { last.labels[$0] })
  }
  return last
}
