/// m + (1 − m)·(1 + cos(πt/T))/2: from 1 down to the minimum m along half a cosine wave of T units; beyond it the rate
/// rises again, as in PyTorch's CosineAnnealingLR. Loshchilov & Hutter 2017, arXiv:1608.03983.
public struct Cosine: Schedule {
  public var duration: Int
  public var minimum: Double

  /// - Precondition: `duration` is positive.
  public init(duration: Int, minimum: Double = 0) {
    precondition(duration > 0)
    self.duration = duration
    self.minimum = minimum
  }

  public func factor(at time: Int) -> Double {
    cosineBlend(from: 1, to: minimum, Double(time) / Double(duration))
  }
}
