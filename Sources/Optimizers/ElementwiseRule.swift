public import Autodiff
public import Tensors

/// A rule that treats every parameter alike and by itself: one gradient a step, then one traced update that is compiled
/// to a single pass over the flat vectors.
public protocol ElementwiseRule: Rule {
  /// How many vectors of the parameters' length the rule remembers.
  var stateVectors: Int { get }
  /// What the remembered vectors start at.
  var initialState: Double { get }
  var learningRate: Double { get }
  /// Numbers that change from step to step (a learning rate, a bias correction), for step `step` counted from 1.
  func scalars(step: Int, learningRate: Double) -> [Double]
  /// The update: parameters, gradient, state vectors and this step's scalars in; parameters and state out.
  func update(_ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value]) -> (w: Value, state: [Value])
}

extension ElementwiseRule {
  public var initialState: Double { 0 }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> {
    ElementwiseOptimizer<Element>(self, count: layout.count)
  }
}

private enum Slot {
  static let point = 1
  static let gradient = 2
  static let state = 3
  static let scalars = 4
  static let report = 5
}

/// An element-wise rule compiled for a number of parameters.
final class ElementwiseOptimizer<Element: Scalar>: Optimizer {
  private let rule: any ElementwiseRule
  private let count: Int
  private let program: Program
  private let workspace: Workspace<Element>
  private var gradient: Vector<Element>
  private var scalars: Vector<Element>
  private var report = Vector<Element>(zeros: 2)

  init(_ rule: any ElementwiseRule, count: Int) {
    self.rule = rule
    self.count = count
    let trace = Trace()
    let shape: Shape = [count]
    let w = trace.input(slot: Slot.point, shape: shape)
    let g = trace.input(slot: Slot.gradient, shape: shape)
    let state = (0..<rule.stateVectors).map { trace.input(slot: Slot.state, offset: $0 * count, shape: shape) }
    let scalarCount = rule.scalars(step: 1, learningRate: rule.learningRate).count
    let inputs = (0..<scalarCount).map { trace.input(slot: Slot.scalars, offset: $0, shape: .scalar) }
    let (next, nextState) = rule.update(w, g, state, inputs)
    var outputs = [
      Program.Output(g.squared.sum(), slot: Slot.report),
      Program.Output((next - w).squared.sum(), slot: Slot.report, offset: 1),
      Program.Output(next, slot: Slot.point),
    ]
    for (index, value) in nextState.enumerated() {
      outputs.append(Program.Output(value, slot: Slot.state, offset: index * count))
    }
    program = Program(outputs)
    workspace = program.makeWorkspace()
    gradient = Vector(zeros: count)
    scalars = Vector(zeros: max(1, scalarCount))
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> {
    OptimizerState(vectors: Vector(repeating: Element(rule.initialState), count: rule.stateVectors * count))
  }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    let numbers = rule.scalars(step: state.steps, learningRate: learningRate(rateFactor: rateFactor))
    for (index, number) in numbers.enumerated() { scalars[index] = Element(number) }
    workspace.swap(slot: Slot.point, with: &point)
    workspace.swap(slot: Slot.gradient, with: &gradient)
    if rule.stateVectors > 0 { workspace.swap(slot: Slot.state, with: &state.vectors) }
    if !numbers.isEmpty { workspace.swap(slot: Slot.scalars, with: &scalars) }
    workspace.swap(slot: Slot.report, with: &report)
    program.run(workspace)
    workspace.swap(slot: Slot.report, with: &report)
    if !numbers.isEmpty { workspace.swap(slot: Slot.scalars, with: &scalars) }
    if rule.stateVectors > 0 { workspace.swap(slot: Slot.state, with: &state.vectors) }
    workspace.swap(slot: Slot.gradient, with: &gradient)
    workspace.swap(slot: Slot.point, with: &point)
    return StepReport(
      loss: loss, gradientNorm: Double(report[0]).squareRoot(), updateNorm: Double(report[1]).squareRoot())
  }

  func learningRate(rateFactor: Double) -> Double { rule.learningRate * rateFactor }
}

/// xⁿ for a whole n ≥ 0, by squaring: the same bits everywhere.
func power(_ x: Double, _ n: Int) -> Double {
  var result = 1.0
  var base = x
  var rest = n
  while rest > 0 {
    if rest & 1 == 1 { result *= base }
    base *= base
    rest >>= 1
  }
  return result
}
