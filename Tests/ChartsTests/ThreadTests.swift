import Testing

@testable import Charts

@Suite struct ThreadTests {
  /// A ridge along y at x = 0, 0.5 high, over −0.5…0.5.
  private let ridge: Grid = {
    let line = (0...40).map { -0.5 + Double($0) / 40 }
    return Grid(xs: line, ys: line, values: line.flatMap { _ in line.map { x in max(0, 0.5 - 2 * abs(x)) } })
  }()
  private let room = SpaceBox(
    x: Scale(kind: .linear, low: 0, high: 1, start: 0, end: 1),
    y: Scale(kind: .linear, low: 0, high: 1, start: 0, end: 1),
    z: Scale(kind: .linear, low: 0, high: 1, start: 0, end: 1), relief: 0.6, hover: 0, isEqual: false)

  private func hidden(_ x: Double, _ z: Double, from camera: Camera) -> Bool {
    hides(ridge, SpacePoint(x: x, y: 0, z: z), from: camera, tolerance: 0.012)
  }

  @Test func `a ridge hides what lies low behind it and nothing before it`() {
    let low = Camera(azimuth: 0, elevation: 20)
    #expect(hidden(-0.4, 0, from: low))
    #expect(!hidden(0.4, 0, from: low))
    #expect(!hidden(-0.4, 0.58, from: low))
    // From high up the foot of the ridge is seen.
    #expect(!hidden(-0.4, 0, from: Camera(azimuth: 0, elevation: 60)))
    #expect(hidden(0.4, 0, from: Camera(azimuth: 180, elevation: 20)))
  }

  @Test func `from below what stands above the surface is hidden, and what lies on it is not`() {
    let below = Camera(azimuth: 0, elevation: -60)
    #expect(hidden(0.3, 0.3, from: below))
    #expect(!hidden(0.3, 0, from: below))
    #expect(hides(ridge, SpacePoint(x: 0.3, y: 0, z: 0.3), from: Camera(azimuth: 0, elevation: -90), tolerance: 0.012))
    #expect(!hides(ridge, SpacePoint(x: 0.3, y: 0, z: 0.3), from: Camera(azimuth: 0, elevation: 90), tolerance: 0.012))
  }

  @Test func `a hole lets the ray through`() {
    var open = ridge
    for j in open.ys.indices {
      for i in open.xs.indices where abs(open.xs[i]) < 0.26 { open.values[j * 41 + i] = .nan }
    }
    #expect(!hides(open, SpacePoint(x: -0.4, y: 0, z: 0), from: Camera(azimuth: 0, elevation: 20), tolerance: 0.012))
  }

  @Test func `a path is parted where it goes behind the ridge, and cut at the box`() {
    let path = [SpacePoint(x: -0.9, y: 0.1, z: 0.3), SpacePoint(x: 0.9, y: 0.1, z: 0.3)]
    let seen = sighted(path, through: [ridge], in: room, from: Camera(azimuth: 0, elevation: 20))
    let all = (seen.visible + seen.hidden).flatMap(\.self).map(\.x)
    #expect(abs(all.min()! + 0.5) < 1e-6 && abs(all.max()! - 0.5) < 1e-6)
    // Hidden where the line of sight, rising at 20°, meets the ridge: behind its near face, before it rises above it.
    let behind = seen.hidden.flatMap(\.self).map(\.x)
    #expect(behind.contains { $0 > -0.1 } && !behind.contains { $0 > 0.15 })
    let nothing = sighted(path, through: [], in: room, from: Camera(azimuth: 0, elevation: 20))
    #expect(nothing.hidden.isEmpty && nothing.visible.count == 1)
  }

  @Test func `a path without heights lies on the surface between its points too`() {
    let path = draped(
      [SpacePoint(x: -0.4, y: 0, z: .nan), SpacePoint(x: 0.4, y: 0, z: .nan)], over: ridge)
    #expect(path.count > 30)
    #expect(path.allSatisfy { abs($0.z - max(0, 0.5 - 2 * abs($0.x))) < 0.03 })
    #expect(path.map(\.z).max()! > 0.45)
  }

  @Test func `a grid is thinned to a number of cells, with its last lines`() {
    let thin = ridge.thinned(to: 12)
    #expect(thin.xs.count == 11 && thin.xs.last == 0.5 && thin.xs.first == -0.5)
    #expect(thin[5, 3] == ridge[20, 12])
    #expect(ridge.thinned(to: 40) == ridge)
  }
}
