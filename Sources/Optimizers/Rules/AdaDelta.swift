public import Autodiff

/// AdaDelta: v ← ρv + (1−ρ)g², d = g √(u+ε) / √(v+ε), u ← ρu + (1−ρ)d², w ← w − ηd. Zeiler 2012, arXiv:1212.5701.
///
/// Steps have the parameters' own unit, so the learning rate is 1; they start near √ε and grow.
public struct AdaDelta: ElementwiseRule {
  public var learningRate: Double
  public var decay: Double
  public var epsilon: Double
  public var weightDecay: Double

  public init(learningRate: Double = 1, decay: Double = 0.9, epsilon: Double = 1e-6, weightDecay: Double = 0) {
    self.learningRate = learningRate
    self.decay = decay
    self.epsilon = epsilon
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { [0, 0] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 ? g : g + weightDecay * w
    let v = decay * state[0] + (1 - decay) * gradient.squared
    let step = gradient * ((state[1] + epsilon).squareRoot / (v + epsilon).squareRoot)
    return (w - scalars[0] * step, [v, decay * state[1] + (1 - decay) * step.squared])
  }
}
