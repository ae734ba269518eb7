public import Tensors

/// How far the neighbours of a map are neighbours of the points: 1 when each point's `neighbours` nearest in the map are
/// among its nearest, less for every one that comes from further, by its rank.
///
/// 1 − 2/(n k (2n − 3k − 1)) Σᵢ Σⱼ max(0, rank(i, j) − k) over the k nearest j of i in the map.
///
/// - Parameters:
///   - map: n × dimensions.
///   - points: the same points, n × d.
/// - Throws: `LandscapeError` unless `neighbours` is from 1 to below n/2.
///
/// Venna & Kaski, "Neighborhood preservation in nonlinear projection methods", 2001.
public func trustworthiness(of map: Matrix, for points: Matrix, neighbours k: Int) throws -> Double {
  let n = points.rows
  guard map.rows == n else { throw LandscapeError("the map has \(map.rows) points of \(n)") }
  guard k >= 1, 2 * k < n else {
    throw LandscapeError("\(k) neighbours of \(n) points", hints: ["1 to below half the points"])
  }
  let (far, near) = (pairwiseDistances(points), pairwiseDistances(map))
  var penalty = 0
  for i in 0..<n {
    let others = (0..<n).filter { $0 != i }
    let ranked = others.sorted { (far[i, $0], $0) < (far[i, $1], $1) }
    let rank = Dictionary(uniqueKeysWithValues: ranked.enumerated().map { ($1, $0 + 1) })
    for j in others.sorted(by: { (near[i, $0], $0) < (near[i, $1], $1) }).prefix(k) {
      penalty += max(0, (rank[j] ?? 0) - k)
    }
  }
  return 1 - Double(penalty) * 2 / Double(n * k * (2 * n - 3 * k - 1))
}
