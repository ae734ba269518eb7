public import Autodiff

/// RMSProp: v ← αv + (1−α)g², w ← w − η g / (√v + ε). Hinton, lecture 6e, 2012.
///
/// ε stands outside the root (PyTorch) or inside it (Optax, TensorFlow). Centred subtracts the squared mean gradient
/// from v; momentum b ← μb + g/…, w ← w − ηb.
public struct RMSProp: ElementwiseRule {
  public enum EpsilonPlace: String, Sendable, CaseIterable { case outside, inside }

  public var learningRate: Double
  public var decay: Double
  public var epsilon: Double
  public var epsilonPlace: EpsilonPlace
  public var centered: Bool
  public var momentum: Double
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.01, decay: Double = 0.99, epsilon: Double = 1e-8, epsilonPlace: EpsilonPlace = .outside,
    centered: Bool = false, momentum: Double = 0, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.decay = decay
    self.epsilon = epsilon
    self.epsilonPlace = epsilonPlace
    self.centered = centered
    self.momentum = momentum
    self.weightDecay = weightDecay
  }

  public var stateVectors: [Double] { Array(repeating: 0, count: 1 + (centered ? 1 : 0) + (momentum == 0 ? 0 : 1)) }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let gradient = weightDecay == 0 ? g : g + weightDecay * w
    var next = [decay * state[0] + (1 - decay) * gradient.squared]
    var variance = next[0]
    if centered {
      next.append(decay * state[1] + (1 - decay) * gradient)
      variance = variance - next[1].squared
    }
    let root =
      epsilonPlace == .outside ? variance.squareRoot + epsilon : (variance + epsilon).squareRoot
    var direction = gradient / root
    if momentum != 0 {
      direction = momentum * state[state.count - 1] + direction
      next.append(direction)
    }
    return (w - scalars[0] * direction, next)
  }
}
