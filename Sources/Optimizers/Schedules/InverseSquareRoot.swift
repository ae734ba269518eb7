/// √(k/(k + t)) with the time scale k: after a linear warm-up of k units this is the schedule of the Transformer.
/// Vaswani et al. 2017, arXiv:1706.03762.
public struct InverseSquareRoot: Schedule {
  public var timescale: Double

  /// - Precondition: `timescale` is positive.
  public init(timescale: Double) {
    precondition(timescale > 0)
    self.timescale = timescale
  }

  public func factor(at time: Int) -> Double { (timescale / (timescale + Double(time))).squareRoot() }
}
