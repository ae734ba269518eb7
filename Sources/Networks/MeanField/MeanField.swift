import Tensors

/// The signals of an infinitely wide network with independent normal weights and biases, layer by layer.
///
/// With Var W = σw²/fan-in and Var b = σb², the pre-activations of a layer are normal with variance q and, for two
/// inputs, correlation c. Poole et al. 2016, arXiv:1606.05340; Schoenholz et al. 2017, arXiv:1611.01232.
public struct MeanField: Sendable {
  public var activation: Activation
  /// σw².
  public var weightVariance: Double
  /// σb².
  public var biasVariance: Double
  private let quadrature = NormalQuadrature()
  /// For pairs of normal numbers, of which there are the square of its nodes.
  private let coarse = NormalQuadrature(steps: 12)

  public init(_ activation: Activation, weightVariance: Double, biasVariance: Double) {
    self.activation = activation
    self.weightVariance = weightVariance
    self.biasVariance = biasVariance
  }

  /// E φ(√q z)²: the mean square of what a layer passes on.
  public func meanSquare(_ q: Double) -> Double {
    quadrature.mean(activation.sampled(at: points(q)).values.lazy.map { $0 * $0 })
  }

  /// The next layer's variance: σw² E φ(√q z)² + σb².
  public func variance(after q: Double) -> Double { weightVariance * meanSquare(q) + biasVariance }

  /// χ = σw² E φ′(√q z)²: what a layer multiplies the mean square of a derivative by on the way back, and the slope of
  /// the correlation map at c = 1. Below 1 signals forget their differences, above 1 they grow.
  public func susceptibility(_ q: Double) -> Double {
    weightVariance * quadrature.mean(activation.sampled(at: points(q)).slopes.lazy.map { $0 * $0 })
  }

  /// The correlation of the next layer's pre-activations for two inputs whose own have variance q and correlation c:
  /// (σw² E φ(√q z₁) φ(√q (c z₁ + √(1−c²) z₂)) + σb²) / variance(after: q).
  public func correlation(after c: Double, variance q: Double) -> Double {
    let rest = max(0, 1 - c * c).squareRoot()
    let root = q.squareRoot()
    let first = activation.sampled(at: coarse.nodes.map { root * $0 }).values
    let second = activation.sampled(at: coarse.nodes.flatMap { z in coarse.nodes.map { root * (c * z + rest * $0) } })
      .values
    let count = coarse.nodes.count
    var mean = 0.0
    var square = 0.0
    for row in 0..<count {
      mean += coarse.weights[row] * first[row] * coarse.mean(second[row * count..<(row + 1) * count])
      square += coarse.weights[row] * first[row] * first[row]
    }
    // Divided by the variance on the same nodes, so that c = 1 stays 1.
    return (weightVariance * mean + biasVariance) / (weightVariance * square + biasVariance)
  }

  /// The variance that layers settle at, from a start; infinite if they grow without bound.
  public func fixedPoint(from start: Double = 1) -> Double {
    var q = start
    for _ in 0..<10_000 {
      let next = variance(after: q)
      if abs(next - q) <= 1e-13 * q || next < 1e-300 { return next < 1e-300 ? 0 : next }
      if !(next < 1e12) { return .infinity }
      q = next
    }
    return q
  }

  private func points(_ q: Double) -> [Double] {
    let root = q.squareRoot()
    return quadrature.nodes.map { root * $0 }
  }
}

extension MeanField {
  /// The network on the edge of chaos with a given σb: variances at a fixed point q with χ = 1. `nil` if there is none.
  ///
  /// χ = 1 makes σw² = 1 / E φ′² at each q, and the fixed point then leaves σb² = q − E φ² / E φ′²: one equation for q.
  public static func critical(_ activation: Activation, biasVariance: Double) -> (MeanField, q: Double)? {
    let unit = MeanField(activation, weightVariance: 1, biasVariance: 0)
    func excess(_ q: Double) -> Double { q - unit.meanSquare(q) / unit.susceptibility(q) - biasVariance }
    func field(_ q: Double) -> (MeanField, q: Double) {
      (MeanField(activation, weightVariance: 1 / unit.susceptibility(q), biasVariance: biasVariance), q)
    }
    if biasVariance == 0 {
      // Piecewise linear activations are critical at every q.
      if abs(excess(1)) < 1e-12 { return field(1) }
      // Saturating ones at q = 0, where they are linear and from where larger signals shrink back.
      if activation.sampled(at: [0]).values[0] == 0, excess(0.01) > 0, excess(0.0001) > 0 { return field(0) }
    }
    // The smallest q at which the excess changes sign.
    var low = 1e-6
    while low < 1e4 {
      let high = low * 1.25
      if (excess(low) < 0) != (excess(high) < 0) { break }
      low = high
    }
    guard low < 1e4 else { return nil }
    var high = low * 1.25
    let sign = excess(low) < 0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if (excess(middle) < 0) == sign { low = middle } else { high = middle }
    }
    return field(low)
  }
}
