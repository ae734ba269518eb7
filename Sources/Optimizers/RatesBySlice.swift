public import Autodiff
public import Tensors

/// A rule with a learning rate of its own for each slice: what the rule's step changes there, times a factor.
///
/// That is the same as another learning rate for every rule whose step is proportional to it and which remembers nothing
/// of the point itself: gradient descent with any momentum, Adam and its kin.
public struct RatesBySlice: Rule {
  private let rule: any Rule
  private let factor: @Sendable (ParameterLayout.Slice) -> Double

  /// - Parameter factor: on the rule's learning rate, by slice.
  public init(_ rule: any Rule, factor: @escaping @Sendable (ParameterLayout.Slice) -> Double) {
    self.rule = rule
    self.factor = factor
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { wrapped(rule.makeOptimizer(for: layout, precision: precision), layout) }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element> {
    wrapped(rule.makeOptimizer(for: layout, precision: precision, seeds: seeds), layout)
  }

  public func demands(for layout: ParameterLayout) -> Demands { rule.demands(for: layout) }

  private func wrapped<Element: Scalar>(
    _ inner: any Optimizer<Element>, _ layout: ParameterLayout
  ) -> any Optimizer<Element> {
    let factors = layout.slices.map { ($0, factor($0)) }
    return factors.allSatisfy { $0.1 == 1 } ? inner : SlicedOptimizer(inner, factors, count: layout.count)
  }
}

private enum Slot {
  static let point = 1
  static let before = 2
  static let report = 3
}

private final class SlicedOptimizer<Element: Scalar>: Optimizer {
  private let inner: any Optimizer<Element>
  private let program: Program
  private let workspace: Workspace<Element>
  private var before: Vector<Element>
  private var report = Vector<Element>(zeros: 1)

  init(_ inner: any Optimizer<Element>, _ factors: [(ParameterLayout.Slice, Double)], count: Int) {
    self.inner = inner
    let trace = Trace()
    var outputs: [Program.Output] = []
    var squares = trace.constant(0)
    for (slice, factor) in factors {
      let shape: Shape = [slice.shape.count]
      let point = trace.input(slot: Slot.point, offset: slice.offset, shape: shape)
      let old = trace.input(slot: Slot.before, offset: slice.offset, shape: shape)
      let change = (point - old) * factor
      squares = squares + change.squared.sum()
      if factor != 1 { outputs.append(Program.Output(old + change, slot: Slot.point, offset: slice.offset)) }
    }
    program = Program([Program.Output(squares, slot: Slot.report)] + outputs)
    workspace = program.makeWorkspace()
    before = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { inner.start(at: point) }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    before.copy(point.count, from: point, at: 0, to: 0)
    var seen = inner.step(&point, &state, on: objective, rateFactor: rateFactor)
    workspace.swap(slot: Slot.point, with: &point)
    workspace.swap(slot: Slot.before, with: &before)
    workspace.swap(slot: Slot.report, with: &report)
    program.run(workspace)
    workspace.swap(slot: Slot.report, with: &report)
    workspace.swap(slot: Slot.before, with: &before)
    workspace.swap(slot: Slot.point, with: &point)
    seen.updateNorm = Double(report[0]).squareRoot()
    return seen
  }

  func evaluationPoint(_ point: Vector<Element>, _ state: OptimizerState<Element>) -> Vector<Element> {
    inner.evaluationPoint(point, state)
  }

  func learningRate(rateFactor: Double) -> Double { inner.learningRate(rateFactor: rateFactor) }
}
