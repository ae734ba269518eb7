import Markup

/// The box around a surface: lines at ticks on its far sides, numbers and names at the edges of its outline.
struct SpaceAxes {
  /// Words around a middle.
  struct Words {
    var content: [Node]
    var middle: Point
    var width: Double
    var classes: String

    func touches(_ other: Words) -> Bool {
      (middle.x - other.middle.x).magnitude < (width + other.width) / 2 + 3
        && (middle.y - other.middle.y).magnitude < lineHeight - 2
    }
  }

  /// Lines on the floor (the ceiling, seen from below) and the two far walls, all behind the surface.
  private(set) var grid: [[Point]] = []
  /// The edges that numbers stand at, with their ticks.
  private(set) var edges: [[Point]] = []
  private(set) var words: [Words] = []

  init(_ view: SpaceView, x: Scene.Axis, y: Scene.Axis, z: Scene.Axis) {
    let (box, toward) = (view.box, view.camera.toward)
    // Corners on the far side, and the floor's edges that are lower on the page: those lie on the outline.
    let far = SpacePoint(
      x: toward.x > 0 ? box.x.start : box.x.end, y: toward.y > 0 ? box.y.start : box.y.end,
      z: toward.z >= 0 ? 0 : box.z.end)
    func isLower(_ a: SpacePoint, _ b: SpacePoint) -> Bool {
      let (p, q) = (view.pixels(a), view.pixels(b))
      return (p.y - q.y).magnitude > 1e-6 ? p.y > q.y : p.x > q.x
    }
    func at(_ x: Double, _ y: Double, _ z: Double) -> SpacePoint { SpacePoint(x: x, y: y, z: z) }
    let front = isLower(at(0, box.y.start, 0), at(0, box.y.end, 0)) ? box.y.start : box.y.end
    let side = isLower(at(box.x.start, 0, 0), at(box.x.end, 0, 0)) ? box.x.start : box.x.end
    let upright = box.corners.filter { $0.z == 0 }.min { a, b in
      let (p, q) = (view.pixels(a), view.pixels(b))
      return (p.x - q.x).magnitude > 1e-6 ? p.x < q.x : p.y < q.y
    }!

    let middle = view.pixels(at(0, 0, 0))
    let xTicks = add(x, box.x, from: at(box.x.start, front, 0), to: at(box.x.end, front, 0), view, away: middle)
    let yTicks = add(y, box.y, from: at(side, box.y.start, 0), to: at(side, box.y.end, 0), view, away: middle)
    let foot = at(upright.x, upright.y, 0)
    let zTicks = add(z, box.z, from: foot, to: at(upright.x, upright.y, box.z.end), view, away: nil)

    func line(_ a: SpacePoint, _ b: SpacePoint) {
      let ends = [view.pixels(a), view.pixels(b)]
      let (dx, dy) = (ends[1].x - ends[0].x, ends[1].y - ends[0].y)
      if dx * dx + dy * dy > 1 { grid.append(ends) }
    }
    for x in xTicks + [box.x.start, box.x.end] {
      line(at(x, box.y.start, far.z), at(x, box.y.end, far.z))
      line(at(x, far.y, 0), at(x, far.y, box.z.end))
    }
    for y in yTicks + [box.y.start, box.y.end] {
      line(at(box.x.start, y, far.z), at(box.x.end, y, far.z))
      line(at(far.x, y, 0), at(far.x, y, box.z.end))
    }
    for z in zTicks + [0, box.z.end] {
      line(at(box.x.start, far.y, z), at(box.x.end, far.y, z))
      line(at(far.x, box.y.start, z), at(far.x, box.y.end, z))
    }
  }

  /// Draws one axis along an edge; the places of its ticks.
  ///
  /// - Parameter away: what words stand on the other side of; `nil` puts them to the left and the name on top.
  private mutating func add(
    _ axis: Scene.Axis, _ scale: Scale, from: SpacePoint, to: SpacePoint, _ view: SpaceView, away: Point?
  ) -> [Double] {
    let (start, end) = (view.pixels(from), view.pixels(to))
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let length = (dx * dx + dy * dy).squareRoot()
    // An edge that is seen from its end has no room for anything.
    guard length > 12 else { return [] }
    edges.append([start, end])
    var out = Point(x: dy / length, y: -dx / length)
    let middle = Point(x: (start.x + end.x) / 2, y: (start.y + end.y) / 2)
    if let away {
      let side = (middle.x - away.x) * out.x + (middle.y - away.y) * out.y
      // Seen from its edge the floor is a line, and below it is outside.
      if side.magnitude < 1e-6 ? out.y < 0 : side < 0 { out = Point(x: -out.x, y: -out.y) }
    } else {
      out = Point(x: -1, y: 0)
    }
    func place(_ value: Double) -> Point {
      let position = scale.position(value)
      let seen = away == nil ? SpacePoint(x: from.x, y: from.y, z: position) : nil
      let share = (position - scale.start) / (scale.end - scale.start)
      return seen.map(view.pixels) ?? Point(x: start.x + share * dx, y: start.y + share * dy)
    }
    /// The middle of a text whose box touches the point at a distance outwards.
    func beside(_ point: Point, width: Double, distance: Double) -> Point {
      Point(x: point.x + out.x * (distance + width / 2), y: point.y + out.y * (distance + 6))
    }
    var kept: (values: [Double], labels: [FormattedNumber]) = ([], [])
    for count in stride(from: 6, through: 1, by: -1) {
      let values = scale.ticks(count: count).major
      let labels = scale.labels(values, format: axis.channel?.format)
      kept = (values, labels)
      let middles = zip(values, labels).map { beside(place($0), width: $1.width, distance: 8) }
      let haveRoom = middles.indices.dropFirst().allSatisfy { index in
        let (a, b) = (middles[index - 1], middles[index])
        let widths = labels[index - 1].width + labels[index].width
        return (a.y - b.y).magnitude >= lineHeight - 1 || (a.x - b.x).magnitude >= widths / 2 + 8
      }
      if haveRoom { break }
    }
    for (value, label) in zip(kept.values, kept.labels) {
      let foot = place(value)
      edges.append([foot, Point(x: foot.x + out.x * 4, y: foot.y + out.y * 4)])
      let word = Words(
        content: label.svg, middle: beside(foot, width: label.width, distance: 8), width: label.width,
        classes: "chart-tick-label")
      // At a corner the last number of one axis and the first of the next would stand on each other.
      if !words.contains(where: { $0.touches(word) }) { words.append(word) }
    }
    if !axis.title.isEmpty {
      let width = textWidth(axis.heading)
      let widest = kept.labels.map(\.width).max() ?? 0
      var room = 12 + out.x.magnitude * widest + out.y.magnitude * lineHeight
      var name = Words(
        content: [.text(axis.heading)], middle: Point(x: end.x, y: end.y - 14), width: width,
        classes: "chart-title-text")
      // The surface may reach up to the box's edge, which rises from here: the name stands above it.
      if away == nil { name.middle.y -= rise(to, view) * width / 2 }
      if away != nil { name.middle = beside(middle, width: width, distance: room) }
      // Where two edges are nearly one line their names would stand on each other.
      for _ in 0..<4 where words.contains(where: { $0.touches(name) }) {
        room += lineHeight
        name.middle =
          away == nil ? Point(x: end.x, y: name.middle.y - lineHeight) : beside(middle, width: width, distance: room)
      }
      words.append(name)
    }
    return kept.values.map(scale.position)
  }

  /// How steeply the box's top rises to the right of a corner, in pixels.
  private func rise(_ corner: SpacePoint, _ view: SpaceView) -> Double {
    let (box, start) = (view.box, view.pixels(corner))
    let beside = [
      SpacePoint(x: box.x.start + box.x.end - corner.x, y: corner.y, z: corner.z),
      SpacePoint(x: corner.x, y: box.y.start + box.y.end - corner.y, z: corner.z),
    ]
    return beside.map(view.pixels).map { $0.x - start.x > 1 ? (start.y - $0.y) / ($0.x - start.x) : 0 }.reduce(0, max)
  }

  /// What all of it covers.
  var bounds: Box {
    var points = (grid + edges).flatMap(\.self)
    for word in words {
      points.append(Point(x: word.middle.x - word.width / 2, y: word.middle.y - 8))
      points.append(Point(x: word.middle.x + word.width / 2, y: word.middle.y + 7))
    }
    return Box(
      left: points.map(\.x).min() ?? 0, top: points.map(\.y).min() ?? 0, right: points.map(\.x).max() ?? 0,
      bottom: points.map(\.y).max() ?? 0)
  }

  /// - Parameter origin: where the middle of the floor is drawn.
  func nodes(at origin: Point) -> (behind: [Node], around: [Node]) {
    func data(_ lines: [[Point]]) -> String {
      lines.map { pathData($0.map { Point(x: $0.x + origin.x, y: $0.y + origin.y) }) }.joined()
    }
    let behind: [Node] = grid.isEmpty ? [] : [.tag("path", ["class": "chart-box", "d": data(grid)])]
    let around: [Node] =
      (edges.isEmpty ? [] : [.tag("path", ["class": "chart-edge", "d": data(edges)])])
      + words.map {
        svgText(
          $0.content, x: origin.x + $0.middle.x, y: origin.y + $0.middle.y + 4.5, anchor: .middle, classes: $0.classes)
      }
    return (behind, around)
  }
}
