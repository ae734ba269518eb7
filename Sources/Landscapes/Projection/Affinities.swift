internal import Tensors

/// The probabilities with which t-SNE sees each two points as neighbours, n × n, symmetric, sum 1.
///
/// pⱼ|ᵢ ∝ e^(−βᵢ dᵢⱼ²), each βᵢ found so that the entropy of row i is ln(perplexity); then (pⱼ|ᵢ + pᵢ|ⱼ) / 2n.
func affinities(squaredDistances: Matrix, perplexity: Double) -> Matrix {
  let n = squaredDistances.rows
  let target = logarithm(perplexity)
  var conditional = Matrix(rows: n, columns: n, Array(repeating: 0, count: n * n))
  for i in 0..<n {
    let others = (0..<n).filter { $0 != i }
    // From the nearest, so that the exponentials do not all vanish.
    let nearest = others.map { squaredDistances[i, $0] }.min() ?? 0
    let gaps = others.map { squaredDistances[i, $0] - nearest }
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    var weights = gaps.map { _ in 1.0 }
    if mean > 0 {
      var (low, high) = (0.0, Double.infinity)
      var precision = 1 / mean
      for _ in 0..<200 {
        weights = gaps.map { exponential(-precision * $0) }
        let sum = weights.reduce(0, +)
        let entropy = logarithm(sum) + precision * zip(gaps, weights).reduce(0) { $0 + $1.0 * $1.1 } / sum
        if abs(entropy - target) < 1e-12 { break }
        if entropy > target { low = precision } else { high = precision }
        precision = high == .infinity ? 2 * precision : (low + high) / 2
      }
    }
    let sum = weights.reduce(0, +)
    for (j, weight) in zip(others, weights) { conditional[i, j] = weight / sum }
  }
  var joint = conditional
  for i in 0..<n { for j in 0..<n { joint[i, j] = (conditional[i, j] + conditional[j, i]) / Double(2 * n) } }
  return joint
}
