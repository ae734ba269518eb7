/// γ to the number of times that `interval` units have passed. PyTorch's StepLR; with an interval of 1 ExponentialLR.
public struct StepDecay: Schedule {
  public var interval: Int
  public var gamma: Double

  /// - Precondition: `interval` is positive.
  public init(interval: Int, gamma: Double = 0.1) {
    precondition(interval > 0)
    self.interval = interval
    self.gamma = gamma
  }

  public func factor(at time: Int) -> Double { power(gamma, time / interval) }
}
