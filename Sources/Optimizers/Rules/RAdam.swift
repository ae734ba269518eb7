public import Autodiff

/// RAdam: Adam whose second moment is used only once enough gradients went into it, and then by a rectified step.
/// Liu et al. 2020, arXiv:1908.03265; as in PyTorch.
///
/// ρ∞ = 2/(1−β₂) − 1, ρₜ = ρ∞ − 2tβ₂ᵗ/(1−β₂ᵗ). Where ρₜ > 5: w ← w − η r m̂ / (√v + ε)·√(1−β₂ᵗ) with
/// r² = (ρₜ−4)(ρₜ−2)ρ∞ / ((ρ∞−4)(ρ∞−2)ρₜ); before that w ← w − η m̂.
public struct RAdam: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  public var isDecoupled: Bool

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0, isDecoupled: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
  }

  public var stateVectors: [Double] { [0, 0] }

  /// The rate of m, the factor of its rectified part, the factor of its plain part, what decay leaves.
  public func scalars(step: Int, learningRate: Double) -> [Double] {
    let correction = 1 - power(beta2, step)
    let limit = 2 / (1 - beta2) - 1
    let length = limit - 2 * Double(step) * power(beta2, step) / correction
    let rate = learningRate / (1 - power(beta1, step))
    let kept = 1 - learningRate * weightDecay
    guard length > 5 else { return [rate, 0, 1, kept] }
    let rectified = (length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length)
    return [rate, (rectified * correction).squareRoot(), 0, kept]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 || isDecoupled ? g : g + weightDecay * w
    let m = beta1 * state[0] + (1 - beta1) * gradient
    let v = beta2 * state[1] + (1 - beta2) * gradient.squared
    let kept = weightDecay == 0 || !isDecoupled ? w : w * scalars[3]
    return (kept - scalars[0] * m * (scalars[1] / (v.squareRoot + epsilon) + scalars[2]), [m, v])
  }
}
