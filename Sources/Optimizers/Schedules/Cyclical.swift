/// Straight up from `low` to 1 in `up` units and down again in `down`, over and over. The height of a cycle stays
/// (triangular), halves from cycle to cycle (triangular2), or shrinks by γ a unit (exponential-range). PyTorch's
/// CyclicLR without its cycle of the momentum. Smith 2017, arXiv:1506.01186.
public struct Cyclical: Schedule {
  public enum Mode: String, Sendable, CaseIterable {
    case triangular, triangular2, exponentialRange = "exponential-range"
  }

  public var low: Double
  public var up: Int
  public var down: Int
  public var mode: Mode
  public var gamma: Double

  /// - Precondition: `up` and `down` are positive.
  public init(low: Double, up: Int, down: Int, mode: Mode = .triangular, gamma: Double = 1) {
    precondition(up > 0 && down > 0)
    self.low = low
    self.up = up
    self.down = down
    self.mode = mode
    self.gamma = gamma
  }

  public func factor(at time: Int) -> Double {
    let cycle = time / (up + down)
    let within = time % (up + down)
    let height =
      within <= up ? Double(within) / Double(up) : Double(up + down - within) / Double(down)
    let scale =
      switch mode {
      case .triangular: 1.0
      case .triangular2: power(0.5, cycle)
      case .exponentialRange: power(gamma, time)
      }
    return low + (1 - low) * height * scale
  }
}
