public import Autodiff

/// Stochastic gradient descent, with momentum in either of its two conventions.
///
/// Heavy ball (Polyak 1964; PyTorch): v ← μv + (1−d)g, w ← w − ηv, v₁ = g₁. Exponential moving average: the same with
/// d = μ, so that a step is 1−μ times as long; v₁ = g₁ too. Nesterov (1983, as in PyTorch): w ← w − η(g + μv).
/// Weight decay is added to the gradient; `maximize` climbs.
public struct SGD: ElementwiseRule {
  public enum Convention: String, Sendable, CaseIterable { case heavyBall = "heavy-ball", ema }

  public var learningRate: Double
  public var momentum: Double
  public var convention: Convention
  public var dampening: Double
  public var nesterov: Bool
  public var weightDecay: Double
  public var maximize: Bool

  public init(
    learningRate: Double, momentum: Double = 0, convention: Convention = .heavyBall, dampening: Double = 0,
    nesterov: Bool = false, weightDecay: Double = 0, maximize: Bool = false
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.convention = convention
    self.dampening = dampening
    self.nesterov = nesterov
    self.weightDecay = weightDecay
    self.maximize = maximize
  }

  public var stateVectors: [Double] { momentum == 0 ? [] : [0] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    let taken = convention == .ema ? 1 - momentum : 1 - dampening
    return step == 1 ? [learningRate, 0, 1] : [learningRate, momentum, taken]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let uphill = maximize ? -g : g
    let gradient = weightDecay == 0 ? uphill : uphill + weightDecay * w
    guard let v = state.first else { return (w - scalars[0] * gradient, []) }
    let next = scalars[1] * v + scalars[2] * gradient
    let direction = nesterov ? gradient + momentum * next : next
    return (w - scalars[0] * direction, [next])
  }
}
