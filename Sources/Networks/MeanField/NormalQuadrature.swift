import Tensors

/// Expectations over a standard normal number: the midpoint rule on a uniform grid.
///
/// For an analytic integrand its error falls exponentially with the step (Trefethen & Weideman 2014), steep ones
/// included, for which Gauss–Hermite nodes lie too far apart; and no node is 0, where activations have their kinks.
public struct NormalQuadrature: Sendable {
  public let nodes: [Double]
  /// They sum to 1.
  public let weights: [Double]

  /// - Parameter steps: nodes between 0 and 1.
  public init(steps: Int = 32) {
    let nodes = (-9 * steps..<9 * steps).map { (Double($0) + 0.5) / Double(steps) }
    let densities = nodes.map { exponential(-$0 * $0 / 2) }
    let sum = densities.reduce(0, +)
    self.nodes = nodes
    weights = densities.map { $0 / sum }
  }

  /// The expectation of what has these values at the nodes.
  public func mean(_ values: some Sequence<Double>) -> Double {
    zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
