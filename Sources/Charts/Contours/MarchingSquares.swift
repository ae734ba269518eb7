/// The lines along which a grid takes a level, by marching squares.
///
/// Each cell is cut where its edges cross the level, linearly between the corners. A saddle (opposite corners above,
/// the others below) is joined by the mean of its corners: above the level the high corners are connected, below it
/// the low ones. Pieces are oriented with higher values on their left and stitched at shared edges, so that each edge
/// is left at most once and entered at most once, and every line is either closed or ends at the border.
///
/// NaN counts as above every level, like +∞: a surface is not finite where a loss has blown up.
///
/// Maple (2003), "Geometric design and space planning using the marching squares and marching cube algorithms".
func isolines(_ grid: Grid, level: Double) -> [[Point]] {
  let width = grid.xs.count
  guard width > 1, grid.ys.count > 1 else { return [] }
  func value(_ i: Int, _ j: Int) -> Double {
    let value = grid[i, j]
    return value.isNaN ? .infinity : value
  }
  // An edge is named by its lower left corner and its direction.
  func horizontal(_ i: Int, _ j: Int) -> Int { 2 * (j * width + i) }
  func vertical(_ i: Int, _ j: Int) -> Int { 2 * (j * width + i) + 1 }

  var next: [Int: Int] = [:]
  var isEntered: Set<Int> = []
  var order: [Int] = []
  func join(_ from: Int, _ to: Int) {
    next[from] = to
    isEntered.insert(to)
    order.append(from)
  }
  for j in 0..<(grid.ys.count - 1) {
    for i in 0..<(width - 1) {
      let corners = (value(i, j), value(i + 1, j), value(i + 1, j + 1), value(i, j + 1))
      let (bottom, right) = (horizontal(i, j), vertical(i + 1, j))
      let (top, left) = (horizontal(i, j + 1), vertical(i, j))
      let code =
        (corners.0 >= level ? 1 : 0) + (corners.1 >= level ? 2 : 0) + (corners.2 >= level ? 4 : 0)
        + (corners.3 >= level ? 8 : 0)
      switch code {
      case 0, 15: break
      case 1: join(bottom, left)
      case 2: join(right, bottom)
      case 3: join(right, left)
      case 4: join(top, right)
      case 6: join(top, bottom)
      case 7: join(top, left)
      case 8: join(left, top)
      case 9: join(bottom, top)
      case 11: join(right, top)
      case 12: join(left, right)
      case 13: join(bottom, right)
      case 14: join(left, bottom)
      default:
        let isHighInside = (corners.0 + corners.1 + corners.2 + corners.3) / 4 >= level
        switch (code == 5, isHighInside) {
        case (true, true):
          join(bottom, right)
          join(top, left)
        case (true, false):
          join(bottom, left)
          join(top, right)
        case (false, true):
          join(left, bottom)
          join(right, top)
        case (false, false):
          join(right, bottom)
          join(left, top)
        }
      }
    }
  }

  /// Where an edge crosses the level.
  func crossing(_ edge: Int) -> Point {
    let (i, j) = (edge / 2 % width, edge / 2 / width)
    let (a, b) = edge % 2 == 0 ? (value(i, j), value(i + 1, j)) : (value(i, j), value(i, j + 1))
    let t = share(from: a, to: b, level: level)
    return edge % 2 == 0
      ? Point(x: grid.xs[i] + t * (grid.xs[i + 1] - grid.xs[i]), y: grid.ys[j])
      : Point(x: grid.xs[i], y: grid.ys[j] + t * (grid.ys[j + 1] - grid.ys[j]))
  }

  var lines: [[Point]] = []
  func follow(_ start: Int) {
    var line: [Point] = []
    var edge = start
    while let following = next.removeValue(forKey: edge) {
      line.append(crossing(edge))
      edge = following
    }
    line.append(crossing(edge))
    lines.append(line)
  }
  // Open lines from where they enter the grid, then the closed ones.
  for edge in order where next[edge] != nil && !isEntered.contains(edge) { follow(edge) }
  for edge in order where next[edge] != nil { follow(edge) }
  return lines
}

/// The closed rings around all places where a grid is at or above a level; filled by the even-odd rule.
func regions(_ grid: Grid, above level: Double) -> [[Point]] { isolines(grid.rimmed, level: level) }

/// How far along an edge the level lies. Next to −∞ (a rim) and +∞ (not finite) that is the finite end.
private func share(from a: Double, to b: Double, level: Double) -> Double {
  if a.isInfinite && b.isInfinite { return 0.5 }
  if a.isInfinite { return 1 }
  if b.isInfinite { return 0 }
  return b == a ? 0.5 : min(1, max(0, (level - a) / (b - a)))
}
