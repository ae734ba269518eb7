public import Tensors

/// The Euclidean distances of all pairs of rows, n × n.
public func pairwiseDistances(_ points: Matrix) -> Matrix {
  let (n, width) = (points.rows, points.columns)
  let coordinates = points.elements
  var result = Matrix(rows: n, columns: n, Array(repeating: 0, count: n * n))
  for i in 0..<n {
    for j in 0..<i {
      let distance = squaredDistance(coordinates, i * width, j * width, count: width).squareRoot()
      result[i, j] = distance
      result[j, i] = distance
    }
  }
  return result
}

/// The squared distance of two runs of `count` numbers, from places `a` and `b` on; 16 sums at once, since points may be
/// all parameters of a network.
private func squaredDistance(_ numbers: [Double], _ a: Int, _ b: Int, count: Int) -> Double {
  var sums = (SIMD8<Double>.zero, SIMD8<Double>.zero)
  var k = 0
  while k &+ 16 <= count {
    var (x, y) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
    for lane in 0..<8 { x[lane] = numbers[a &+ k &+ lane] - numbers[b &+ k &+ lane] }
    for lane in 0..<8 { y[lane] = numbers[a &+ k &+ 8 &+ lane] - numbers[b &+ k &+ 8 &+ lane] }
    sums.0.addProduct(x, x)
    sums.1.addProduct(y, y)
    k &+= 16
  }
  var sum = (sums.0 + sums.1).sum()
  while k < count {
    let difference = numbers[a &+ k] - numbers[b &+ k]
    sum += difference * difference
    k &+= 1
  }
  return sum
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
