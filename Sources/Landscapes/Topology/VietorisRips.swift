public import Tensors

/// The persistence of the Vietoris–Rips complexes of a cloud of points, in dimensions 0 and 1 over Z₂: at scale r an
/// edge joins every two points at most r apart, a triangle fills every three that are pairwise joined.
///
/// Dimension 0 is the minimum spanning tree. Dimension 1 reduces the coboundaries of the other edges, longest first;
/// triangles are never stored, only named by the rank of their longest edge and the opposite vertex. With the edges of
/// the tree left out (clearing) and most columns paired with their first triangle at once, 300 points take seconds.
///
/// - Parameters:
///   - distances: n × n, symmetric.
///   - limit: the greatest scale looked at. By default the radius at which one point is joined to all others: from there
///     on nothing but one component is left.
/// - Returns: pairs of positive lifetime. A cell is the pair of points (i, j), i ≤ j, numbered i·n + j: a vertex when
///   i = j, and a triangle by its longest edge.
/// - Throws: `LandscapeError` when the distances are not those of points.
///
/// Bauer, "Ripser: efficient computation of Vietoris–Rips persistence barcodes", 2021, arXiv:1908.02518.
public func vietorisRips(distances: Matrix, limit: Double = .infinity) throws -> Diagram {
  let n = distances.rows
  guard n > 0, distances.columns == n else {
    throw LandscapeError("distances are \(n)×\(distances.columns), not square")
  }
  for i in 0..<n {
    for j in 0..<i where !(distances[i, j] >= 0) || distances[i, j] != distances[j, i] {
      throw LandscapeError(
        "the distance of points \(j) and \(i) is \(distances[j, i]) one way and \(distances[i, j]) the other")
    }
  }
  var rips = Rips(distances, limit: min(limit, enclosingRadius(distances)))
  let components = rips.components()
  return Diagram(components + rips.loops(isTree: rips.tree))
}

/// The same from the points themselves, rows of coordinates, at Euclidean distance.
public func vietorisRips(points: Matrix, limit: Double = .infinity) throws -> Diagram {
  try vietorisRips(distances: pairwiseDistances(points), limit: limit)
}

/// The least distance within which one point has all others.
private func enclosingRadius(_ distances: Matrix) -> Double {
  (0..<distances.rows).map { i in (0..<distances.rows).map { distances[i, $0] }.max() ?? 0 }.min() ?? 0
}

private struct Rips {
  let n: Int
  /// The edges within the limit, shortest first, and their lengths.
  var edges: [(i: Int, j: Int)] = []
  var lengths: [Double] = []
  /// The place of the edge (i, j) in that order; `edges.count` for one that is too long.
  var rank: [Int]
  var tree: [Bool] = []

  init(_ distances: Matrix, limit: Double) {
    n = distances.rows
    for i in 0..<n { for j in i + 1..<max(n, i + 1) where distances[i, j] <= limit { edges.append((i, j)) } }
    edges.sort { (distances[$0.i, $0.j], $0.i, $0.j) < (distances[$1.i, $1.j], $1.i, $1.j) }
    lengths = edges.map { distances[$0.i, $0.j] }
    rank = Array(repeating: edges.count, count: n * n)
    for (place, edge) in edges.enumerated() {
      rank[edge.i * n + edge.j] = place
      rank[edge.j * n + edge.i] = place
    }
    tree = Array(repeating: false, count: edges.count)
  }

  private func name(_ edge: Int) -> Int { edges[edge].i * n + edges[edge].j }

  mutating func components() -> [Diagram.Pair] {
    var pairs: [Diagram.Pair] = []
    var sets = DisjointSets(count: n)
    for (place, edge) in edges.enumerated() {
      guard let younger = sets.unite(edge.i, edge.j) else { continue }
      tree[place] = true
      if lengths[place] > 0 {
        pairs.append(
          .init(
            dimension: 0, birth: 0, death: lengths[place], birthCell: younger * n + younger, deathCell: name(place)))
      }
    }
    let stay = (0..<n).filter { sets.root(of: $0) == $0 }
    return pairs
      + stay.map { .init(dimension: 0, birth: 0, death: .infinity, birthCell: $0 * n + $0, deathCell: nil) }
  }

  func loops(isTree: [Bool]) -> [Diagram.Pair] {
    var pairs: [Diagram.Pair] = []
    // Which edge's reduced coboundary begins with a triangle, and which coboundaries it is the sum of.
    var owner: [Int: Int] = [:]
    var sums: [Int: [Int]] = [:]
    for edge in edges.indices.reversed() where !isTree[edge] {
      var first: Int?
      forEachTriangle(on: edge) { first = min(first ?? $0, $0) }
      var heap = TriangleHeap()
      var added = [edge]
      if let pivot = first, owner[pivot] != nil {
        forEachTriangle(on: edge) { heap.push($0) }
        first = heap.pivot()
        while let pivot = first, let other = owner[pivot] {
          for summand in sums[other] ?? [other] {
            added.append(summand)
            forEachTriangle(on: summand) { heap.push($0) }
          }
          first = heap.pivot()
        }
      }
      guard let pivot = first else {
        pairs.append(
          .init(dimension: 1, birth: lengths[edge], death: .infinity, birthCell: name(edge), deathCell: nil))
        continue
      }
      owner[pivot] = edge
      if added.count > 1 { sums[edge] = presentOddly(added) }
      let longest = pivot / n
      if lengths[longest] > lengths[edge] {
        pairs.append(
          .init(
            dimension: 1, birth: lengths[edge], death: lengths[longest], birthCell: name(edge),
            deathCell: name(longest)))
      }
    }
    return pairs.reversed()
  }

  /// The triangles that have an edge, as rank of the longest edge · n + opposite vertex: numbers in the order in which
  /// the triangles appear.
  private func forEachTriangle(on edge: Int, _ body: (Int) -> Void) {
    let (i, j) = edges[edge]
    for k in 0..<n where k != i && k != j {
      let a = rank[i * n + k]
      let b = rank[j * n + k]
      let longest = max(edge, a, b)
      if longest == edges.count { continue }
      body(longest * n + (longest == edge ? k : longest == a ? j : i))
    }
  }

  /// Mod 2, what is there twice is not there.
  private func presentOddly(_ list: [Int]) -> [Int] {
    var counts: [Int: Int] = [:]
    for item in list { counts[item, default: 0] += 1 }
    return counts.filter { $0.value % 2 == 1 }.keys.sorted()
  }
}

/// A heap of triangles in which two equal ones cancel.
private struct TriangleHeap {
  private var items: [Int] = []

  mutating func push(_ item: Int) {
    items.append(item)
    var child = items.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if items[parent] <= items[child] { break }
      items.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func pop() -> Int? {
    guard let least = items.first else { return nil }
    let last = items.removeLast()
    if items.isEmpty { return least }
    items[0] = last
    var parent = 0
    while true {
      var child = 2 * parent + 1
      if child >= items.count { break }
      if child + 1 < items.count, items[child + 1] < items[child] { child += 1 }
      if items[parent] <= items[child] { break }
      items.swapAt(parent, child)
      parent = child
    }
    return least
  }

  /// The least triangle that is left when pairs have cancelled; it stays in the heap.
  mutating func pivot() -> Int? {
    while let least = pop() {
      if items.first != least {
        push(least)
        return least
      }
      _ = pop()
    }
    return nil
  }
}
