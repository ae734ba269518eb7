/// `factor` for the first `duration` units, then 1; without a duration for ever. PyTorch's ConstantLR.
public struct ConstantFactor: Schedule {
  public var value: Double
  public var duration: Int?

  public init(_ value: Double = 1, duration: Int? = nil) {
    self.value = value
    self.duration = duration
  }

  public func factor(at time: Int) -> Double { duration.map { time < $0 } ?? true ? value : 1 }
}
