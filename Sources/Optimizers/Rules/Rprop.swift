public import Autodiff

/// Rprop: every parameter has a step size of its own that grows while its gradient keeps its sign and shrinks when it
/// turns; a turned gradient is skipped once. Riedmiller & Braun 1993; as in PyTorch. For full batches.
public struct Rprop: ElementwiseRule {
  /// The first step size.
  public var learningRate: Double
  public var shrink: Double
  public var grow: Double
  public var smallest: Double
  public var largest: Double

  public init(
    learningRate: Double = 0.01, shrink: Double = 0.5, grow: Double = 1.2, smallest: Double = 1e-6,
    largest: Double = 50
  ) {
    self.learningRate = learningRate
    self.shrink = shrink
    self.grow = grow
    self.smallest = smallest
    self.largest = largest
  }

  /// The last gradient and the step sizes.
  public var stateVectors: [Double] { [0, learningRate] }
  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate / self.learningRate] }

  public func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value]) {
    let (kept, turned) = ((g * state[0]).step, (-(g * state[0])).step)
    let factor = 1 + kept * (grow - 1) + turned * (shrink - 1)
    let size = (state[1] * factor).maximum(w.trace.constant(smallest)).minimum(w.trace.constant(largest))
    let gradient = g * (1 - turned)
    return (w - scalars[0] * (gradient.sign * size), [gradient, size])
  }
}
