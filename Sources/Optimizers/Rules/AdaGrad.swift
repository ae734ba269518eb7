public import Autodiff

/// AdaGrad: G ← G + g² from G₀ = `initial`, w ← w − η g / (√G + ε). Duchi, Hazan & Singer 2011; ε outside the root, as in PyTorch.
public struct AdaGrad: ElementwiseRule {
  public var learningRate: Double
  public var epsilon: Double
  public var weightDecay: Double
  public var initial: Double

  public init(learningRate: Double = 0.01, epsilon: Double = 1e-10, weightDecay: Double = 0, initial: Double = 0) {
    self.learningRate = learningRate
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.initial = initial
  }

  public var stateVectors: [Double] { [initial] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 ? g : g + weightDecay * w
    let sum = state[0] + gradient.squared
    return (w - scalars[0] * gradient / (sum.squareRoot + epsilon), [sum])
  }
}
