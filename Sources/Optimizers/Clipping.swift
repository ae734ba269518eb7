public import Autodiff
public import Tensors

/// How gradients are kept short.
public enum Clip: Sendable, Hashable {
  /// g ← g·min(1, c/(‖g‖ + 10⁻⁶)): shorter, in the same direction. PyTorch's `clip_grad_norm_`; Pascanu, Mikolov &
  /// Bengio 2013, arXiv:1211.5063.
  case norm(Double)
  /// Every element to −c…c: another direction. PyTorch's `clip_grad_value_`.
  case value(Double)
}

/// An objective that lends its gradient clipped; values and products are its own.
public final class ClippedObjective<Element: Scalar>: Objective {
  private let base: any Objective<Element>
  private let clip: Clip
  private let program: Program
  private let workspace: Workspace<Element>
  private var clipped: Vector<Element>
  private var report = Vector<Element>(zeros: 2)
  /// Whether a gradient was shortened since `begin`.
  public private(set) var hasClipped = false
  /// The length of the first gradient since `begin`, before it was clipped; NaN if there was none.
  public private(set) var firstNorm = Double.nan

  public init(_ base: any Objective<Element>, _ clip: Clip) {
    self.base = base
    self.clip = clip
    let trace = Trace()
    let g = trace.input(slot: Slot.gradient, shape: [base.layout.count])
    let norm = g.squared.sum().squareRoot
    let result: Value
    let isClipped: Value
    switch clip {
    case .norm(let limit):
      result = g * (limit / (norm + 1e-6)).minimum(trace.constant(1))
      isClipped = (norm + 1e-6).isGreater(than: trace.constant(limit))
    case .value(let limit):
      result = g.minimum(trace.constant(limit)).maximum(trace.constant(-limit))
      isClipped = g.absolute.isGreater(than: trace.constant(limit)).sum()
    }
    program = Program([
      Program.Output(norm, slot: Slot.report), Program.Output(isClipped, slot: Slot.report, offset: 1),
      Program.Output(result, slot: Slot.clipped),
    ])
    workspace = program.makeWorkspace()
    clipped = Vector(zeros: base.layout.count)
  }

  /// Starts to look out anew, before a step.
  public func begin() {
    hasClipped = false
    firstNorm = .nan
  }

  public var layout: ParameterLayout { base.layout }
  public var withOutputs: (any OutputObjective<Element>)? { base.withOutputs }
  public func value(at point: Vector<Element>) -> Double { base.value(at: point) }

  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    let value = base.gradient(at: point, into: &gradient)
    workspace.swap(slot: Slot.gradient, with: &gradient)
    workspace.swap(slot: Slot.clipped, with: &clipped)
    workspace.swap(slot: Slot.report, with: &report)
    program.run(workspace)
    workspace.swap(slot: Slot.report, with: &report)
    workspace.swap(slot: Slot.clipped, with: &clipped)
    workspace.swap(slot: Slot.gradient, with: &gradient)
    swap(&gradient, &clipped)
    if firstNorm.isNaN { firstNorm = Double(report[0]) }
    if report[1] > 0 { hasClipped = true }
    return value
  }

  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { base.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint) }
}

private enum Slot {
  static let gradient = 1
  static let clipped = 2
  static let report = 3
}
