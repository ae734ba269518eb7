/// The lines along which a grid takes a level, without the rims of holes.
///
/// Around a hole `isolines` closes its rings at the last finite points, which is right for areas; but there the grid
/// is not at the level, and a line would be a claim.
func levelLines(_ grid: Grid, level: Double) -> [[Point]] {
  let lines = isolines(grid, level: level)
  if lines.isEmpty || grid.values.allSatisfy(\.isFinite) { return lines }
  let finite = grid.values.filter(\.isFinite)
  let tolerance = 1e-6 * ((finite.max() ?? 0) - (finite.min() ?? 0))
  return lines.flatMap { line -> [[Point]] in
    var parts: [[Point]] = []
    var isOn = false
    for point in line {
      let height = grid.height(x: point.x, y: point.y) ?? .nan
      let isThere = (height - level).magnitude <= tolerance
      if isThere {
        if isOn { parts[parts.count - 1].append(point) } else { parts.append([point]) }
      }
      isOn = isThere
    }
    return parts.filter { $0.count > 1 }
  }
}
