public import Autodiff
public import Tensors

/// Natural gradient descent: w ← w − η(F + δI)⁻¹g with the Fisher matrix F of what the model says, which for a softmax
/// classifier is the generalised Gauss-Newton matrix of the batch. Without damping a step does not depend, to first
/// order, on how the model is parametrised. Amari 1998; Martens 2020, arXiv:1412.1193.
///
/// The system is solved densely, for small models, or by conjugate gradients from Gauss-Newton products.
public struct NaturalGradient: Rule {
  public enum Solver: Sendable, Hashable {
    case dense
    /// Until the residual is `tolerance` times the gradient, at most `iterations` products.
    case conjugateGradient(iterations: Int, tolerance: Double)
  }

  public var learningRate: Double
  public var damping: Double
  public var solver: Solver

  public init(
    learningRate: Double = 0.1, damping: Double = 0.01,
    solver: Solver = .conjugateGradient(iterations: 20, tolerance: 1e-3)
  ) {
    self.learningRate = learningRate
    self.damping = damping
    self.solver = solver
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { NaturalOptimizer<Element>(self, count: layout.count) }

  public func demands(for layout: ParameterLayout) -> Demands {
    Demands(access: .outputs, matrixBytes: solver == .dense ? 8 * layout.count * layout.count : 0)
  }
}

private final class NaturalOptimizer<Element: Scalar>: Optimizer {
  private let rule: NaturalGradient
  private var gradient: Vector<Element>
  private var change: Vector<Element>
  private var residual: Vector<Element>
  private var direction: Vector<Element>
  private var product: Vector<Element>

  init(_ rule: NaturalGradient, count: Int) {
    self.rule = rule
    gradient = Vector(zeros: count)
    change = Vector(zeros: count)
    residual = Vector(zeros: count)
    direction = Vector(zeros: count)
    product = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { OptimizerState(vectors: Vector(zeros: 0)) }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    guard let model = objective.withOutputs else { preconditionFailure("the Fisher matrix is one of outputs") }
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    switch rule.solver {
    case .dense:
      let step = model.gaussNewtonMatrix(at: point).solution(of: gradient.array.map { Double($0) }) { [rule] in
        $0 + rule.damping
      }
      change.replace(from: 0, with: step.map { Element($0) })
    case .conjugateGradient(let iterations, let tolerance):
      solve(on: model, at: point, iterations: iterations, tolerance: tolerance)
    }
    change.scale(by: -learningRate(rateFactor: rateFactor))
    point.add(1, times: change)
    return StepReport(loss: loss, gradientNorm: gradient.norm, updateNorm: change.norm)
  }

  /// Hestenes & Stiefel 1952.
  private func solve(
    on model: any OutputObjective<Element>, at point: Vector<Element>, iterations: Int, tolerance: Double
  ) {
    let count = point.count
    change.replace(from: 0, with: repeatElement(0, count: count))
    residual.copy(count, from: gradient, at: 0, to: 0)
    direction.copy(count, from: gradient, at: 0, to: 0)
    var square = residual.dot(residual)
    let enough = square * tolerance * tolerance
    for iteration in 0..<iterations where square > enough {
      model.gaussNewtonProduct(at: point, with: direction, into: &product, samePoint: iteration > 0)
      product.add(rule.damping, times: direction)
      let length = square / direction.dot(product)
      change.add(length, times: direction)
      residual.add(-length, times: product)
      let next = residual.dot(residual)
      direction.scale(by: next / square)
      direction.add(1, times: residual)
      square = next
    }
  }

  func learningRate(rateFactor: Double) -> Double { rule.learningRate * rateFactor }
}
