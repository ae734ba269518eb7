public import Tensors

/// A curve between two points of weight space, bent by points in between: φ(t) = Σ cⱼ(t) wⱼ, t from 0 to 1.
///
/// Garipov, Izmailov, Podoprikhin, Vetrov & Wilson, "Loss surfaces, mode connectivity, and fast ensembling of DNNs",
/// NeurIPS 2018, arXiv:1802.10026.
public enum ConnectingCurve: String, CaseIterable, Hashable, Sendable {
  /// Bernstein polynomials: cⱼ = C(k−1, j) tʲ (1 − t)^(k−1−j).
  case bezier
  /// Straight pieces from each point to the next: cⱼ = max(0, 1 − |t(k − 1) − j|).
  case polyChain = "poly-chain"

  /// The weights cⱼ(t) of `points` points, ends included; they sum to 1 for t in [0, 1].
  /// - Precondition: two points or more.
  public func coefficients(at t: Double, points: Int) -> [Double] {
    precondition(points >= 2)
    let degree = points - 1
    switch self {
    case .bezier:
      var binomial = 1.0
      return (0...degree).map { j in
        if j > 0 { binomial = binomial * Double(degree - j + 1) / Double(j) }
        return binomial * power(t, j) * power(1 - t, degree - j)
      }
    case .polyChain: return (0...degree).map { max(0, 1 - abs(t * Double(degree) - Double($0))) }
    }
  }

  /// dcⱼ/dt; at a corner of a chain, that of the piece to the right.
  public func slopes(at t: Double, points: Int) -> [Double] {
    precondition(points >= 2)
    let degree = points - 1
    switch self {
    case .bezier:
      let lower = degree > 1 ? coefficients(at: t, points: degree) : [1]
      return (0...degree).map { j in
        Double(degree) * ((j > 0 ? lower[j - 1] : 0) - (j < degree ? lower[j] : 0))
      }
    case .polyChain:
      let piece = min(max(0, Int((t * Double(degree)).rounded(.down))), degree - 1)
      return (0...degree).map { $0 == piece ? -Double(degree) : $0 == piece + 1 ? Double(degree) : 0 }
    }
  }

  /// The length ∫₀¹ ‖φ′(t)‖ dt.
  ///
  /// - Parameter products: ⟨wᵢ, wⱼ⟩ of the points, k × k: lengths need nothing else of them.
  ///
  /// Ten-point Gauss–Legendre quadrature on 16 pieces of [0, 1] for each piece of the curve.
  public func length(products: Matrix) -> Double {
    let points = products.rows
    let pieces = 16 * (points - 1)
    var sum = 0.0
    for piece in 0..<pieces {
      for (node, weight) in zip(legendreNodes, legendreWeights) {
        for side in [-node, node] {
          let slopes = slopes(at: (Double(piece) + (1 + side) / 2) / Double(pieces), points: points)
          var square = 0.0
          for i in 0..<points { for j in 0..<points { square += slopes[i] * slopes[j] * products[i, j] } }
          sum += weight / 2 / Double(pieces) * max(0, square).squareRoot()
        }
      }
    }
    return sum
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { value, _ in value * base }
  }
}

private let legendreNodes = [
  0.14887433898163122, 0.4333953941292472, 0.6794095682990244, 0.8650633666889845, 0.9739065285171717,
]
private let legendreWeights = [
  0.29552422471475287, 0.26926671930999635, 0.21908636251598204, 0.1494513491505806, 0.06667134430868814,
]
