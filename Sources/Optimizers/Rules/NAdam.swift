public import Autodiff
import func Glibc.pow

/// NAdam: Adam with Nesterov's look-ahead and a momentum that grows by μₜ = β₁(1 − ½·0.96^(tψ)).
/// w ← w − η [ (1−μₜ) g / (1−Πμ) + μₜ₊₁ m / (1−μₜ₊₁Πμ) ] / (√v̂ + ε). Dozat 2016; the schedule is PyTorch's.
public struct NAdam: ElementwiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  /// ψ of the schedule.
  public var momentumDecay: Double
  public var weightDecay: Double
  public var isDecoupled: Bool

  public init(
    learningRate: Double = 0.002, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    momentumDecay: Double = 0.004, weightDecay: Double = 0, isDecoupled: Bool = false
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
    self.weightDecay = weightDecay
    self.isDecoupled = isDecoupled
  }

  public var stateVectors: [Double] { [0, 0] }
  /// Πμ, the product of all momenta so far.
  public var stateNumbers: [Double] { [1] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    func momentum(_ step: Int) -> Double { beta1 * (1 - 0.5 * pow(0.96, Double(step) * momentumDecay)) }
    return [
      learningRate, momentum(step), momentum(step + 1), 1 / (1 - power(beta2, step)).squareRoot(),
      1 - learningRate * weightDecay,
    ]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 || isDecoupled ? g : g + weightDecay * w
    let m = beta1 * state[0] + (1 - beta1) * gradient
    let v = beta2 * state[1] + (1 - beta2) * gradient.squared
    let (momentum, next) = (scalars[1], scalars[2])
    let product = state[2] * momentum
    let direction = gradient * ((1 - momentum) / (1 - product)) + m * (next / (1 - product * next))
    let kept = weightDecay == 0 || !isDecoupled ? w : w * scalars[4]
    return (kept - scalars[0] * direction / (v.squareRoot * scalars[3] + epsilon), [m, v, product])
  }
}
