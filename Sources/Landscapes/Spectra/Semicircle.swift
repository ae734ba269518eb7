internal import func Glibc.asin

/// Wigner's semicircle: how the eigenvalues of a large random symmetric matrix with entries of variance σ² spread, in units
/// of σ√n, where it reaches from −2 to 2; moved by `shift`.
///
/// The Hessian at a critical point of a Gaussian random field in many dimensions has this spectrum, moved in proportion to
/// minus the energy, the field's value there: high points have many negative eigenvalues, low ones few, and below a
/// threshold none. Wigner 1958; Bray & Dean 2007, arXiv:cond-mat/0611023.
public struct Semicircle: Hashable, Sendable {
  public var shift: Double

  public init(shift: Double = 0) { self.shift = shift }

  /// √(4 − u²)/2π at u = x − shift.
  public func density(_ x: Double) -> Double {
    let u = x - shift
    return (max(0, 4 - u * u)).squareRoot() / (2 * .pi)
  }

  /// The share of eigenvalues below a place: ½ + u√(4 − u²)/4π + arcsin(u/2)/π.
  public func share(below x: Double) -> Double {
    let u = min(2, max(-2, x - shift))
    return min(1, max(0, 0.5 + u * (4 - u * u).squareRoot() / (4 * .pi) + asin(u / 2) / .pi))
  }

  /// The index of a critical point of a field with covariance n·exp(−|r|²/2n), of energy ε: per dimension and in units of
  /// the field's deviation. There the shift is −ε exactly.
  public static func index(energy: Double) -> Double { Semicircle(shift: -energy).share(below: 0) }
}
