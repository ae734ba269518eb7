public import Autodiff
import Tensors

/// LARS: momentum descent whose rate in each matrix is proportional to the matrix's own length.
/// v ← μv + η·τ‖w‖/(‖g‖+λ‖w‖)·(g+λw), w ← w − v. You, Gitman & Ginsburg 2017, arXiv:1708.03888.
///
/// Vectors and numbers (biases, gains) take plain momentum steps without decay. A slice of length 0, or with gradient 0,
/// takes the factor 1.
public struct LARS: SlicewiseRule {
  public var learningRate: Double
  public var momentum: Double
  /// τ.
  public var trust: Double
  public var weightDecay: Double

  public init(learningRate: Double = 0.1, momentum: Double = 0.9, trust: Double = 0.001, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.trust = trust
    self.weightDecay = weightDecay
  }

  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    [StateArray(slice.shape)]
  }

  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    var scaled = g
    if slice.matrixShape != nil {
      let length = w.norm
      scaled = (g + weightDecay * w) * trustRatio(trust * length, g.norm + weightDecay * length)
    }
    let v = momentum * state[0] + scalars[0] * scaled
    return (w - v, [v])
  }
}
