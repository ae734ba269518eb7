/// A surface through points that are no grid: linear in triangles between them, read off at the points of a fine grid.
struct Scattered {
  /// Complete: beside the points' hull it goes on as at the nearest place of the hull.
  var grid: Grid
  /// Around all points.
  var hull: [Point]

  /// The surface behind a table in long form whose rows fill less than a quarter of the grid of their x and y; `nil`
  /// for a grid, and for points on one line.
  init?(x: [Double], y: [Double], z: [Double], cells: Int = 80) {
    var sums: [Point: (sum: Double, count: Int)] = [:]
    for index in x.indices where x[index].isFinite && y[index].isFinite {
      let old = sums[Point(x: x[index], y: y[index])] ?? (0, 0)
      sums[Point(x: x[index], y: y[index])] = (old.sum + z[index], old.count + 1)
    }
    let (columns, rows) = (Set(sums.keys.map(\.x)).count, Set(sums.keys.map(\.y)).count)
    guard sums.count * 4 < columns * rows else { return nil }
    let points = sums.keys.sorted { ($0.x, $0.y) < ($1.x, $1.y) }
    hull = convexHull(points)
    guard hull.count > 2, let left = points.first?.x, let right = points.last?.x else { return nil }
    let (bottom, top) = (points.map(\.y).min()!, points.map(\.y).max()!)
    func line(_ low: Double, _ high: Double) -> [Double] {
      (0...cells).map { $0 == cells ? high : low + (high - low) * Double($0) / Double(cells) }
    }
    let (xs, ys) = (line(left, right), line(bottom, top))
    let heights = points.map { sums[$0]!.sum / Double(sums[$0]!.count) }
    var values = [Double?](repeating: nil, count: xs.count * ys.count)
    for triangle in Triangulation(points).triangles {
      let (i, j, k) = triangle.corners
      let (a, b, c) = (points[i], points[j], points[k])
      let area = (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
      guard area != 0 else { continue }
      let (lowX, highX) = (min(a.x, b.x, c.x), max(a.x, b.x, c.x))
      let (lowY, highY) = (min(a.y, b.y, c.y), max(a.y, b.y, c.y))
      for row in ys.indices where ys[row] >= lowY && ys[row] <= highY {
        for column in xs.indices where xs[column] >= lowX && xs[column] <= highX {
          let (px, py) = (xs[column] - a.x, ys[row] - a.y)
          let s = (px * (c.y - a.y) - py * (c.x - a.x)) / area
          let t = ((b.x - a.x) * py - (b.y - a.y) * px) / area
          guard s >= -1e-9, t >= -1e-9, s + t <= 1 + 1e-9 else { continue }
          values[row * xs.count + column] =
            heights[i] + s * (heights[j] - heights[i]) + t * (heights[k] - heights[i])
        }
      }
    }
    let known = Dictionary(uniqueKeysWithValues: zip(points, heights))
    let edges = zip(hull, hull.dropFirst() + hull.prefix(1)).map { ($0, $1) }
    for row in ys.indices {
      for column in xs.indices where values[row * xs.count + column] == nil {
        values[row * xs.count + column] = Scattered.beside(Point(x: xs[column], y: ys[row]), edges, known)
      }
    }
    grid = Grid(xs: xs, ys: ys, values: values.map { $0 ?? .nan })
  }

  /// The height at the place of the hull that is nearest to a point.
  private static func beside(_ point: Point, _ edges: [(Point, Point)], _ heights: [Point: Double]) -> Double? {
    var best: (distance: Double, height: Double)?
    for (a, b) in edges {
      let (dx, dy) = (b.x - a.x, b.y - a.y)
      let along = ((point.x - a.x) * dx + (point.y - a.y) * dy) / (dx * dx + dy * dy)
      let t = min(1, max(0, along))
      let (ex, ey) = (point.x - a.x - t * dx, point.y - a.y - t * dy)
      let distance = ex * ex + ey * ey
      guard let start = heights[a], let end = heights[b], distance < best?.distance ?? .infinity else { continue }
      best = (distance, start + t * (end - start))
    }
    return best?.height
  }

  /// The grid without what lies beside the hull.
  var cropped: Grid {
    var copy = grid
    for j in grid.ys.indices {
      for i in grid.xs.indices where !isInside(Point(x: grid.xs[i], y: grid.ys[j])) {
        copy.values[j * grid.xs.count + i] = .nan
      }
    }
    return copy
  }

  private func isInside(_ point: Point) -> Bool {
    let (width, height) = (grid.xs.last! - grid.xs[0], grid.ys.last! - grid.ys[0])
    return zip(hull, hull.dropFirst() + hull.prefix(1)).allSatisfy { a, b in
      (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) >= -1e-9 * width * height
    }
  }
}
