/// A finite simplicial complex, its boundary operators and its homology.
///
/// For small ones, up to a few hundred simplices: matrices are dense.
///
/// Munkres, "Elements of Algebraic Topology", 1984, §5 and §11.
public struct SimplicialComplex: Hashable, Sendable {
  /// By dimension, the simplices as rising lists of vertices, in lexicographic order.
  public let simplices: [[[Int]]]

  /// The complex of some simplices and all their faces.
  /// - Throws: `LandscapeError` for no simplex, or for one that is empty or names a vertex twice.
  public init(_ facets: [[Int]]) throws {
    guard !facets.isEmpty else { throw LandscapeError("the complex has no simplex") }
    var found: [Set<[Int]>] = []
    for facet in facets {
      let facet = facet.sorted()
      guard !facet.isEmpty, Set(facet).count == facet.count else {
        throw LandscapeError("\(facet) is no simplex", hints: ["a simplex is a list of different vertices"])
      }
      while found.count < facet.count { found.append([]) }
      var current: Set = [facet]
      for dimension in (0..<facet.count).reversed() {
        found[dimension].formUnion(current)
        current = Set(current.flatMap { simplex in simplex.indices.map { simplex.removing($0) } })
      }
    }
    simplices = found.map { $0.sorted { $0.lexicographicallyPrecedes($1) } }
  }

  public var dimension: Int { simplices.count - 1 }

  /// The boundary operator from dimension k to k − 1 over the integers: a row for each simplex of dimension k − 1, a
  /// column for each of dimension k, (−1)ⁱ where leaving out vertex i of the column's simplex gives the row's.
  public func boundary(_ k: Int) -> [[Int]] {
    guard k >= 1, k <= dimension else { return [] }
    let place = Dictionary(uniqueKeysWithValues: simplices[k - 1].enumerated().map { ($1, $0) })
    var rows = Array(repeating: Array(repeating: 0, count: simplices[k].count), count: simplices[k - 1].count)
    for (column, simplex) in simplices[k].enumerated() {
      for i in simplex.indices { if let row = place[simplex.removing(i)] { rows[row][column] = i % 2 == 0 ? 1 : -1 } }
    }
    return rows
  }

  /// Σ (−1)ᵏ · number of simplices of dimension k.
  public var eulerCharacteristic: Int {
    simplices.enumerated().reduce(0) { $0 + ($1.offset % 2 == 0 ? 1 : -1) * $1.element.count }
  }

  /// The Betti numbers over Z₂ in all dimensions: dim ker ∂ₖ − rank ∂ₖ₊₁.
  public var bettiOverZ2: [Int] {
    let ranks = (0...dimension + 1).map { rankOverZ2(boundary($0)) }
    return (0...dimension).map { simplices[$0].count - ranks[$0] - ranks[$0 + 1] }
  }

  /// The integral homology in all dimensions: Hₖ = Z^betti ⊕ Z/t for each torsion coefficient t. The Betti numbers are
  /// those over the rationals.
  /// - Throws: `LandscapeError` when the elimination's integers outgrow 31 bits.
  public func homology() throws -> [Homology] {
    let factors = try (0...dimension + 1).map { try invariantFactors(boundary($0)) }
    return (0...dimension).map { k in
      Homology(
        betti: simplices[k].count - factors[k].count - factors[k + 1].count,
        torsion: factors[k + 1].filter { $0 > 1 }.sorted())
    }
  }

  /// A finitely generated abelian group.
  public struct Homology: Hashable, Sendable {
    public var betti: Int
    public var torsion: [Int]

    public init(betti: Int, torsion: [Int] = []) {
      self.betti = betti
      self.torsion = torsion
    }
  }
}

extension [Int] {
  fileprivate func removing(_ index: Int) -> [Int] {
    var copy = self
    copy.remove(at: index)
    return copy
  }
}

private func rankOverZ2(_ matrix: [[Int]]) -> Int {
  // A row as the set of its odd columns; elimination by the first of them.
  var byFirst: [Int: Set<Int>] = [:]
  for row in matrix {
    var odd = Set(row.indices.filter { row[$0] % 2 != 0 })
    while let first = odd.min() {
      guard let earlier = byFirst[first] else {
        byFirst[first] = odd
        break
      }
      odd.formSymmetricDifference(earlier)
    }
  }
  return byFirst.count
}

/// The diagonal of the Smith normal form without its zeros, up to the order in which factors are split: their torsion
/// group is right. The least entry is the pivot until its row and column are clear.
private func invariantFactors(_ matrix: [[Int]]) throws -> [Int] {
  var rows = matrix
  var factors: [Int] = []
  while true {
    var pivot: (row: Int, column: Int)?
    for row in rows.indices {
      for column in rows[row].indices where rows[row][column] != 0 {
        if let best = pivot, abs(rows[best.row][best.column]) <= abs(rows[row][column]) { continue }
        pivot = (row, column)
      }
    }
    guard let (r, c) = pivot else { return factors }
    let value = rows[r][c]
    var isClear = true
    for row in rows.indices where row != r && rows[row][c] != 0 {
      let times = rows[row][c] / value
      for column in rows[row].indices { rows[row][column] -= times * rows[r][column] }
      if rows[row][c] != 0 { isClear = false }
    }
    if isClear {
      // The column is clear, so that column operations change the pivot's row alone.
      for column in rows[r].indices where column != c { rows[r][column] %= value }
      isClear = rows[r].indices.allSatisfy { $0 == c || rows[r][$0] == 0 }
    }
    guard rows.allSatisfy({ row in row.allSatisfy { abs($0) < 1 << 31 } }) else {
      throw LandscapeError("the complex is too large for exact homology", hints: ["Betti numbers over Z₂ always work"])
    }
    if isClear {
      factors.append(abs(value))
      rows[r] = Array(repeating: 0, count: rows[r].count)
    }
  }
}
