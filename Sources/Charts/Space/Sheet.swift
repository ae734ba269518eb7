/// A surface over a grid, and how it is painted.
struct Sheet: Hashable, Sendable {
  var grid: Grid
  var range: ColorRange
  var showsLines: Bool
  var isShaded: Bool
  /// Levels whose lines are drawn on the floor.
  var floorLevels: [Double]
}

/// A flat piece of a sheet: three to five corners in the box, and its colour.
struct Face: Hashable, Sendable {
  var corners: [SpacePoint]
  var color: String
}

extension Sheet {
  /// The pieces of the surface, the farthest first.
  ///
  /// Cells of a grid stand in columns, and columns are parted by upright planes: of two columns side by side the one on
  /// the viewer's side of the plane between them can hide the other and never the other way round. So painting the
  /// columns in the order in which they come nearer along x and y is right for every orthographic camera, above the
  /// surface or below it, and needs no comparison of depths (Newell, Newell and Sancha, 1972, need them for polygons in
  /// general). A cell whose two triangles face opposite ways is painted as two, the farther first; every other cell is
  /// one piece. What reaches beyond the ends of the vertical scale is cut there; a cell with a corner that is not
  /// finite is left out.
  func faces(in box: SpaceBox, from camera: Camera) -> [Face] {
    let placed = box.place(grid)
    let (toX, toY) = (camera.toward.x, camera.toward.y)
    let columns = toX >= 0 ? Array(0..<(grid.xs.count - 1)) : (0..<(grid.xs.count - 1)).reversed()
    let rows = toY >= 0 ? Array(0..<(grid.ys.count - 1)) : (0..<(grid.ys.count - 1)).reversed()
    // Exactly at an end counts as inside; rounding must not cut a sliver off.
    let inside = (box.z.start - 1e-9)...(box.z.end + 1e-9)
    func corner(_ i: Int, _ j: Int) -> SpacePoint {
      SpacePoint(x: placed.xs[i], y: placed.ys[j], z: placed[i, j])
    }
    var faces: [Face] = []
    for i in columns {
      for j in rows {
        let quad = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
        guard quad.allSatisfy({ $0.z.isFinite }) else { continue }
        let middle = quad.reduce(0) { $0 + $1.z } / 4
        let lower = [quad[0], quad[1], quad[2]]
        let upper = [quad[0], quad[2], quad[3]]
        let turns = (turn(lower, camera), turn(upper, camera))
        if turns.0 * turns.1 >= 0, quad.allSatisfy({ inside.contains($0.z) }) {
          if turns.0 != 0 || turns.1 != 0 { faces.append(face(quad, at: middle, box, camera)) }
          continue
        }
        // The plane through the diagonal parts the triangles; `lower` has the corner at larger x.
        let isLowerNearer = (quad[2].y - quad[0].y) * toX - (quad[2].x - quad[0].x) * toY > 0
        for triangle in isLowerNearer ? [upper, lower] : [lower, upper] {
          let kept = cut(
            cut(triangle, at: inside.upperBound, keepsBelow: true), at: inside.lowerBound, keepsBelow: false)
          if kept.count > 2, turn(triangle, camera) != 0 {
            faces.append(face(kept, at: min(max(middle, box.z.start), box.z.end), box, camera))
          }
        }
      }
    }
    return faces
  }

  /// Twice the area of a triangle as the camera sees it; negative when its underside is seen.
  private func turn(_ corners: [SpacePoint], _ camera: Camera) -> Double {
    dot(cross(corners[1] - corners[0], corners[2] - corners[0]), camera.toward)
  }

  /// - Parameter height: the height in the box that decides the colour.
  private func face(_ corners: [SpacePoint], at height: Double, _ box: SpaceBox, _ camera: Camera) -> Face {
    let scale = box.z
    let share = (height - scale.start) / (scale.end - scale.start)
    // The colours' scale may have other ends than the box, but it is even in the same space.
    let value = scale.transformed(scale.low) + share * (scale.transformed(scale.high) - scale.transformed(scale.low))
    let (low, high) = (range.scale.transformed(range.scale.low), range.scale.transformed(range.scale.high))
    let place = min(1, max(0, (value - low) / (high - low)))
    let step = (place * 63).rounded() / 63
    return Face(
      corners: corners, color: range.map.hex(step, brightness: isShaded ? brightness(corners, camera) : 1))
  }

  /// How much light a piece sends back: lit from the upper left behind the viewer; an underside is dimmer.
  private func brightness(_ corners: [SpacePoint], _ camera: Camera) -> Double {
    let normal = cross(corners[1] - corners[0], corners[corners.count - 1] - corners[0])
    let length = dot(normal, normal).squareRoot()
    guard length > 0 else { return 1 }
    let seen = camera.project(SpacePoint(x: normal.x / length, y: normal.y / length, z: normal.z / length))
    let isUnderside = seen.z < 0
    let side = isUnderside ? -1.0 : 1
    let light = side * (-0.45 * seen.x + 0.55 * seen.y + 0.704 * seen.z)
    let level = (isUnderside ? 0.7 : 0.8) + 0.25 * max(-0.4, light)
    return (level * 40).rounded() / 40
  }
}

/// A polygon's part below a height, or above it (Sutherland and Hodgman with one plane).
func cut(_ ring: [SpacePoint], at height: Double, keepsBelow: Bool) -> [SpacePoint] {
  func isKept(_ point: SpacePoint) -> Bool { keepsBelow ? point.z <= height : point.z >= height }
  if ring.allSatisfy(isKept) { return ring }
  var output: [SpacePoint] = []
  for index in ring.indices {
    let (a, b) = (ring[index == 0 ? ring.count - 1 : index - 1], ring[index])
    if isKept(a) != isKept(b) {
      var crossing = a.toward(b, (height - a.z) / (b.z - a.z))
      crossing.z = height
      output.append(crossing)
    }
    if isKept(b) { output.append(b) }
  }
  return output
}
