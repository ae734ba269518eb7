public import Autodiff
import Tensors

/// AdaHessian: Adam with the square of the Hessian's diagonal D, estimated by one Hutchinson probe, in place of the
/// squared gradient. m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)D², w ← w − η(m̂/(v̂^(k/2) + ε) + λw) with the Hessian power k.
/// Yao et al. 2021, arXiv:2006.00719.
///
/// In a filter of a convolution |D| is averaged over the window.
public struct AdaHessian: DiagonalRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  public var hessianPower: Double
  public var averages: Bool
  public var interval: Int

  public init(
    learningRate: Double = 0.15, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-4,
    weightDecay: Double = 0, hessianPower: Double = 1, averages: Bool = true, interval: Int = 1
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.hessianPower = hessianPower
    self.averages = averages
    self.interval = interval
  }

  public var curvature: DiagonalCurvature { .hutchinson(.rademacher) }
  public var initialState: [Double] { [0, 0] }

  public func scalars(step: Int, isFresh: Bool, learningRate: Double) -> [Double] {
    let estimates = (step - 1) / interval + 1
    return [
      learningRate / (1 - power(beta1, step)), 1 / (1 - power(beta2, estimates)), isFresh ? beta2 : 1,
      isFresh ? 1 - beta2 : 0, 1 - learningRate * weightDecay,
    ]
  }

  public func update(_ w: Value, _ g: Value, _ estimate: Value, _ state: [Value], _ scalars: [Value]) -> (
    w: Value, state: [Value]
  ) {
    var diagonal = estimate
    if averages, estimate.shape.rank > 2 {
      let window = 2..<estimate.shape.rank
      let size = window.reduce(1) { $0 * estimate.shape[$1] }
      diagonal = (estimate.absolute.sum(over: window) / Double(size)).broadcast(to: estimate.shape)
    }
    let m = beta1 * state[0] + (1 - beta1) * g
    let v = scalars[2] * state[1] + scalars[3] * diagonal.squared
    let corrected = v * scalars[1]
    let root = hessianPower == 1 ? corrected.squareRoot : (0.5 * hessianPower * corrected.log).exp
    let kept = weightDecay == 0 ? w : w * scalars[4]
    return (kept - scalars[0] * m / (root + epsilon), [m, v])
  }
}
