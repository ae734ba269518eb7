/// Triangles between scattered points such that no point lies inside the circle through the corners of another's
/// (Delaunay): those that come nearest to being equilateral.
///
/// Points are added one after another: the triangles whose circle holds the new point make room for a fan around it.
/// Quadratic in the number of points. Slivers along the hull, thinner than a thousandth of its width, may be missing.
///
/// Bowyer (1981), "Computing Dirichlet tessellations"; Watson (1981), "Computing the n-dimensional Delaunay
/// tessellation".
struct Triangulation {
  struct Triangle: Hashable {
    var corners: (Int, Int, Int)
    static func == (a: Triangle, b: Triangle) -> Bool { a.corners == b.corners }
    func hash(into hasher: inout Hasher) {
      hasher.combine(corners.0)
      hasher.combine(corners.1)
      hasher.combine(corners.2)
    }
  }

  private(set) var triangles: [Triangle] = []

  /// - Parameter points: distinct.
  init(_ points: [Point]) {
    guard points.count > 2 else { return }
    let (xs, ys) = (points.map(\.x), points.map(\.y))
    let (left, bottom) = (xs.min()!, ys.min()!)
    let (width, height) = (max(xs.max()! - left, .leastNormalMagnitude), max(ys.max()! - bottom, .leastNormalMagnitude))
    // In a square, and each moved by less than can be seen, so that no four lie on one circle as those of a grid do.
    var all = points.enumerated().map { index, point in
      func moved(_ value: Double, _ seed: Int) -> Double {
        value + 1e-7 * Double((index &+ 1) &* seed % 10007) / 10007
      }
      return Point(x: moved((point.x - left) / width, 7919), y: moved((point.y - bottom) / height, 6007))
    }
    let count = points.count
    all += [Point(x: -1000, y: -700), Point(x: 1001, y: -700), Point(x: 0.5, y: 1500)]
    var open = [Circle(all, (count, count + 1, count + 2))]
    for index in 0..<count {
      var edges: [Edge: Int] = [:]
      var kept: [Circle] = []
      for circle in open {
        if circle.holds(all[index]) {
          let (a, b, c) = circle.corners
          for edge in [Edge(a, b), Edge(b, c), Edge(c, a)] { edges[edge, default: 0] += 1 }
        } else {
          kept.append(circle)
        }
      }
      // Edges of one triangle only are the rim of the hole.
      let rim = edges.filter { $0.value == 1 }.keys.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
      open = kept + rim.map { Circle(all, ($0.low, $0.high, index)) }
    }
    triangles = open.filter { max($0.corners.0, $0.corners.1, $0.corners.2) < count }.map {
      Triangle(corners: $0.corners)
    }
  }

  private struct Edge: Hashable {
    var low: Int
    var high: Int
    init(_ a: Int, _ b: Int) { (low, high) = (min(a, b), max(a, b)) }
  }

  /// The circle through a triangle's corners.
  private struct Circle {
    var corners: (Int, Int, Int)
    var center: Point
    var square: Double

    init(_ points: [Point], _ corners: (Int, Int, Int)) {
      self.corners = corners
      let a = points[corners.0]
      let (bx, by) = (points[corners.1].x - a.x, points[corners.1].y - a.y)
      let (cx, cy) = (points[corners.2].x - a.x, points[corners.2].y - a.y)
      let d = 2 * (bx * cy - by * cx)
      let (b, c) = (bx * bx + by * by, cx * cx + cy * cy)
      let (ux, uy) = ((cy * b - by * c) / d, (bx * c - cx * b) / d)
      center = Point(x: a.x + ux, y: a.y + uy)
      square = ux * ux + uy * uy
    }

    func holds(_ point: Point) -> Bool {
      let (dx, dy) = (point.x - center.x, point.y - center.y)
      return dx * dx + dy * dy < square
    }
  }
}

/// The smallest convex ring around points, counter-clockwise (Andrew, 1979); fewer than three points where all lie on
/// one line.
func convexHull(_ points: [Point]) -> [Point] {
  let sorted = Set(points).sorted { ($0.x, $0.y) < ($1.x, $1.y) }
  func half(_ points: [Point]) -> [Point] {
    var ring: [Point] = []
    for point in points {
      while ring.count > 1 {
        let (a, b) = (ring[ring.count - 2], ring[ring.count - 1])
        if (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x) > 0 { break }
        ring.removeLast()
      }
      ring.append(point)
    }
    return Array(ring.dropLast())
  }
  return half(sorted) + half(sorted.reversed())
}
