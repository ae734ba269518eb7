/// How many eigenvalues of a Hessian are negative, zero and positive, and what that says of a critical point.
///
/// An eigenvalue counts as zero when its size is at most a tolerance times that of the largest. A computed eigenvalue is
/// never zero, so without a tolerance every degenerate point would pass for a minimum or a saddle by rounding.
public struct Inertia: Hashable, Sendable {
  /// What a critical point is, as far as the second derivative says.
  public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// All eigenvalues positive.
    case minimum
    /// All negative.
    case maximum
    /// Of both signs: up one way and down another, whatever the directions of zero curvature do.
    case saddle
    /// Some zero and none of one sign: x⁴ + y⁴, x² and −x⁴ all look like this, and so do minima and points that are none.
    case undecided
  }

  public var negative: Int
  public var zero: Int
  public var positive: Int

  /// - Parameters:
  ///   - tolerance: what counts as zero, over the largest |eigenvalue|.
  ///   - scale: a curvature that is usual for the function, where that is larger: at a point where all eigenvalues vanish,
  ///     the largest of them is no measure.
  public init(of eigenvalues: [Double], tolerance: Double = 1e-6, scale: Double = 0) {
    let limit = tolerance * eigenvalues.reduce(scale) { max($0, abs($1)) }
    negative = eigenvalues.count { $0 < -limit }
    positive = eigenvalues.count { $0 > limit }
    zero = eigenvalues.count - negative - positive
  }

  /// The index α: the share of negative eigenvalues. Dauphin et al. 2014, arXiv:1406.2572.
  public var index: Double { Double(negative) / Double(negative + zero + positive) }

  public var verdict: Verdict {
    switch (negative > 0, positive > 0) {
    case (true, true): .saddle
    case (false, true) where zero == 0: .minimum
    case (true, false) where zero == 0: .maximum
    default: .undecided
    }
  }
}
