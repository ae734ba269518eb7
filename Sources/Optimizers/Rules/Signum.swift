public import Autodiff

/// Signum: m ← βm + (1−β)g, w ← w − η(sign m + λw). With β = 0, signSGD, which remembers nothing.
/// Bernstein et al. 2018, arXiv:1802.04434.
public struct Signum: ElementwiseRule {
  public var learningRate: Double
  public var momentum: Double
  public var weightDecay: Double

  public init(learningRate: Double = 1e-4, momentum: Double = 0.9, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { momentum == 0 ? [] : [0] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let m = state.first.map { momentum * $0 + (1 - momentum) * g } ?? g
    let decayed = weightDecay == 0 ? m.sign : m.sign + weightDecay * w
    return (w - scalars[0] * decayed, state.isEmpty ? [] : [m])
  }
}
