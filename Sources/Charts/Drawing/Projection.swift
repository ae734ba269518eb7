import Markup

/// Shapes as SVG: data through the scales into one panel's box.
struct Projection {
  var x: Scale
  var y: Scale
  var box: Box
  var hatch: String

  func point(_ point: Point) -> Point { Point(x: x.position(point.x), y: y.position(point.y)) }

  func node(_ shape: Shape) -> Node {
    let classes = "\(shape.role.rawValue) \(shape.style.classes)"
    func element(_ name: String, _ attributes: [Attribute]) -> Node {
      var all = [Attribute("class", classes)]
      if let inline = shape.style.inlineStyle { all.append(Attribute("style", inline)) }
      return .element(name, all + attributes, [])
    }
    switch shape.geometry {
    case .line(let points):
      let data = clip(points.map(point), to: box).map { pathData(simplified($0)) }.joined()
      if data.isEmpty { return isolated(points, shape) }
      let path = element(
        "path", [Attribute("d", data)] + (shape.series.map { [Attribute("data-series", $0)] } ?? []))
      // A rim under paths, so that they stand out from the surface.
      return shape.role == .path ? .fragment([.tag("path", ["class": "chart-rim", "d": data]), path]) : path
    case .region(let rings):
      let data = rings.map { pathData(simplified(clip(ring: $0.map(point), to: box)), closed: true) }.joined()
      return data.isEmpty ? .empty : element("path", [Attribute("d", data)])
    case .rectangle(let a, let b):
      let (p, q) = (point(a), point(b))
      let left = max(box.left, min(p.x, q.x))
      let right = min(box.right, max(p.x, q.x))
      let top = max(box.top, min(p.y, q.y))
      let bottom = min(box.bottom, max(p.y, q.y))
      guard right >= left, bottom >= top else { return .empty }
      var attributes = [
        Attribute("x", pixel(left)), Attribute("y", pixel(top)), Attribute("width", pixel(right - left)),
        Attribute("height", pixel(bottom - top)),
      ]
      if shape.role == .hole { attributes.append(Attribute("fill", "url(#\(hatch))")) }
      return element("rect", attributes)
    case .marker(let at):
      let place = point(at)
      guard box.contains(place) else { return .empty }
      return markerNode(place, radius: 3.5, role: shape.role.rawValue, style: shape.style)
    case .cross(let at):
      let place = point(at)
      return box.contains(place) ? crossNode(place, style: shape.style) : .empty
    case .missing(let at, let upright):
      let place = point(at)
      guard place.x.isFinite, place.y.isFinite else { return .empty }
      let cross = upright ? Point(x: place.x, y: place.y - 8) : Point(x: place.x + 8, y: place.y)
      let text =
        upright
        ? svgText(
          notFinite, x: cross.x + 4, y: cross.y - 9, classes: "chart-note",
          transform: "rotate(-90 \(pixel(cross.x + 4)) \(pixel(cross.y - 9)))")
        : svgText(notFinite, x: cross.x + 9, y: cross.y + 4.5, classes: "chart-note")
      return .fragment([crossNode(cross, style: shape.style), text])
    case .vertical(let value):
      guard x.contains(value) else { return .empty }
      return element("path", [Attribute("d", "M\(pixel(x.position(value))) \(pixel(box.top))V\(pixel(box.bottom))")])
    case .horizontal(let value):
      guard y.contains(value) else { return .empty }
      return element("path", [Attribute("d", "M\(pixel(box.left)) \(pixel(y.position(value)))H\(pixel(box.right))")])
    case .text(let at, let words): return text(at, words, classes)
    case .cell(let at, let words, let onLight):
      let place = point(at)
      let fits =
        textWidth(words) + 4 <= min(x.bandWidth, box.width) && min(y.bandWidth, box.height) >= fontSize + 2
      return fits
        ? svgText(
          words, x: place.x, y: place.y + 4.5, anchor: .middle,
          classes: onLight ? "chart-cell-text on-light" : "chart-cell-text on-dark") : .empty
    }
  }

  /// A line of one point is a dot, else nobody would see it.
  private func isolated(_ points: [Point], _ shape: Shape) -> Node {
    guard shape.role == .line, let only = points.first(where: { $0.x.isFinite && $0.y.isFinite }) else { return .empty }
    let place = point(only)
    return box.contains(place) ? markerNode(place, radius: 3.5, role: "chart-dot", style: shape.style) : .empty
  }

  /// Words beside a place, on the side that has room.
  private func text(_ at: Point, _ words: String, _ classes: String) -> Node {
    let place = point(at)
    guard box.contains(place) else { return .empty }
    let width = textWidth(words)
    if at.x == .infinity { return svgText(words, x: box.right - 2, y: place.y - 5, anchor: .end, classes: classes) }
    let isRight = place.x + 6 + width <= box.right
    let y = min(box.bottom - 4, max(box.top + 11, place.y + 4.5))
    return svgText(
      words, x: isRight ? place.x + 6 : place.x - 6, y: y, anchor: isRight ? .start : .end, classes: classes)
  }
}
