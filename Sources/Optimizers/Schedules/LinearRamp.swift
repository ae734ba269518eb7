/// From `start` to `end` in a straight line over `duration` units, then level. PyTorch's LinearLR.
public struct LinearRamp: Schedule {
  public var start: Double
  public var end: Double
  public var duration: Int

  /// - Precondition: `duration` is positive.
  public init(from start: Double = 1, to end: Double = 0, duration: Int) {
    precondition(duration > 0)
    self.start = start
    self.end = end
    self.duration = duration
  }

  public func factor(at time: Int) -> Double {
    start + (end - start) * Double(min(time, duration)) / Double(duration)
  }
}
