/// The pieces of a path in space that a viewer sees, and those that a surface hides.
struct SightedPath: Hashable {
  var visible: [[SpacePoint]] = []
  var hidden: [[SpacePoint]] = []
}

/// Parts a path into what the viewer sees of it and what surfaces hide.
///
/// The path is cut into steps no longer than half a cell, and from each of its points a ray goes to the viewer. A point
/// is hidden when the ray changes sides of a surface on its way; a distance within the tolerance has no side, because
/// between grid points a surface is drawn flat and a path over it is not. Holes let everything through.
///
/// - Parameters:
///   - path: in the box; pieces outside it are left out.
///   - surfaces: heights in the box, NaN where there is nothing.
func sighted(
  _ path: [SpacePoint], through surfaces: [Grid], in box: SpaceBox, from camera: Camera, tolerance: Double = 0.012
) -> SightedPath {
  let step = surfaces.map(leastStep).min().map { $0 / 2 } ?? .infinity
  var result = SightedPath()
  var current: (points: [SpacePoint], isHidden: Bool) = ([], false)
  func finish() {
    if current.points.count > 1 {
      if current.isHidden { result.hidden.append(current.points) } else { result.visible.append(current.points) }
    }
    current.points = []
  }
  for (a, b) in zip(path, path.dropFirst()) {
    guard [a, b].allSatisfy({ $0.x.isFinite && $0.y.isFinite && $0.z.isFinite }), let (from, to) = clip(a, b, to: box)
    else {
      finish()
      continue
    }
    let (dx, dy) = (to.x - from.x, to.y - from.y)
    let count = min(400, max(1, Int(((dx * dx + dy * dy).squareRoot() / step).rounded(.up))))
    for index in 0..<count {
      let start = from.toward(to, Double(index) / Double(count))
      let end = from.toward(to, Double(index + 1) / Double(count))
      let middle = from.toward(to, (Double(index) + 0.5) / Double(count))
      let isHidden = surfaces.contains { hides($0, middle, from: camera, tolerance: tolerance) }
      if current.points.last != start || current.isHidden != isHidden {
        finish()
        current = ([start], isHidden)
      }
      current.points.append(end)
    }
    if to != b { finish() }
  }
  finish()
  return result
}

/// A path whose points without a height lie on a surface, and between them too.
func draped(_ path: [SpacePoint], over surface: Grid) -> [SpacePoint] {
  guard path.contains(where: \.z.isNaN) else { return path }
  func onSurface(_ point: SpacePoint) -> SpacePoint {
    point.z.isNaN ? SpacePoint(x: point.x, y: point.y, z: surface.height(x: point.x, y: point.y) ?? .nan) : point
  }
  let step = leastStep(surface) / 2
  var points = path.prefix(1).map(onSurface)
  for (a, b) in zip(path, path.dropFirst()) {
    let (dx, dy) = (b.x - a.x, b.y - a.y)
    let count = min(400, max(1, ((dx * dx + dy * dy).squareRoot() / step).rounded(.up)))
    points += stride(from: 1, through: count, by: 1).map { onSurface(a.toward(b, $0 / count)) }
  }
  return points
}

/// Whether a surface stands between a point and the viewer.
func hides(_ surface: Grid, _ point: SpacePoint, from camera: Camera, tolerance: Double) -> Bool {
  let toward = camera.toward
  let level = (toward.x * toward.x + toward.y * toward.y).squareRoot()
  var side = 0.0
  /// Notes the side of the surface that the ray is on; whether it has changed.
  func crosses(_ place: SpacePoint) -> Bool {
    guard let height = surface.height(x: place.x, y: place.y) else { return false }
    guard height.isFinite else {
      side = 0
      return false
    }
    let distance = place.z - height
    guard distance.magnitude > tolerance else { return false }
    defer { side = distance < 0 ? -1 : 1 }
    return side * distance < 0
  }
  if crosses(point) { return true }
  // Straight from above or below a ray passes one place of the surface only: its own.
  guard level > 1e-6 else {
    guard let height = surface.height(x: point.x, y: point.y), height.isFinite else { return false }
    return (height - point.z) * toward.z > tolerance
  }
  let step = leastStep(surface) / 3
  let reach = 3.0
  var along = step
  while along < reach {
    let place = SpacePoint(
      x: point.x + along * toward.x / level, y: point.y + along * toward.y / level,
      z: point.z + along * toward.z / level)
    if surface.height(x: place.x, y: place.y) == nil { return false }
    if crosses(place) { return true }
    along += step
  }
  return false
}

private func leastStep(_ grid: Grid) -> Double {
  let steps =
    zip(grid.xs, grid.xs.dropFirst()).map { ($1 - $0).magnitude }
    + zip(grid.ys, grid.ys.dropFirst()).map { ($1 - $0).magnitude }
  return max(steps.min() ?? 1, 1e-3)
}

/// A segment's part inside a box.
private func clip(_ a: SpacePoint, _ b: SpacePoint, to box: SpaceBox) -> (SpacePoint, SpacePoint)? {
  var (enter, leave) = (0.0, 1.0)
  let room = 1e-9
  for (from, to, low, high) in [
    (a.x, b.x, box.x.start, box.x.end), (a.y, b.y, box.y.start, box.y.end), (a.z, b.z, box.z.start, box.z.end),
  ] {
    for (direction, distance) in [(from - to, from - (low - room)), (to - from, high + room - from)] {
      if direction == 0 {
        if distance < 0 { return nil }
      } else if direction < 0 {
        enter = max(enter, distance / direction)
      } else {
        leave = min(leave, distance / direction)
      }
    }
  }
  guard enter <= leave else { return nil }
  return (enter == 0 ? a : a.toward(b, enter), leave == 1 ? b : a.toward(b, leave))
}

extension Grid {
  /// The value between grid points, linear along x and along y; `nil` beside the grid, NaN in a cell with a hole.
  func height(x: Double, y: Double) -> Double? {
    guard let i = cell(x, xs), let j = cell(y, ys) else { return nil }
    let s = (x - xs[i]) / (xs[i + 1] - xs[i])
    let t = (y - ys[j]) / (ys[j + 1] - ys[j])
    // On a line of the grid what lies beside it does not count, be it a hole.
    func between(_ a: Double, _ b: Double, _ share: Double) -> Double {
      share == 0 ? a : share == 1 ? b : a + share * (b - a)
    }
    return between(
      between(self[i, j], self[i + 1, j], s), between(self[i, j + 1], self[i + 1, j + 1], s), t)
  }

  /// The interval that holds a value.
  private func cell(_ value: Double, _ edges: [Double]) -> Int? {
    guard edges.count > 1, value >= edges[0], value <= edges[edges.count - 1] else { return nil }
    var (low, high) = (0, edges.count - 1)
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= value { low = middle } else { high = middle }
    }
    return low
  }

  /// Every second, third, … line of the grid, so that no side has more cells than this; the last lines stay.
  func thinned(to cells: Int) -> Grid {
    func kept(_ count: Int) -> [Int] {
      let every = max(1, (count - 2) / cells + 1)
      let regular = Array(stride(from: 0, to: count, by: every))
      return regular.last == count - 1 ? regular : regular + [count - 1]
    }
    let (columns, rows) = (kept(xs.count), kept(ys.count))
    return Grid(
      xs: columns.map { xs[$0] }, ys: rows.map { ys[$0] },
      values: rows.flatMap { j in columns.map { self[$0, j] } })
  }
}
