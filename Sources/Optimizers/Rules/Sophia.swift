public import Autodiff
import Tensors

/// Sophia: momentum divided by a running estimate of the curvature's diagonal, no element above 1.
/// m ← β₁m + (1−β₁)g; every k steps h ← β₂h + (1−β₂)ĥ; w ← w − ηλw − η·clip(m/max(γh, ε), 1).
/// Liu et al. 2023, arXiv:2305.14342.
///
/// Sophia-H estimates the Hessian's diagonal by Hutchinson's probes, Sophia-G the Gauss-Newton matrix's with labels
/// drawn from the model.
public struct Sophia: DiagonalRule {
  public var curvature: DiagonalCurvature
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var gamma: Double
  public var epsilon: Double
  public var weightDecay: Double
  public var interval: Int

  public init(
    _ curvature: DiagonalCurvature, learningRate: Double = 1e-3, beta1: Double = 0.965, beta2: Double = 0.99,
    gamma: Double = 0.01, epsilon: Double = 1e-12, weightDecay: Double = 0, interval: Int = 10
  ) {
    self.curvature = curvature
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.gamma = gamma
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.interval = interval
  }

  public var initialState: [Double] { [0, 0] }

  public func scalars(step: Int, isFresh: Bool, learningRate: Double) -> [Double] {
    [learningRate, isFresh ? beta2 : 1, isFresh ? 1 - beta2 : 0, 1 - learningRate * weightDecay]
  }

  public func update(_ w: Value, _ g: Value, _ estimate: Value, _ state: [Value], _ scalars: [Value]) -> (
    w: Value, state: [Value]
  ) {
    let m = beta1 * state[0] + (1 - beta1) * g
    let h = scalars[1] * state[1] + scalars[2] * estimate
    let ratio = m / (gamma * h).maximum(w.trace.constant(epsilon))
    let kept = weightDecay == 0 ? w : w * scalars[3]
    return (kept - scalars[0] * clippedToOne(ratio), [m, h])
  }
}

/// The sources' Sophia, as they coded it: the square of the batch gradient stands for the curvature, which starts at 1,
/// and weight decay is added to the gradient. It estimates neither the Hessian nor the Gauss-Newton matrix: an
/// empirical Fisher method with clipping. w ← w − η·clip(m/(ρh + 10⁻⁸), 1).
public struct EmpiricalSophia: DiagonalRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var rho: Double
  public var weightDecay: Double
  public var interval: Int

  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.965, beta2: Double = 0.99, rho: Double = 0.04,
    weightDecay: Double = 0, interval: Int = 10
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.rho = rho
    self.weightDecay = weightDecay
    self.interval = interval
  }

  public var curvature: DiagonalCurvature { .squaredGradient }
  public var initialState: [Double] { [0, 1] }

  public func scalars(step: Int, isFresh: Bool, learningRate: Double) -> [Double] {
    [learningRate, isFresh ? beta2 : 1, isFresh ? 1 - beta2 : 0]
  }

  public func update(_ w: Value, _ g: Value, _ estimate: Value, _ state: [Value], _ scalars: [Value]) -> (
    w: Value, state: [Value]
  ) {
    let slope = weightDecay == 0 ? g : g + weightDecay * w
    // The coupled decay is in the gradient that is squared, too.
    let square = weightDecay == 0 ? estimate : slope.squared
    let m = beta1 * state[0] + (1 - beta1) * slope
    let h = scalars[1] * state[1] + scalars[2] * square
    return (w - scalars[0] * clippedToOne(m / (rho * h + 1e-8)), [m, h])
  }
}

private func clippedToOne(_ x: Value) -> Value { x.minimum(x.trace.constant(1)).maximum(x.trace.constant(-1)) }
