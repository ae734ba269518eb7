/// Up from 1/`startDivisor` to 1 in the first share `rise` of the run, then down to 1/(`startDivisor`·`endDivisor`);
/// with three phases down as it came up, and then on. PyTorch's OneCycleLR without its cycle of the momentum. Smith &
/// Topin 2018, arXiv:1708.07120.
public struct OneCycle: Schedule {
  public enum Shape: String, Sendable, CaseIterable { case cosine, linear }

  public var duration: Int
  public var rise: Double
  public var shape: Shape
  public var startDivisor: Double
  public var endDivisor: Double
  public var hasThreePhases: Bool

  public init(
    duration: Int, rise: Double = 0.3, shape: Shape = .cosine, startDivisor: Double = 25, endDivisor: Double = 1e4,
    hasThreePhases: Bool = false
  ) {
    self.duration = duration
    self.rise = rise
    self.shape = shape
    self.startDivisor = startDivisor
    self.endDivisor = endDivisor
    self.hasThreePhases = hasThreePhases
  }

  public func factor(at time: Int) -> Double {
    let low = 1 / startDivisor
    let total = Double(duration)
    // Where each phase ends, as PyTorch counts: at a unit, so one less than its number of units.
    let top = rise * total - 1
    var phases = [(end: top, from: low, to: 1.0)]
    if hasThreePhases { phases.append((2 * rise * total - 2, 1, low)) }
    phases.append((total - 1, hasThreePhases ? low : 1, low / endDivisor))
    let now = min(Double(time), total - 1)
    var begin = 0.0
    for (index, phase) in phases.enumerated() {
      if now <= phase.end || index == phases.count - 1 {
        let progress = phase.end > begin ? (now - begin) / (phase.end - begin) : 1
        return shape == .cosine
          ? cosineBlend(from: phase.from, to: phase.to, progress) : phase.from + (phase.to - phase.from) * progress
      }
      begin = phase.end
    }
    return low / endDivisor
  }
}
