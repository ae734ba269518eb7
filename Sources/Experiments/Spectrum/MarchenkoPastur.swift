import Tensors

/// The density of the singular values x, in units of σ√n, of a large matrix of n columns and `ratio`·n rows whose
/// entries are independent with deviation σ: √((x₊²−x²)(x²−x₋²)) / (π·ratio·x) between x± = 1 ± √ratio.
/// Marchenko & Pastur 1967.
struct MarchenkoPastur {
  /// Smaller side over larger side, at most 1.
  let ratio: Double

  var lowerEdge: Double { 1 - ratio.squareRoot() }
  var upperEdge: Double { 1 + ratio.squareRoot() }

  func density(_ x: Double) -> Double {
    guard x > max(0, lowerEdge), x < upperEdge else { return 0 }
    let product = (upperEdge * upperEdge - x * x) * (x * x - lowerEdge * lowerEdge)
    return max(0, product).squareRoot() / (Double.pi * ratio * x)
  }

  /// The density's integral, by the midpoint rule on 200 parts.
  func share(from low: Double, to high: Double) -> Double {
    let parts = 200
    let width = (high - low) / Double(parts)
    return (0..<parts).reduce(0) { $0 + density(low + (Double($1) + 0.5) * width) } * width
  }
}
