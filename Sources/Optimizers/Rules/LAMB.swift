public import Autodiff
import Tensors

/// LAMB: Adam whose step in each slice is as long as the slice. r = m̂/(√v̂+ε) + λw, w ← w − η ‖w‖/‖r‖ · r.
/// You et al. 2020, arXiv:1904.00962. A slice of length 0, or with r = 0, takes the factor 1.
public struct LAMB: SlicewiseRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-6,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    [StateArray(slice.shape), StateArray(slice.shape)]
  }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    [learningRate, 1 / (1 - power(beta1, step)), 1 / (1 - power(beta2, step)).squareRoot()]
  }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    let m = beta1 * state[0] + (1 - beta1) * g
    let v = beta2 * state[1] + (1 - beta2) * g.squared
    let direction = m * scalars[1] / (v.squareRoot * scalars[2] + epsilon)
    let decayed = weightDecay == 0 ? direction : direction + weightDecay * w
    return (w - scalars[0] * trustRatio(w.norm, decayed.norm) * decayed, [m, v])
  }
}
