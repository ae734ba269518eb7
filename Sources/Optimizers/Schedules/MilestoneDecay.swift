/// γ to the number of milestones reached; one that stands twice counts twice. PyTorch's MultiStepLR.
public struct MilestoneDecay: Schedule {
  public var milestones: [Int]
  public var gamma: Double

  public init(milestones: [Int], gamma: Double = 0.1) {
    self.milestones = milestones
    self.gamma = gamma
  }

  public func factor(at time: Int) -> Double { power(gamma, milestones.count { $0 <= time }) }
}
