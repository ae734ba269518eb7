/// (1 − t/T)^p down to 0 after T units. PyTorch's PolynomialLR.
public struct PolynomialDecay: Schedule {
  public var exponent: Double
  public var duration: Int

  /// - Precondition: `duration` is positive.
  public init(exponent: Double = 1, duration: Int) {
    precondition(duration > 0)
    self.exponent = exponent
    self.duration = duration
  }

  public func factor(at time: Int) -> Double {
    power(1 - Double(min(time, duration)) / Double(duration), exponent)
  }
}
