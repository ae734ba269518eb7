/// Half cosine waves one after another, each starting at 1, each `multiplier` times as long as the last: SGDR. PyTorch's
/// CosineAnnealingWarmRestarts. Loshchilov & Hutter 2017, arXiv:1608.03983.
public struct CosineRestarts: Schedule {
  public var period: Int
  public var multiplier: Int
  public var minimum: Double

  /// - Precondition: `period` and `multiplier` are positive.
  public init(period: Int, multiplier: Int = 1, minimum: Double = 0) {
    precondition(period > 0 && multiplier > 0)
    self.period = period
    self.multiplier = multiplier
    self.minimum = minimum
  }

  public func factor(at time: Int) -> Double {
    var length = period
    var start = 0
    if multiplier == 1 {
      start = time / period * period
    } else {
      while time - start >= length {
        start += length
        length *= multiplier
      }
    }
    return cosineBlend(from: 1, to: minimum, Double(time - start) / Double(length))
  }
}
