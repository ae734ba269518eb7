import Markup

/// The names of lines at their ends, where there is room for them.
struct DirectLabels {
  struct Label {
    var text: String
    var style: SeriesStyle
    /// Where the line ends, and where the label stands.
    var end: Point
    var y: Double
  }

  var labels: [Label]
  var width: Double { labels.map { textWidth($0.text) }.max() ?? 0 }

  /// Labels at the right end, moved apart; `nil` where a line ends elsewhere, or they would have to move too far.
  ///
  /// - Parameter ends: where each series ends, in pixels.
  init?(_ ends: [(item: Scene.LegendItem, end: Point)], box: Box) {
    var labels = ends.filter { box.contains($0.end) && $0.end.x >= box.right - box.width * 0.06 }.map { item, end in
      Label(text: item.label + item.fate.suffix, style: item.style, end: end, y: end.y)
    }.sorted { ($0.y, $0.text) < ($1.y, $1.text) }
    guard !labels.isEmpty, labels.count == ends.count, Double(labels.count) * lineHeight <= box.height + lineHeight
    else { return nil }
    // Groups of touching labels are centred on their ends, then merged with the groups they touch.
    var groups: [(range: Range<Int>, top: Double)] = []
    for index in labels.indices {
      groups.append((index..<(index + 1), labels[index].end.y))
      while groups.count > 1 {
        let (above, below) = (groups[groups.count - 2], groups[groups.count - 1])
        guard below.top < above.top + Double(above.range.count) * lineHeight else { break }
        groups.removeLast(2)
        let range = above.range.lowerBound..<below.range.upperBound
        let middle = range.map { labels[$0].end.y }.reduce(0, +) / Double(range.count)
        groups.append((range, middle - Double(range.count - 1) * lineHeight / 2))
      }
    }
    for group in groups {
      let lowest = box.bottom + 4 - Double(group.range.count - 1) * lineHeight
      let top = max(box.top, min(group.top, lowest))
      for (offset, index) in group.range.enumerated() { labels[index].y = top + Double(offset) * lineHeight }
    }
    // Groups held at an edge may touch their neighbours.
    for index in labels.indices.dropFirst() where labels[index].y < labels[index - 1].y + lineHeight {
      labels[index].y = labels[index - 1].y + lineHeight
    }
    if let last = labels.last, last.y > box.bottom + 5 {
      labels[labels.count - 1].y = box.bottom + 4
      for index in labels.indices.reversed().dropFirst() {
        labels[index].y = min(labels[index].y, labels[index + 1].y - lineHeight)
      }
    }
    guard labels.allSatisfy({ ($0.y - $0.end.y).magnitude <= 64 }) else { return nil }
    self.labels = labels
  }

  func nodes(box: Box) -> [Node] {
    labels.flatMap { label -> [Node] in
      var nodes: [Node] = []
      let start = box.right + 10
      // A thin line leads to labels that do not stand beside their line.
      if (label.y - label.end.y).magnitude > 4 || label.end.x < box.right - 4 {
        nodes.append(
          .tag(
            "path",
            [
              "class": "chart-leader \(label.style.classes.split(separator: " ")[0])",
              "d":
                "M\(pixel(label.end.x + 2)) \(pixel(label.end.y))L\(pixel(start - 2)) \(pixel(label.y))",
            ]))
      }
      nodes.append(
        svgText(
          label.text, x: start, y: label.y + 4.5,
          classes: "chart-series-label \(label.style.classes.split(separator: " ")[0])"))
      return nodes
    }
  }
}
