/// A rectangle in pixels.
struct Box: Hashable {
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double

  var width: Double { right - left }
  var height: Double { bottom - top }

  func contains(_ point: Point, margin: Double = 0.5) -> Bool {
    point.x >= left - margin && point.x <= right + margin && point.y >= top - margin && point.y <= bottom + margin
  }
}

/// The parts of a line inside a box (Liang and Barsky, segment by segment). Points that are not finite break it.
func clip(_ line: [Point], to box: Box) -> [[Point]] {
  var parts: [[Point]] = []
  var current: [Point] = []
  func finish() {
    if current.count > 1 { parts.append(current) }
    current = []
  }
  for (a, b) in zip(line, line.dropFirst()) {
    guard a.x.isFinite, a.y.isFinite, b.x.isFinite, b.y.isFinite, let (from, to) = clip(a, b, to: box) else {
      finish()
      continue
    }
    if current.last != from {
      finish()
      current = [from]
    }
    current.append(to)
    if to != b { finish() }
  }
  finish()
  return parts
}

private func clip(_ a: Point, _ b: Point, to box: Box) -> (Point, Point)? {
  var enter = 0.0
  var leave = 1.0
  let (dx, dy) = (b.x - a.x, b.y - a.y)
  for (direction, distance) in [
    (-dx, a.x - box.left), (dx, box.right - a.x), (-dy, a.y - box.top), (dy, box.bottom - a.y),
  ] {
    if direction == 0 {
      if distance < 0 { return nil }
    } else if direction < 0 {
      enter = max(enter, distance / direction)
    } else {
      leave = min(leave, distance / direction)
    }
  }
  guard enter <= leave else { return nil }
  func at(_ t: Double) -> Point { t == 0 ? a : t == 1 ? b : Point(x: a.x + t * dx, y: a.y + t * dy) }
  return (at(enter), at(leave))
}

/// A ring cut to a box, side by side (Sutherland and Hodgman).
func clip(ring: [Point], to box: Box) -> [Point] {
  let sides: [(inside: (Point) -> Bool, cut: (Point, Point) -> Point)] = [
    ({ $0.x >= box.left }, { across($0, $1, x: box.left) }), ({ $0.x <= box.right }, { across($0, $1, x: box.right) }),
    ({ $0.y >= box.top }, { across($0, $1, y: box.top) }), ({ $0.y <= box.bottom }, { across($0, $1, y: box.bottom) }),
  ]
  return sides.reduce(ring.filter { $0.x.isFinite && $0.y.isFinite }) { ring, side in
    if ring.allSatisfy(side.inside) { return ring }
    var output: [Point] = []
    for index in ring.indices {
      let (a, b) = (ring[index == 0 ? ring.count - 1 : index - 1], ring[index])
      if side.inside(b) {
        if !side.inside(a) { output.append(side.cut(a, b)) }
        output.append(b)
      } else if side.inside(a) {
        output.append(side.cut(a, b))
      }
    }
    return output
  }
}

private func across(_ a: Point, _ b: Point, x: Double) -> Point {
  Point(x: x, y: a.y + (x - a.x) / (b.x - a.x) * (b.y - a.y))
}
private func across(_ a: Point, _ b: Point, y: Double) -> Point {
  Point(x: a.x + (y - a.y) / (b.y - a.y) * (b.x - a.x), y: y)
}

/// The line without points that lie within a tolerance of it (Douglas and Peucker), so that ten thousand steps weigh
/// no more than what can be seen of them.
func simplified(_ line: [Point], tolerance: Double = 0.12) -> [Point] {
  guard line.count > 2 else { return line }
  var keep = [Bool](repeating: false, count: line.count)
  keep[0] = true
  keep[line.count - 1] = true
  var stack = [(0, line.count - 1)]
  while let (first, last) = stack.popLast() {
    guard last - first > 1 else { continue }
    let (a, b) = (line[first], line[last])
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let length = (dx * dx + dy * dy).squareRoot()
    var worst = (index: first, distance: tolerance)
    for index in (first + 1)..<last {
      let (px, py) = (line[index].x - a.x, line[index].y - a.y)
      let distance = length == 0 ? (px * px + py * py).squareRoot() : (px * dy - py * dx).magnitude / length
      // Beyond the ends the distance to the line says nothing.
      let along = length == 0 ? 0 : (px * dx + py * dy) / length
      let beyond = along < 0 ? -along : max(0, along - length)
      if max(distance, beyond) > worst.distance { worst = (index, max(distance, beyond)) }
    }
    if worst.index > first {
      keep[worst.index] = true
      stack += [(first, worst.index), (worst.index, last)]
    }
  }
  return zip(line, keep).filter(\.1).map(\.0)
}
