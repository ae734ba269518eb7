public import Tensors

/// The Euclidean distances of all pairs of rows, n × n.
public func pairwiseDistances(_ points: Matrix) -> Matrix {
  let n = points.rows
  var result = Matrix(rows: n, columns: n, Array(repeating: 0, count: n * n))
  for i in 0..<n {
    for j in 0..<i {
      var square = 0.0
      for column in 0..<points.columns {
        let difference = points[i, column] - points[j, column]
        square += difference * difference
      }
      result[i, j] = square.squareRoot()
      result[j, i] = square.squareRoot()
    }
  }
  return result
}

/// Single-linkage clusters: points are together when a chain of steps of at most `threshold` joins them.
///
/// - Parameter among: the points to look at, all by default.
/// - Returns: the clusters' members, rising, clusters by their first member.
public func singleLinkage(distances: Matrix, threshold: Double, among members: [Int]? = nil) -> [[Int]] {
  let members = members ?? Array(0..<distances.rows)
  var sets = DisjointSets(count: members.count)
  for i in members.indices {
    for j in 0..<i where distances[members[i], members[j]] <= threshold { _ = sets.unite(i, j) }
  }
  var clusters: [Int: [Int]] = [:]
  for i in members.indices { clusters[sets.root(of: i), default: []].append(members[i]) }
  return clusters.sorted { $0.key < $1.key }.map(\.value)
}
