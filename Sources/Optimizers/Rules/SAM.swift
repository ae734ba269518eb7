public import Autodiff
public import Tensors

/// Sharpness-aware minimisation: another rule's step with the gradient taken at w + e, the steepest way up of length ρ.
/// e = ρg/‖g‖; adaptive (ASAM), e = ρw²g/‖wg‖, so that the neighbourhood has the shape of the weights.
/// Foret et al. 2021, arXiv:2010.01412; Kwon et al. 2021, arXiv:2102.11600.
public struct SAM: Rule {
  public var base: any Rule
  public var radius: Double
  public var isAdaptive: Bool

  public init(_ base: any Rule, radius: Double = 0.05, isAdaptive: Bool = false) {
    self.base = base
    self.radius = radius
    self.isAdaptive = isAdaptive
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { makeOptimizer(for: layout, precision: precision, seeds: Seeds(book: 0, run: 0)) }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element> {
    SharpnessAwareOptimizer<Element>(
      self, base: base.makeOptimizer(for: layout, precision: precision, seeds: seeds), count: layout.count)
  }

  public func demands(for layout: ParameterLayout) -> Demands { base.demands(for: layout) }
}

private final class SharpnessAwareOptimizer<Element: Scalar>: Optimizer {
  private let base: any Optimizer<Element>
  private let program: Program
  private let workspace: Workspace<Element>
  private var gradient: Vector<Element>
  private var ascent: Vector<Element>
  private var report = Vector<Element>(zeros: 1)

  init(_ rule: SAM, base: any Optimizer<Element>, count: Int) {
    self.base = base
    let trace = Trace()
    let w = trace.input(slot: Slot.point, shape: [count])
    let g = trace.input(slot: Slot.gradient, shape: [count])
    let scaled = rule.isAdaptive ? w * g : g
    let length = scaled.squared.sum().squareRoot + 1e-12
    let direction = rule.isAdaptive ? w * scaled : g
    program = Program([
      Program.Output(g.squared.sum(), slot: Slot.report),
      Program.Output(direction * (rule.radius / length), slot: Slot.ascent),
    ])
    workspace = program.makeWorkspace()
    gradient = Vector(zeros: count)
    ascent = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { base.start(at: point) }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    workspace.slots[Slot.point] = point
    workspace.swap(slot: Slot.gradient, with: &gradient)
    workspace.swap(slot: Slot.ascent, with: &ascent)
    workspace.swap(slot: Slot.report, with: &report)
    program.run(workspace)
    workspace.swap(slot: Slot.report, with: &report)
    workspace.swap(slot: Slot.ascent, with: &ascent)
    workspace.swap(slot: Slot.gradient, with: &gradient)
    // Given up, so that the caller's vector stays theirs alone.
    workspace.slots[Slot.point] = Vector(zeros: 0)
    var taken = base.step(
      &point, &state, on: DisplacedObjective(objective, by: ascent), rateFactor: rateFactor)
    taken.loss = loss
    taken.gradientNorm = Double(report[0]).squareRoot()
    return taken
  }

  func evaluationPoint(_ point: Vector<Element>, _ state: OptimizerState<Element>) -> Vector<Element> {
    base.evaluationPoint(point, state)
  }

  func learningRate(rateFactor: Double) -> Double { base.learningRate(rateFactor: rateFactor) }
}

/// An objective seen a fixed displacement away from the point that is asked about.
private final class DisplacedObjective<Element: Scalar>: Objective {
  private let base: any Objective<Element>
  private let displacement: Vector<Element>

  init(_ base: any Objective<Element>, by displacement: Vector<Element>) {
    self.base = base
    self.displacement = displacement
  }

  var layout: ParameterLayout { base.layout }
  func value(at point: Vector<Element>) -> Double { base.value(at: moved(point)) }
  func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    base.gradient(at: moved(point), into: &gradient)
  }
  func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { base.hessianProduct(at: moved(point), with: direction, into: &product, samePoint: samePoint) }

  private func moved(_ point: Vector<Element>) -> Vector<Element> {
    var there = point
    there.add(1, times: displacement)
    return there
  }
}

private enum Slot {
  static let point = 1
  static let gradient = 2
  static let ascent = 3
  static let report = 4
}
