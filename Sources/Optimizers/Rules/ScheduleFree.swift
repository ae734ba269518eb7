public import Autodiff

/// Schedule-free descent: gradients are taken at y = (1−β)z + βx, z takes the steps, x is their weighted mean and is
/// where the model is judged. z ← z − ηd, x ← (1−c)x + cz with c = η²ₘₐₓ / Σ η²ₘₐₓ, which is 1/t at a constant rate.
/// Defazio et al. 2024, arXiv:2405.15682.
///
/// The point that steps move is y; z − y is remembered, and x = y − (1−β)/β·(z − y) is computed when it is asked for. The
/// direction d is the gradient (SGD), or the gradient over √v̂ + ε with v an average of its squares (AdamW); λy is added
/// to it.
public struct ScheduleFree: ElementwiseRule {
  public enum Base: Sendable, Hashable {
    case sgd
    case adamW(beta2: Double, epsilon: Double)
  }

  public var base: Base
  public var learningRate: Double
  /// β, above 0.
  public var interpolation: Double
  public var weightDecay: Double
  /// Steps over which the rate rises from η/warmup to η.
  public var warmup: Int

  public init(base: Base, learningRate: Double, interpolation: Double = 0.9, weightDecay: Double = 0, warmup: Int = 0) {
    precondition(interpolation > 0, "x cannot be found again without a share of it in y")
    self.base = base
    self.learningRate = learningRate
    self.interpolation = interpolation
    self.weightDecay = weightDecay
    self.warmup = warmup
  }

  /// z − y, and for AdamW v.
  public var stateVectors: [Double] { base == .sgd ? [0] : [0, 0] }
  /// The largest rate so far and the sum of the weights.
  public var stateNumbers: [Double] { [0, 0] }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    let rate = step < warmup ? learningRate * Double(step) / Double(warmup) : learningRate
    guard case .adamW(let beta2, _) = base else { return [rate] }
    return [rate, 1 / (1 - power(beta2, step)).squareRoot()]
  }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let numbers = state.count - 2
    let rate = state[numbers].maximum(scalars[0])
    let total = state[numbers + 1] + rate.squared
    let share = rate.squared / total

    var direction = g
    var moments: [Value] = []
    if case .adamW(let beta2, let epsilon) = base {
      let v = beta2 * state[1] + (1 - beta2) * g.squared
      direction = g / (v.squareRoot * scalars[1] + epsilon)
      moments = [v]
    }
    if weightDecay != 0 { direction = direction + weightDecay * w }

    let x = judged(w, state[0])
    let z = w + state[0] - scalars[0] * direction
    let average = x + share * (z - x)
    let y = average + (1 - interpolation) * (z - average)
    return (y, [z - y] + moments + [rate, total])
  }

  public func evaluationPoint(_ w: Value, _ state: [Value]) -> Value? { judged(w, state[0]) }

  private func judged(_ y: Value, _ difference: Value) -> Value {
    y - (1 - interpolation) / interpolation * difference
  }
}
