import Markup

/// Shapes as SVG: data through the scales into one panel's box.
struct Projection {
  var x: Scale
  var y: Scale
  var box: Box
  var hatch: String
  /// Whether all numbers in cells fit into them; otherwise none is shown.
  var showsCells = true
  /// Whether the panel is the first of its row, whose axis has the names.
  var isFirst = true

  func point(_ point: Point) -> Point { Point(x: x.position(point.x), y: y.position(point.y)) }

  func node(_ shape: Shape) -> Node {
    let classes = "\(shape.role.rawValue) \(shape.style.classes)"
    func element(_ name: String, _ attributes: [Attribute], _ more: String = "") -> Node {
      var all = [Attribute("class", classes + more)]
      if let inline = shape.style.inlineStyle { all.append(Attribute("style", inline)) }
      return .element(name, all + attributes, shape.words.map { [.tag("title", [:], .text($0))] } ?? [])
    }
    switch shape.geometry {
    case .line(let points):
      let parts = clip(points.map(point), to: box).map { simplified($0) }
      if parts.isEmpty { return isolated(points, shape) }
      let data = parts.map { pathData($0) }.joined()
      var attributes = [Attribute("d", data)]
      if let series = shape.series { attributes.append(Attribute("data-series", series)) }
      // A line with more turns than pixels is a thicket; a thinner one shows more of it.
      let isDense = shape.role == .line && Double(parts.map(\.count).reduce(0, +)) > box.width * 0.8
      if shape.role == .stick { attributes.append(Attribute("style", "stroke-width:\(pixel(stickWidth))")) }
      let path = element("path", attributes, isDense ? " chart-dense" : "")
      // A rim under paths, so that they stand out from the surface.
      return shape.role == .path ? .fragment([.tag("path", ["class": "chart-rim", "d": data]), path]) : path
    case .region(let rings):
      let data = rings.map { pathData(simplified(clip(ring: $0.map(point), to: box)), closed: true) }.joined()
      let fill = shape.role == .hole ? [Attribute("fill", "url(#\(hatch))")] : []
      return data.isEmpty ? .empty : element("path", fill + [Attribute("d", data)])
    case .rectangle(let a, let b):
      let (p, q) = (point(a), point(b))
      let left = max(box.left, min(p.x, q.x))
      let right = min(box.right, max(p.x, q.x))
      let top = max(box.top, min(p.y, q.y))
      let bottom = min(box.bottom, max(p.y, q.y))
      guard right >= left, bottom >= top else { return .empty }
      // Each edge is rounded by itself, so that cells side by side share it.
      func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
      let attributes = [
        Attribute("x", pixel(left)), Attribute("y", pixel(top)), Attribute("width", pixel(tenth(right) - tenth(left))),
        Attribute("height", pixel(tenth(bottom) - tenth(top))),
      ]
      return element("rect", attributes)
    case .marker(let at):
      let place = point(at)
      guard box.contains(place) else { return .empty }
      return markerNode(
        place, radius: 3.5, role: shape.role.rawValue, style: shape.style, words: shape.words)
    case .cloud(let all):
      let dots = all.map(point).filter { box.contains($0) }.map { "M\(pixel($0.x)) \(pixel($0.y))h0" }
      return dots.isEmpty ? .empty : element("path", [Attribute("d", dots.joined())], " chart-cloud")
    case .cross(let at):
      // A run leaves the numbers where they are large: often above the part that is shown, then at its edge.
      let place = point(at)
      let held = Point(x: place.x, y: min(max(place.y, box.top), box.bottom))
      return box.contains(held) ? crossNode(held, style: shape.style) : .empty
    case .missing(let at, let words): return missing(point(at), words, shape.style)
    case .vertical(let value):
      guard x.contains(value) else { return .empty }
      return element("path", [Attribute("d", "M\(pixel(x.position(value))) \(pixel(box.top))V\(pixel(box.bottom))")])
    case .horizontal(let value):
      guard y.contains(value) else { return .empty }
      return element("path", [Attribute("d", "M\(pixel(box.left)) \(pixel(y.position(value)))H\(pixel(box.right))")])
    case .text(let at, let words): return text(at, words, classes)
    case .arrow(let a, let b): return arrow(point(a), point(b), shape, classes)
    case .head(let a, let b):
      let (p, q) = (point(a), point(b))
      let middle = Point(x: (p.x + q.x) / 2, y: (p.y + q.y) / 2)
      guard box.contains(middle), let head = arrowHead(at: middle, from: p, size: 9, isCentered: true) else {
        return .empty
      }
      return element("path", [Attribute("d", pathData(head, closed: true))])
    case .limit(let value, let name):
      let at = y.position(value)
      guard y.contains(value) else { return .empty }
      return .fragment([
        element("path", [Attribute("d", "M\(pixel(box.left)) \(pixel(at))H\(pixel(box.right))")]),
        isFirst
          ? svgText(name, x: box.left - 8, y: at + 4.5, anchor: .end, classes: "chart-tick-label") : .empty,
      ])
    case .extent: return .empty
    // Shapes in space are drawn by their own plot.
    case .sheet, .thread, .bead: return .empty
    case .cell(let at, let words, let onLight):
      let place = point(at)
      return showsCells && fits(words)
        ? svgText(
          words, x: place.x, y: place.y + 4.5, anchor: .middle,
          classes: onLight ? "chart-cell-text on-light" : "chart-cell-text on-dark") : .empty
    }
  }

  /// The width of a bar among bars one unit apart.
  private var stickWidth: Double { min(5, max(0.8, box.height / max(1, y.high - y.low) * 0.6)) }

  /// A shaft and a head; a head that would lie outside the panel is left out.
  private func arrow(_ from: Point, _ to: Point, _ shape: Shape, _ classes: String) -> Node {
    guard let shaft = clip([from, to], to: box).first, let start = shaft.first, let end = shaft.last else {
      return .empty
    }
    let isStick = shape.role == .stick
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let length = (dx * dx + dy * dy).squareRoot()
    let size = isStick ? max(7, stickWidth * 2.2) : min(8, max(3, length * 0.45))
    var attributes = [Attribute("class", classes)]
    if let inline = shape.style.inlineStyle { attributes.append(Attribute("style", inline)) }
    let told: [Node] = shape.words.map { [.tag("title", [:], .text($0))] } ?? []
    guard box.contains(to), let head = arrowHead(at: end, from: start, size: size) else {
      return .element("path", attributes + [Attribute("d", pathData([start, end]))], told)
    }
    // The shaft ends inside the head, so that the tip is sharp.
    let neck = max(0, length - size * 0.7) / max(length, 1e-9)
    let stop = Point(x: from.x + neck * dx, y: from.y + neck * dy)
    var line = attributes
    if isStick { line.append(Attribute("style", "stroke-width:\(pixel(stickWidth))")) }
    line.append(Attribute("d", pathData([start, stop])))
    var tip = attributes
    tip[0].value = "chart-head \(shape.style.classes)"
    tip.append(Attribute("d", pathData(head, closed: true)))
    return .fragment([.element("path", line, told), .element("path", tip, [])])
  }

  /// Whether a text fits into a cell of two band axes.
  func fits(_ words: String) -> Bool {
    x.kind == .band && y.kind == .band && textWidth(words, size: 12) <= x.bandWidth && y.bandWidth >= fontSize + 2
  }

  /// A line of one point is a dot, else nobody would see it.
  private func isolated(_ points: [Point], _ shape: Shape) -> Node {
    guard shape.role == .line, let only = points.first(where: { $0.x.isFinite && $0.y.isFinite }) else { return .empty }
    let place = point(only)
    return box.contains(place) ? markerNode(place, radius: 3.5, role: "chart-dot", style: shape.style) : .empty
  }

  private func missing(_ place: Point, _ words: Shape.Side, _ style: SeriesStyle) -> Node {
    guard place.x.isFinite, place.y.isFinite else { return .empty }
    switch words {
    case .above:
      let cross = Point(x: place.x, y: min(place.y, box.bottom) - 8)
      let (x, y) = (cross.x + 4, cross.y - 9)
      let turn = "rotate(-90 \(pixel(x)) \(pixel(y)))"
      return .fragment([
        crossNode(cross, style: style), svgText(notFinite, x: x, y: y, classes: "chart-note", transform: turn),
      ])
    case .beside:
      let cross = Point(x: max(place.x, box.left) + 8, y: place.y)
      return .fragment([
        crossNode(cross, style: style), svgText(notFinite, x: cross.x + 9, y: cross.y + 4.5, classes: "chart-note"),
      ])
    case .none:
      let held = Point(x: max(place.x, box.left + 6), y: min(place.y, box.bottom - 6))
      return crossNode(held, style: style)
    }
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
