public import Autodiff

/// Lion: c = β₁m + (1−β₁)g, w ← w − η(sign c + λw), m ← β₂m + (1−β₂)g. Chen et al. 2023, arXiv:2302.06675.
///
/// Every parameter moves by exactly η, so the learning rate is 3–10 times smaller than Adam's. Weight decay is decoupled.
public struct Lion: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var weightDecay: Double

  public init(learningRate: Double = 1e-4, beta1: Double = 0.9, beta2: Double = 0.99, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { [0] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let direction = (beta1 * state[0] + (1 - beta1) * g).sign
    let decayed = weightDecay == 0 ? direction : direction + weightDecay * w
    return (w - scalars[0] * decayed, [beta2 * state[0] + (1 - beta2) * g])
  }
}
