/// A straight rise from `start` to 1 over `duration` units, then another schedule, whose time starts there. PyTorch's
/// LinearLR and the other, joined by SequentialLR. Goyal et al. 2017, arXiv:1706.02677.
public struct WarmedUp: Schedule {
  public var schedule: any Schedule
  public var duration: Int
  public var start: Double

  /// - Parameter start: 1/(duration + 1) when left out, so that the rate rises by equal amounts to the full one.
  public init(_ schedule: any Schedule, over duration: Int, from start: Double? = nil) {
    self.schedule = schedule
    self.duration = duration
    self.start = start ?? 1 / Double(duration + 1)
  }

  public var observes: Bool { schedule.observes }

  public func factor(at time: Int) -> Double {
    time < duration
      ? start + (1 - start) * Double(time) / Double(duration) : schedule.factor(at: time - duration)
  }

  public mutating func observe(_ seen: Seen) {
    guard seen.time >= duration else { return }
    var later = seen
    later.time -= duration
    schedule.observe(later)
  }
}
