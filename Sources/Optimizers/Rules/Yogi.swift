public import Autodiff

/// Yogi: Adam whose second moment moves by (1−β₂)g² towards g², whichever way that is.
/// v ← v − (1−β₂) sign(v − g²) g², w ← w − η m̂ / (√v̂ + ε). Zaheer et al. 2018; both moments start at `initial`, as in
/// Optax.
public struct Yogi: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var initial: Double

  public init(
    learningRate: Double = 0.01, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-3,
    initial: Double = 1e-6
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.initial = initial
  }

  public var stateVectors: [Double] { [initial, initial] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    [learningRate / (1 - power(beta1, step)), 1 / (1 - power(beta2, step)).squareRoot()]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let m = beta1 * state[0] + (1 - beta1) * g
    let v = state[1] - (1 - beta2) * (state[1] - g.squared).sign * g.squared
    return (w - scalars[0] * m / (v.squareRoot * scalars[1] + epsilon), [m, v])
  }
}
