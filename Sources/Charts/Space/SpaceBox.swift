/// The box that a surface stands in: data through three scales into lengths, the middle of the floor at zero.
struct SpaceBox: Hashable, Sendable {
  /// From −side/2 to side/2.
  var x: Scale
  var y: Scale
  /// From the foot of the surface, which may hover above the floor, to the top of the box. The floor is at zero.
  var z: Scale

  /// - Parameters:
  ///   - relief: the height of the surface over the longer side of the floor, which has length 1.
  ///   - hover: how far the surface stands above the floor.
  ///   - isEqual: whether a unit is as long along y as along x.
  init(x: Scale, y: Scale, z: Scale, relief: Double, hover: Double, isEqual: Bool) {
    (self.x, self.y, self.z) = (x, y, z)
    let spans = isEqual ? (x.high - x.low, y.high - y.low) : (1, 1)
    let longest = max(spans.0, spans.1)
    (self.x.start, self.x.end) = (-spans.0 / longest / 2, spans.0 / longest / 2)
    (self.y.start, self.y.end) = (-spans.1 / longest / 2, spans.1 / longest / 2)
    (self.z.start, self.z.end) = (hover, hover + relief)
  }

  func place(_ point: SpacePoint) -> SpacePoint {
    SpacePoint(x: x.position(point.x), y: y.position(point.y), z: z.position(point.z))
  }

  /// The grid in the box, NaN where it is not finite or has no place on the scales.
  func place(_ grid: Grid) -> Grid {
    Grid(
      xs: grid.xs.map(x.position), ys: grid.ys.map(y.position),
      values: grid.values.map { $0.isFinite ? z.position($0) : .nan })
  }

  var corners: [SpacePoint] {
    [x.start, x.end].flatMap { x in
      [y.start, y.end].flatMap { y in [0, z.end].map { SpacePoint(x: x, y: y, z: $0) } }
    }
  }
}

/// A box as a camera sees it: pixels from where the middle of the floor is drawn, y downwards as on a page.
struct SpaceView: Hashable, Sendable {
  var box: SpaceBox
  var camera: Camera
  /// Pixels of a unit of length.
  var unit: Double

  func pixels(_ point: SpacePoint) -> Point {
    let seen = camera.project(point)
    return Point(x: seen.x * unit, y: -seen.y * unit)
  }
}
