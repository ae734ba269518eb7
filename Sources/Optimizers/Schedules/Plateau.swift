/// Multiplies the rate by γ when the watched loss has not got better for more than `patience` units, then leaves it
/// alone for `cooldown` units. Better means below (1 − threshold) times the best. PyTorch's ReduceLROnPlateau with its
/// relative threshold.
public struct Plateau: Schedule {
  public enum Watched: String, Sendable, CaseIterable { case trainLoss = "train-loss", testLoss = "test-loss" }

  public var watched: Watched
  public var gamma: Double
  public var patience: Int
  public var threshold: Double
  public var cooldown: Int
  public var minimum: Double

  private var current = 1.0
  private var best = Double.infinity
  private var badUnits = 0
  private var cooling = 0

  public init(
    watching watched: Watched = .testLoss, gamma: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, minimum: Double = 0
  ) {
    self.watched = watched
    self.gamma = gamma
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
  }

  public var observes: Bool { true }
  public func factor(at time: Int) -> Double { current }

  public mutating func observe(_ seen: Seen) {
    guard seen.time > 0 else { return }
    let loss = watched == .trainLoss ? seen.trainLoss : seen.testLoss
    if loss < best * (1 - threshold) {
      best = loss
      badUnits = 0
    } else {
      badUnits += 1
    }
    if cooling > 0 {
      cooling -= 1
      badUnits = 0
    }
    if badUnits > patience {
      current = max(current * gamma, minimum)
      cooling = cooldown
      badUnits = 0
    }
  }
}
