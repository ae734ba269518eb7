public import Autodiff

/// AdaBelief: Adam that divides by how far gradients stray from their mean. s ← β₂s + (1−β₂)(g−m)² + ε,
/// w ← w − η m̂ / (√ŝ + ε). Zhuang et al. 2020, arXiv:2010.07468; without rectification, as in Optax.
///
/// Where gradients agree, steps grow; where they differ, steps shrink. Weight decay is decoupled.
public struct AdaBelief: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-16,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { [0, 0] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    [
      learningRate / (1 - power(beta1, step)), 1 / (1 - power(beta2, step)).squareRoot(),
      1 - learningRate * weightDecay,
    ]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let m = beta1 * state[0] + (1 - beta1) * g
    let s = beta2 * state[1] + (1 - beta2) * (g - m).squared + epsilon
    let kept = weightDecay == 0 ? w : w * scalars[2]
    return (kept - scalars[0] * m / (s.squareRoot * scalars[1] + epsilon), [m, s])
  }
}
