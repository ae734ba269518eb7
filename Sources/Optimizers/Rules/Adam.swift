public import Autodiff

/// Adam: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − η m̂ / (√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ).
/// Kingma & Ba 2015, arXiv:1412.6980.
///
/// Weight decay is added to the gradient (Adam) or shrinks the weights by 1 − ηλ first (AdamW; Loshchilov & Hutter
/// 2019, arXiv:1711.05101). AMSGrad divides by the largest v so far, corrected as v is (PyTorch's form; Reddi, Kale &
/// Kumar 2018, arXiv:1904.09237).
public struct Adam: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  public var isDecoupled: Bool
  public var amsgrad: Bool

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0, isDecoupled: Bool = false, amsgrad: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
    self.amsgrad = amsgrad
  }

  public var stateVectors: [Double] { amsgrad ? [0, 0, 0] : [0, 0] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    [
      learningRate / (1 - power(beta1, step)), 1 / (1 - power(beta2, step)).squareRoot(),
      1 - learningRate * weightDecay,
    ]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 || isDecoupled ? g : g + weightDecay * w
    let m = beta1 * state[0] + (1 - beta1) * gradient
    let v = beta2 * state[1] + (1 - beta2) * gradient.squared
    let kept = weightDecay == 0 || !isDecoupled ? w : w * scalars[2]
    let largest = amsgrad ? state[2].maximum(v) : v
    return (
      kept - scalars[0] * m / (largest.squareRoot * scalars[1] + epsilon), amsgrad ? [m, v, largest] : [m, v]
    )
  }
}
