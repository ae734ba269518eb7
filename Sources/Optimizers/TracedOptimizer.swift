import Autodiff
import Tensors

/// A rule of one gradient and one traced update a step, compiled for a parameter layout.
final class TracedOptimizer<Element: Scalar>: Optimizer {
  private let update: TracedUpdate<Element>
  private let judging: TracedUpdate<Element>?
  private let memory: StateLayout
  private let prepare: Preparation?
  private let rate: Double
  private let scalars: (_ step: Int, _ learningRate: Double) -> [Double]
  private var gradient: Vector<Element>

  /// Work on the vectors that comes before the update of a step.
  typealias Preparation = (
    _ point: inout Vector<Element>, _ gradient: inout Vector<Element>, _ state: inout Vector<Element>, _ step: Int
  ) -> Void

  /// - Parameter judging: moves a copy of the point to where the model is to be judged; empty or absent if that is the
  ///   point itself.
  init(
    update: TracedUpdate<Element>, judging: TracedUpdate<Element>? = nil, memory: StateLayout, count: Int,
    learningRate: Double, scalars: @escaping (_ step: Int, _ learningRate: Double) -> [Double],
    prepare: Preparation? = nil
  ) {
    self.update = update
    self.judging = judging.flatMap { $0.isEmpty ? nil : $0 }
    self.memory = memory
    rate = learningRate
    self.scalars = scalars
    self.prepare = prepare
    gradient = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { memory.start() }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    prepare?(&point, &gradient, &state.vectors, state.steps)
    let norms = update.run(
      &point, &gradient, &state.vectors, scalars: scalars(state.steps, learningRate(rateFactor: rateFactor)))
    return StepReport(loss: loss, gradientNorm: norms.gradientNorm, updateNorm: norms.updateNorm)
  }

  func evaluationPoint(_ point: Vector<Element>, _ state: OptimizerState<Element>) -> Vector<Element> {
    guard let judging else { return point }
    var here = point
    var vectors = state.vectors
    judging.run(&here, &gradient, &vectors, scalars: [])
    return here
  }

  func learningRate(rateFactor: Double) -> Double { rate * rateFactor }
}
