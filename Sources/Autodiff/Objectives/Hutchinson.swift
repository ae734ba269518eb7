public import Tensors

/// What random directions are drawn from.
public enum ProbeDistribution: String, Sendable, CaseIterable {
  /// 1 or −1: the estimate of a diagonal matrix is exact.
  case rademacher
  /// Standard normal.
  case gaussian

  /// One probe, written over `probe`.
  public func draw<Element: Scalar>(from stream: inout Stream, into probe: inout Vector<Element>) {
    let values = self == .rademacher ? stream.signs(probe.count) : stream.normals(probe.count)
    for (index, value) in values.enumerated() { probe[index] = Element(value) }
  }
}

extension Objective {
  /// The mean of z ⊙ Hz over random probes z, an unbiased estimate of the Hessian's diagonal. Bekas, Kokiopoulou & Saad
  /// 2007.
  ///
  /// One probe's i-th entry has the variance Σ_{j≠i} H_ij², and 2H_ii² more with Gaussian probes.
  public func hessianDiagonal(
    at point: Vector<Element>, probes: Int, of distribution: ProbeDistribution, from stream: inout Stream
  ) -> [Double] {
    var sums = [Double](repeating: 0, count: point.count)
    var probe = Vector<Element>(zeros: point.count)
    var product = Vector<Element>(zeros: point.count)
    for index in 0..<probes {
      distribution.draw(from: &stream, into: &probe)
      hessianProduct(at: point, with: probe, into: &product, samePoint: index > 0)
      for i in sums.indices { sums[i] += Double(probe[i]) * Double(product[i]) }
    }
    return sums.map { $0 / Double(probes) }
  }
}
