/// The sources' heuristic against parameters that run off along a flat channel: a tenth of the rate where their norm is
/// above the threshold, half of it above 0.8 thresholds, and (1 + cos(πt/T))/2 elsewhere. Nothing supports it but its
/// authors' intuition.
public struct ChannelAware: Schedule {
  public var threshold: Double
  public var duration: Int
  private var norm = 0.0

  /// - Precondition: `duration` is positive.
  public init(threshold: Double = 100, duration: Int) {
    precondition(duration > 0)
    self.threshold = threshold
    self.duration = duration
  }

  public var observes: Bool { true }

  public func factor(at time: Int) -> Double {
    if norm > threshold { return 0.1 }
    if norm > 0.8 * threshold { return 0.5 }
    return cosineBlend(from: 1, to: 0, Double(time) / Double(duration))
  }

  public mutating func observe(_ seen: Seen) { norm = seen.norm }
}
