public import Autodiff
public import Tensors

/// Perturbed gradient descent: w ← w − ηg, and where ‖g‖ ≤ `threshold` and no more than `wait` steps have passed without a
/// push, first a push to a random point of the ball of radius r around w. It leaves strict saddles in polynomial time,
/// where plain gradient descent may need exponentially long. Jin et al. 2017, arXiv:1703.00887; Du et al. 2017.
public struct PerturbedGradientDescent: RandomRule {
  public var learningRate: Double
  public var radius: Double
  public var threshold: Double
  public var wait: Int

  public init(learningRate: Double = 0.01, radius: Double = 0.01, threshold: Double = 0.001, wait: Int = 10) {
    self.learningRate = learningRate
    self.radius = radius
    self.threshold = threshold
    self.wait = wait
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element> { PerturbedOptimizer<Element>(self, count: layout.count, seeds) }
}

private final class PerturbedOptimizer<Element: Scalar>: Optimizer {
  private let rule: PerturbedGradientDescent
  private let seeds: Seeds
  private var gradient: Vector<Element>

  init(_ rule: PerturbedGradientDescent, count: Int, _ seeds: Seeds) {
    self.rule = rule
    self.seeds = seeds
    gradient = Vector(zeros: count)
  }

  /// One number: steps since the last push.
  func start(at point: Vector<Element>) -> OptimizerState<Element> {
    OptimizerState(vectors: Vector(repeating: Element(rule.wait), count: 1))
  }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    var loss = objective.gradient(at: point, into: &gradient)
    let norm = gradient.norm
    state.steps += 1
    var change = Vector<Element>(zeros: point.count)
    if norm <= rule.threshold, Int(state.vectors[0]) >= rule.wait {
      state.vectors[0] = 0
      change.replace(from: 0, with: push(count: point.count, step: state.steps).map { Element($0) })
      point.add(1, times: change)
      let before = loss
      _ = objective.gradient(at: point, into: &gradient)
      loss = before
    } else {
      // Beyond the wait nothing needs counting.
      state.vectors[0] = min(state.vectors[0] + 1, Element(rule.wait))
    }
    let rate = learningRate(rateFactor: rateFactor)
    point.add(-rate, times: gradient)
    change.add(-rate, times: gradient)
    return StepReport(loss: loss, gradientNorm: norm, updateNorm: change.norm)
  }

  /// Uniform in the ball: a normal direction, and a length whose n-th power is uniform.
  private func push(count: Int, step: Int) -> [Double] {
    var stream = seeds.stream(.probes(step))
    let direction = stream.normals(count)
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let distance = rule.radius * power(stream.uniform(), 1 / Double(count))
    return direction.map { $0 * distance / length }
  }

  func learningRate(rateFactor: Double) -> Double { rule.learningRate * rateFactor }
}
