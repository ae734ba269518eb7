public import Autodiff

/// AdaMax: Adam with the largest recent gradient in place of its root mean square. u ← max(β₂u, |g| + ε),
/// w ← w − η m̂ / u. Kingma & Ba 2015, arXiv:1412.6980, section 7.1; ε as in PyTorch.
public struct AdaMax: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { [0, 0] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate / (1 - power(beta1, step))] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 ? g : g + weightDecay * w
    let m = beta1 * state[0] + (1 - beta1) * gradient
    let u = (beta2 * state[1]).maximum(gradient.absolute + epsilon)
    return (w - scalars[0] * m / u, [m, u])
  }
}
