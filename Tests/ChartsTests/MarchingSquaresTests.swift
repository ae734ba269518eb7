import Testing

@testable import Charts

@Suite struct MarchingSquaresTests {
  private func grid(_ count: Int, _ height: (Double, Double) -> Double) -> Grid {
    let line = (0..<count).map { -2 + 4 * Double($0) / Double(count - 1) }
    return Grid(xs: line, ys: line, values: line.flatMap { y in line.map { x in height(x, y) } })
  }

  @Test(arguments: [0.1, 0.5, 1.0, 2.25, 3.9])
  func `contours of x² + y² are circles within the error of linear interpolation`(level: Double) {
    let step = 4.0 / 80
    let lines = isolines(grid(81) { $0 * $0 + $1 * $1 }, level: level)
    #expect(lines.count == 1)
    #expect(lines[0].first == lines[0].last)
    for point in lines[0] {
      // On an edge the error of r² is at most t(1 − t)h², so that of the value is at most h²/4.
      #expect(abs(point.x * point.x + point.y * point.y - level) <= step * step / 4 + 1e-12)
    }
    // As long as the circle, but for what chords cut off.
    let length = zip(lines[0], lines[0].dropFirst()).map { a, b in
      ((a.x - b.x) * (a.x - b.x) + (a.y - b.y) * (a.y - b.y)).squareRoot()
    }.reduce(0, +)
    #expect(abs(length / (2 * Double.pi * level.squareRoot()) - 1) < 0.01)
  }

  @Test func `lines end at holes, and do not run around them`() {
    var slope = grid(9) { x, _ in x }
    slope.values[4 * 9 + 4] = .nan
    // The rim of the hole at x = 0 is at −½ and ½; the level ¼ is nowhere on it.
    let lines = levelLines(slope, level: 0.25)
    #expect(lines.count == 2)
    #expect(lines.flatMap(\.self).allSatisfy { abs($0.x - 0.25) < 1e-9 && abs($0.y) >= 0.5 - 1e-9 })
    #expect(isolines(slope, level: 0.25).flatMap(\.self).contains { abs($0.x - 0.25) > 0.2 })
    #expect(levelLines(grid(9) { x, _ in x }, level: 0.25) == isolines(grid(9) { x, _ in x }, level: 0.25))
  }

  @Test func `higher values lie on the left`() {
    let lines = isolines(grid(41) { 4 - $0 * $0 - $1 * $1 }, level: 3)
    let area = zip(lines[0], lines[0].dropFirst()).map { $0.x * $1.y - $1.x * $0.y }.reduce(0, +) / 2
    #expect(abs(area - Double.pi) < 0.05)
  }

  @Test func `a saddle is cut through its middle, on the side that the mean decides`() {
    func saddle(_ middle: Double) -> [[Point]] {
      // High at lower left and upper right.
      isolines(Grid(xs: [0, 1], ys: [0, 1], values: [1 + middle, middle, middle, 1 + middle]), level: 0.5)
    }
    // Mean 0.7: the high corners are joined, so each low corner is cut off alone.
    let high = saddle(0.2)
    #expect(high.count == 2)
    #expect(high.allSatisfy { line in line.allSatisfy { $0.x >= $0.y } || line.allSatisfy { $0.x <= $0.y } })
    // Mean 0.3: the low corners are joined.
    let low = saddle(-0.2)
    #expect(low.count == 2)
    #expect(low.allSatisfy { line in line.allSatisfy { $0.x + $0.y <= 1 } || line.allSatisfy { $0.x + $0.y >= 1 } })
  }

  @Test func `x·y has four branches around its saddle, which never cross`() {
    #expect(isolines(grid(40) { $0 * $1 }, level: 0.3).count == 2)
    #expect(isolines(grid(40) { $0 * $1 }, level: -0.3).count == 2)
  }

  @Test func `lines are open at the border and regions closed`() {
    let slope = grid(5) { x, _ in x }
    let lines = isolines(slope, level: 0.5)
    #expect(lines.count == 1 && lines[0].first?.y != lines[0].last?.y)
    let rings = regions(slope, above: 0.5)
    #expect(rings.count == 1 && rings[0].first == rings[0].last)
    let area = zip(rings[0], rings[0].dropFirst()).map { $0.x * $1.y - $1.x * $0.y }.reduce(0, +) / 2
    #expect(abs(abs(area) - 1.5 * 4) < 1e-12)
  }

  @Test func `the region above a level that all values reach is the whole grid`() {
    let rings = regions(grid(5) { _, _ in 1 }, above: 0)
    let area = zip(rings[0], rings[0].dropFirst()).map { $0.x * $1.y - $1.x * $0.y }.reduce(0, +) / 2
    #expect(abs(abs(area) - 16) < 1e-12)
  }

  @Test func `what is not finite lies above every level and yields finite points`() {
    var bowl = grid(21) { $0 * $0 + $1 * $1 }
    bowl.values[0] = .infinity
    bowl.values[1] = .nan
    for line in isolines(bowl, level: 7.9) + regions(bowl, above: 1) {
      #expect(line.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    }
  }

  @Test func `a long table in any order becomes a grid`() {
    let grid = Grid(x: [1, 0, 1, 0, 1], y: [5, 5, 3, 3, 5], z: [1, 2, 3, 4, 3])
    #expect(grid.xs == [0, 1] && grid.ys == [3, 5])
    #expect(grid.values == [4, 3, 2, 2])
    #expect(Grid(x: [0, 1], y: [0, 1], z: [1, 2]).values[1].isNaN)
  }

  @Test func `levels are round, in the logarithm too`() {
    #expect(contourLevels(0, 10, isLog: false, count: 5) == [2, 4, 6, 8])
    #expect(contourLevels(0.05, 50, isLog: true, count: 4) == [0.1, 1, 10])
    #expect(contourLevels(1e-12, 1, isLog: true, count: 4).count <= 5)
    #expect(contourLevels(3, 3, isLog: false, count: 5).isEmpty)
  }
}
