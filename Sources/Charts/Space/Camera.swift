/// A point in three dimensions: in data space, or in the box of a drawing.
struct SpacePoint: Hashable, Sendable {
  var x: Double
  var y: Double
  var z: Double
}

/// From where a box is seen: an orthographic camera, so that parallel lines stay parallel and equal lengths equal.
struct Camera: Hashable, Sendable {
  /// Degrees around the vertical, from x towards y: where the viewer stands.
  var azimuth: Double
  /// Degrees above the floor, from −90 to 90.
  var elevation: Double

  /// Unit vectors to the right, up, and towards the viewer: the rows of a rotation.
  ///
  ///     right  = (−sin a,        cos a,       0)
  ///     up     = (−sin e cos a, −sin e sin a, cos e)
  ///     toward = ( cos e cos a,  cos e sin a, sin e)
  let right: SpacePoint
  let up: SpacePoint
  let toward: SpacePoint

  init(azimuth: Double, elevation: Double) {
    self.azimuth = azimuth
    self.elevation = elevation
    let (sinA, cosA) = (sine(degrees: azimuth), cosine(degrees: azimuth))
    let (sinE, cosE) = (sine(degrees: elevation), cosine(degrees: elevation))
    right = SpacePoint(x: -sinA, y: cosA, z: 0)
    up = SpacePoint(x: -sinE * cosA, y: -sinE * sinA, z: cosE)
    toward = SpacePoint(x: cosE * cosA, y: cosE * sinA, z: sinE)
  }

  /// Distances to the right, up, and towards the viewer.
  func project(_ point: SpacePoint) -> SpacePoint {
    SpacePoint(x: dot(right, point), y: dot(up, point), z: dot(toward, point))
  }
}

func dot(_ a: SpacePoint, _ b: SpacePoint) -> Double { a.x * b.x + a.y * b.y + a.z * b.z }

func cross(_ a: SpacePoint, _ b: SpacePoint) -> SpacePoint {
  SpacePoint(x: a.y * b.z - a.z * b.y, y: a.z * b.x - a.x * b.z, z: a.x * b.y - a.y * b.x)
}

extension SpacePoint {
  static func - (a: SpacePoint, b: SpacePoint) -> SpacePoint { SpacePoint(x: a.x - b.x, y: a.y - b.y, z: a.z - b.z) }

  /// The point a share of the way to another.
  func toward(_ other: SpacePoint, _ share: Double) -> SpacePoint {
    SpacePoint(x: x + share * (other.x - x), y: y + share * (other.y - y), z: z + share * (other.z - z))
  }
}
