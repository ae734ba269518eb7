public import Autodiff
public import Tensors

/// A rule that divides by an estimate of the Hessian's diagonal, refreshed every few steps: one traced update, compiled
/// to a pass over the flat vectors.
public protocol DiagonalRule: RandomRule {
  /// What the estimate is made from.
  var curvature: DiagonalCurvature { get }
  /// Steps from one estimate to the next; the first step makes one.
  var interval: Int { get }
  var learningRate: Double { get }
  /// What each remembered vector starts at.
  var initialState: [Double] { get }
  /// Numbers for step `step`, counted from 1. On a step without a fresh estimate they must make the update ignore it.
  func scalars(step: Int, isFresh: Bool, learningRate: Double) -> [Double]
  /// The update of one slice: parameters, gradient, estimate, state and this step's scalars in; parameters and state out.
  func update(_ w: Value, _ g: Value, _ estimate: Value, _ state: [Value], _ scalars: [Value]) -> (
    w: Value, state: [Value]
  )
}

/// Estimates of a diagonal, each a product of two vectors.
public enum DiagonalCurvature: Sendable, Hashable {
  /// z ⊙ Hz with a random z: the Hessian's. Hutchinson; Bekas et al. 2007.
  case hutchinson(ProbeDistribution)
  /// B·ĝ ⊙ ĝ, ĝ the gradient of a batch of B samples with labels drawn from the model: the Gauss-Newton matrix's.
  /// Gauss-Newton-Bartlett; Liu et al. 2023, arXiv:2305.14342.
  case gaussNewtonBartlett
  /// g ⊙ g: the batch gradient's own square, an empirical Fisher matrix of the batch as one sample.
  case squaredGradient
}

extension DiagonalRule {
  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element> { DiagonalOptimizer<Element>(self, layout, seeds) }

  public func demands(for layout: ParameterLayout) -> Demands {
    Demands(access: curvature == .gaussNewtonBartlett ? .labels : .derivatives)
  }

  func isFresh(step: Int) -> Bool { (step - 1) % interval == 0 }
}

/// A diagonal rule compiled for a parameter vector.
private final class DiagonalOptimizer<Element: Scalar>: Optimizer {
  private let rule: any DiagonalRule
  private let count: Int
  private let seeds: Seeds
  private var memory = StateLayout()
  private let program: Program
  private let workspace: Workspace<Element>
  private var gradient: Vector<Element>
  /// The two factors of the estimate.
  private var left: Vector<Element>
  private var right: Vector<Element>
  private var logits = Vector<Element>(zeros: 0)
  private var labels = Vector<Element>(zeros: 0)
  private var scalars: Vector<Element>
  private var report = Vector<Element>(zeros: 2)

  init(_ rule: any DiagonalRule, _ layout: ParameterLayout, _ seeds: Seeds) {
    self.rule = rule
    self.seeds = seeds
    count = layout.count
    for start in rule.initialState { _ = memory.append(StateArray([layout.count], start: start)) }
    let trace = Trace()
    let numbers = rule.scalars(step: 1, isFresh: true, learningRate: rule.learningRate)
    let inputs = numbers.indices.map { trace.input(slot: Slot.scalars, offset: $0, shape: .scalar) }
    var outputs: [Program.Output] = []
    var gradientSquare = trace.constant(0)
    var changeSquare = trace.constant(0)
    for slice in layout.slices {
      func input(_ slot: Int, _ vector: Int = 0) -> Value {
        trace.input(slot: slot, offset: vector * layout.count + slice.offset, shape: slice.shape)
      }
      let w = input(Slot.point)
      let g = input(Slot.gradient)
      let (next, nextState) = rule.update(
        w, g, input(Slot.left) * input(Slot.right), rule.initialState.indices.map { input(Slot.state, $0) }, inputs)
      gradientSquare = gradientSquare + g.squared.sum()
      changeSquare = changeSquare + (next - w).squared.sum()
      outputs.append(Program.Output(next, slot: Slot.next, offset: slice.offset))
      for (index, value) in nextState.enumerated() {
        outputs.append(Program.Output(value, slot: Slot.nextState, offset: index * layout.count + slice.offset))
      }
    }
    outputs.append(Program.Output(gradientSquare, slot: Slot.report))
    outputs.append(Program.Output(changeSquare, slot: Slot.report, offset: 1))
    program = Program(outputs)
    workspace = program.makeWorkspace()
    workspace.slots[Slot.next] = Vector(zeros: count)
    workspace.slots[Slot.nextState] = Vector(zeros: memory.count)
    gradient = Vector(zeros: count)
    left = Vector(zeros: count)
    right = Vector(zeros: count)
    scalars = Vector(zeros: max(1, numbers.count))
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { memory.start() }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    let isFresh = rule.isFresh(step: state.steps)
    if isFresh { estimate(at: point, on: objective, step: state.steps) }
    let numbers = rule.scalars(
      step: state.steps, isFresh: isFresh, learningRate: learningRate(rateFactor: rateFactor))
    for (index, number) in numbers.enumerated() { scalars[index] = Element(number) }
    exchange(&point, &state.vectors)
    program.run(workspace)
    exchange(&point, &state.vectors)
    // What was written becomes the point and the state; what they were is written over next time.
    workspace.swap(slot: Slot.next, with: &point)
    workspace.swap(slot: Slot.nextState, with: &state.vectors)
    return StepReport(
      loss: loss, gradientNorm: Double(report[0]).squareRoot(), updateNorm: Double(report[1]).squareRoot())
  }

  private func exchange(_ point: inout Vector<Element>, _ state: inout Vector<Element>) {
    workspace.swap(slot: Slot.point, with: &point)
    workspace.swap(slot: Slot.state, with: &state)
    workspace.swap(slot: Slot.gradient, with: &gradient)
    workspace.swap(slot: Slot.left, with: &left)
    workspace.swap(slot: Slot.right, with: &right)
    workspace.swap(slot: Slot.scalars, with: &scalars)
    workspace.swap(slot: Slot.report, with: &report)
  }

  private func estimate(at point: Vector<Element>, on objective: any Objective<Element>, step: Int) {
    switch rule.curvature {
    case .hutchinson(let distribution):
      var stream = seeds.stream(.probes(step))
      distribution.draw(from: &stream, into: &left)
      objective.hessianProduct(at: point, with: left, into: &right, samePoint: false)
    case .gaussNewtonBartlett:
      guard let model = objective.withOutputs, model.hasLabels else {
        preconditionFailure("labels are drawn from a classifier only")
      }
      if logits.count != model.outputCount { logits = Vector(zeros: model.outputCount) }
      if labels.count != model.samples { labels = Vector(zeros: model.samples) }
      var stream = seeds.stream(.labels(step: step))
      model.outputs(at: point, into: &logits)
      model.drawLabels(from: logits, drawing: &stream, into: &labels)
      model.gradient(at: point, labels: &labels, into: &left)
      right.copy(count, from: left, at: 0, to: 0)
      right.scale(by: Double(model.samples))
    case .squaredGradient:
      left.copy(count, from: gradient, at: 0, to: 0)
      right.copy(count, from: gradient, at: 0, to: 0)
    }
  }

  func learningRate(rateFactor: Double) -> Double { rule.learningRate * rateFactor }
}

private enum Slot {
  static let point = 1
  static let gradient = 2
  static let left = 3
  static let right = 4
  static let state = 5
  static let scalars = 6
  static let report = 7
  static let next = 8
  static let nextState = 9
}
