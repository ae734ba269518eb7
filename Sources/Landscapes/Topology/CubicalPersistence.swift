public import Tensors

/// How the samples of a function on a grid become a filtered complex of squares, edges and vertices.
public enum CubicalConstruction: String, CaseIterable, Hashable, Sendable {
  /// A sample is a square; edges and vertices take the least value of the squares around them. Squares that share a
  /// corner are connected: 8 neighbours.
  case cells
  /// A sample is a vertex; edges and squares take the greatest value of their vertices. 4 neighbours.
  case vertices
}

/// The sublevel-set persistence of a function sampled on a grid, in dimensions 0 and 1.
///
/// Components are merged by union-find over the samples in order of value; the elder rule ends the younger of two. A
/// loop of the sublevel set is a bounded component of its complement (Alexander duality), so the same routine over
/// falling values, with the dual neighbourhood and one component outside the border that is older than all, gives
/// dimension 1. Pairs of no lifetime are left out. With n samples: a sort, then nearly n steps.
///
/// - Parameters:
///   - grid: values at (row, column). NaN counts as +∞: such a sample never enters, and a loop around it is essential.
///   - minimumLifetime: only pairs that last longer.
/// - Returns: pairs by dimension, each in the order in which they end, essential classes last. Cells are indices
///   row · columns + column: in dimension 0 of the minimum and of the saddle, in dimension 1 of the saddle and of the
///   maximum.
/// - Throws: `LandscapeError` for an empty grid.
///
/// Wagner, Chen & Vuçini, "Efficient computation of persistent homology for cubical data", 2012; Garin, Heiss, Maggs,
/// Bleile & Robins, "Duality in persistent homology of images", 2020.
public func cubicalPersistence(
  of grid: Matrix, _ construction: CubicalConstruction, minimumLifetime: Double = 0
) throws -> Diagram {
  guard !grid.elements.isEmpty else { throw LandscapeError("the grid has no samples") }
  let values = grid.elements.map { $0.isNaN ? .infinity : $0 }
  let rising = order(of: values)
  let merging = Merging(rows: grid.rows, columns: grid.columns, values: values)
  var pairs: [Diagram.Pair] = []
  let isCells = construction == .cells
  for merge in merging.components(rising, diagonal: isCells, outside: false) {
    pairs.append(
      .init(
        dimension: 0, birth: values[merge.born], death: merge.met.map { values[$0] } ?? .infinity,
        birthCell: merge.born, deathCell: merge.met))
  }
  for merge in merging.components(rising.reversed(), diagonal: !isCells, outside: true) {
    guard let met = merge.met else { continue }
    pairs.append(
      .init(dimension: 1, birth: values[met], death: values[merge.born], birthCell: met, deathCell: merge.born))
  }
  return Diagram(pairs.compactMap { essentialAtInfinity($0, minimumLifetime) })
}

/// What never enters neither brings nor ends a class.
private func essentialAtInfinity(_ pair: Diagram.Pair, _ minimumLifetime: Double) -> Diagram.Pair? {
  guard pair.birth < .infinity, pair.lifetime > minimumLifetime else { return nil }
  var pair = pair
  if pair.isEssential { pair.deathCell = nil }
  return pair
}

/// Union-find over a grid with a frame of one sample around it, so that no sample needs to know that it is at the border.
private struct Merging {
  var rows: Int
  var columns: Int
  var values: [Double]

  /// The components that appear and end when samples enter in the given order: where each was born, and which sample
  /// made it meet an older one (`nil` for the first, which stays). Those that meet at the value of their birth, which
  /// is most, are left out.
  func components(_ order: [Int32], diagonal: Bool, outside: Bool) -> [(born: Int, met: Int?)] {
    let width = columns + 2
    let absent: Int32 = -1
    // A root is the sample that bore its component; the frame, when it is inside, is one component.
    var parent = [Int32](repeating: outside ? 0 : absent, count: (rows + 2) * width)
    if outside { for row in 0..<rows { for column in 0..<columns { parent[(row + 1) * width + column + 1] = absent } } }
    // When each root entered; the outside was there before.
    var age = [Int32](repeating: -1, count: parent.count)
    let straight = [-width, -1, 1, width]
    let steps = diagonal ? straight + [-width - 1, -width + 1, width - 1, width + 1] : straight
    var ended: [(born: Int, met: Int?)] = []
    var first: Int?

    for (time, cell) in order.enumerated() {
      let cell = Int(cell)
      let (row, column) = cell.quotientAndRemainder(dividingBy: columns)
      let place = (row + 1) * width + column + 1
      var own = place
      parent[place] = Int32(truncatingIfNeeded: place)
      age[place] = Int32(truncatingIfNeeded: time)
      for step in steps {
        var root = place &+ step
        if parent[root] == absent { continue }
        // Path halving.
        while true {
          let above = Int(parent[root])
          if above == root { break }
          let next = parent[above]
          parent[root] = next
          root = Int(next)
        }
        if root == own { continue }
        let (elder, younger) = age[root] < age[own] ? (root, own) : (own, root)
        parent[younger] = Int32(truncatingIfNeeded: elder)
        own = elder
        let born = (younger / width - 1) * columns + younger % width - 1
        if values[born] != values[cell] { ended.append((born, cell)) }
      }
      if !outside, first == nil { first = cell }
    }
    if let first { ended.append((first, nil)) }
    return ended
  }
}
