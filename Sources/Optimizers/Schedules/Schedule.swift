import Tensors

/// How the learning rate changes during a run: a factor on the rate of the rule.
///
/// Time counts whole units, epochs or steps, and is 0 at the first one: PyTorch's `last_epoch`. Warm-up, if any, comes
/// before and is not counted; see `WarmedUp`.
public protocol Schedule: Sendable {
  /// What the learning rate is multiplied by in the unit that starts at `time`.
  func factor(at time: Int) -> Double
  /// Told before the first unit and after every unit what the run looks like; most schedules do not care.
  mutating func observe(_ seen: Seen)
  /// Whether the schedule depends on what it observes, so that someone must measure it.
  var observes: Bool { get }
}

extension Schedule {
  public mutating func observe(_ seen: Seen) {}
  public var observes: Bool { false }
}

/// What a schedule may look at.
public struct Seen: Sendable {
  /// Units done: 0 before the first.
  public var time: Int
  /// The unit's mean training loss, and the test loss after it; NaN where there is none.
  public var trainLoss: Double
  public var testLoss: Double
  /// ‖parameters‖₂.
  public var norm: Double

  public init(time: Int, trainLoss: Double = .nan, testLoss: Double = .nan, norm: Double = .nan) {
    self.time = time
    self.trainLoss = trainLoss
    self.testLoss = testLoss
    self.norm = norm
  }
}

/// x^p for x ≥ 0: the same bits everywhere.
func power(_ x: Double, _ p: Double) -> Double {
  if p == 0 { return 1 }
  return x == 0 ? 0 : exponential(p * logarithm(x))
}

/// From `start` at progress 0 to `end` at progress 1 along half a cosine wave.
func cosineBlend(from start: Double, to end: Double, _ progress: Double) -> Double {
  end + (start - end) / 2 * (1 + sineAndCosine(turns: progress / 2).cosine)
}
