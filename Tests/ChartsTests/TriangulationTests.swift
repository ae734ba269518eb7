import Testing

@testable import Charts

@Suite struct TriangulationTests {
  /// Points that look random: multiples of two irrationals, without their whole parts.
  private func points(_ count: Int) -> [Point] {
    (1...count).map { k in
      let (a, b) = (Double(k) * 0.754877666246693, Double(k) * 0.569840290998053)
      return Point(x: 4 * (a - a.rounded(.down)) - 2, y: 4 * (b - b.rounded(.down)) - 2)
    }
  }

  @Test func `no point lies inside the circle through the corners of a triangle`() {
    let points = points(80)
    let triangles = Triangulation(points).triangles
    for triangle in triangles {
      let (i, j, k) = triangle.corners
      for (index, d) in points.enumerated() where ![i, j, k].contains(index) {
        // The determinant that is positive for a point inside, whichever way the corners go round.
        let rows = [points[i], points[j], points[k]].map { ($0.x - d.x, $0.y - d.y) }
        let lifted = rows.map { ($0.0, $0.1, $0.0 * $0.0 + $0.1 * $0.1) }
        let (a, b, c) = (lifted[0], lifted[1], lifted[2])
        let inside =
          a.0 * (b.1 * c.2 - b.2 * c.1) - a.1 * (b.0 * c.2 - b.2 * c.0) + a.2 * (b.0 * c.1 - b.1 * c.0)
        let turn =
          (points[j].x - points[i].x) * (points[k].y - points[i].y)
          - (points[j].y - points[i].y) * (points[k].x - points[i].x)
        #expect(inside * (turn < 0 ? -1 : 1) < 1e-5)
      }
    }
    func area(_ ring: [Point]) -> Double {
      zip(ring, ring.dropFirst() + ring.prefix(1)).map { $0.x * $1.y - $1.x * $0.y }.reduce(0, +) / 2
    }
    // Euler: 2n − 2 − h triangles for h points on the hull, and together its area.
    let hull = convexHull(points)
    #expect(triangles.count <= 2 * points.count - 2 - hull.count && triangles.count > 140)
    let sum = triangles.map { area([points[$0.corners.0], points[$0.corners.1], points[$0.corners.2]]).magnitude }
    #expect(abs(sum.reduce(0, +) / area(hull) - 1) < 1e-3)
  }

  @Test func `points of a grid, of which many lie on one circle, make triangles too`() {
    let grid = (0..<6).flatMap { i in (0..<6).map { Point(x: Double(i), y: Double($0)) } }
    #expect(Triangulation(grid).triangles.count >= 48)
    #expect(convexHull(grid) == [Point(x: 0, y: 0), Point(x: 5, y: 0), Point(x: 5, y: 5), Point(x: 0, y: 5)])
    #expect(Triangulation([]).triangles.isEmpty)
  }

  @Test func `a plane through scattered points is that plane`() throws {
    let points = points(60)
    let surface = try #require(
      Scattered(x: points.map(\.x), y: points.map(\.y), z: points.map { 3 * $0.x - 2 * $0.y + 1 }))
    var known = 0
    let inside = surface.cropped
    for j in inside.ys.indices {
      for i in inside.xs.indices where inside[i, j].isFinite {
        known += 1
        #expect(abs(inside[i, j] - (3 * inside.xs[i] - 2 * inside.ys[j] + 1)) < 0.05)
      }
    }
    #expect(known > 4000 && known < inside.values.count && surface.grid.values.allSatisfy(\.isFinite))
  }

  @Test func `level sets of x² + y² through scattered points are near circles`() throws {
    let points = points(900)
    let surface = try #require(
      Scattered(x: points.map(\.x), y: points.map(\.y), z: points.map { $0.x * $0.x + $0.y * $0.y }))
    let lines = isolines(surface.grid, level: 1)
    #expect(lines.count == 1)
    #expect(lines.flatMap(\.self).allSatisfy { abs($0.x * $0.x + $0.y * $0.y - 1) < 0.03 })
  }

  @Test func `a grid is left as it is, and points on a line have no surface`() {
    let grid = (0..<6).flatMap { i in (0..<6).map { Point(x: Double(i), y: Double($0)) } }
    #expect(Scattered(x: grid.map(\.x), y: grid.map(\.y), z: grid.map(\.x)) == nil)
    let line = (0..<20).map(Double.init)
    #expect(Scattered(x: line, y: line, z: line) == nil)
  }
}
