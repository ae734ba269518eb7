public import Autodiff
public import Tensors

/// A rule that moves a point downhill, configured but bound to no problem yet: a value that a spec describes.
public protocol Rule: Sendable {
  /// Binds the rule to a parameter vector and a precision.
  func makeOptimizer<Element: Scalar>(for layout: ParameterLayout, precision: Element.Type) -> any Optimizer<Element>
  /// The same with the seeds of its random numbers, for a rule that draws some.
  func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element>
  /// What the rule cannot do without; few need anything.
  func demands(for layout: ParameterLayout) -> Demands
}

extension Rule {
  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type, seeds: Seeds
  ) -> any Optimizer<Element> { makeOptimizer(for: layout, precision: precision) }

  public func demands(for layout: ParameterLayout) -> Demands { Demands() }
}

/// A rule that draws random numbers: it makes its optimizer from seeds, and from the same ones always when none are
/// given.
public protocol RandomRule: Rule {}

extension RandomRule {
  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { makeOptimizer(for: layout, precision: precision, seeds: Seeds(book: 0, run: 0)) }
}

/// What a rule needs of the objective and of the machine, so that what cannot work is said before it runs.
public struct Demands: Sendable {
  public enum Access: Sendable, Comparable {
    /// Values, gradients and Hessian products: every objective has them.
    case derivatives
    /// An objective with outputs: a model's loss. See `OutputObjective`.
    case outputs
    /// A softmax classifier, whose labels can be drawn from what it says.
    case labels
  }

  public var access: Access
  /// Bytes of the dense matrix that a step works with; 0 for most.
  public var matrixBytes: Int

  public init(access: Access = .derivatives, matrixBytes: Int = 0) {
    self.access = access
    self.matrixBytes = matrixBytes
  }
}

/// A rule at work.
///
/// A rule may ask the objective for as many values, gradients and Hessian products as it likes, at any points: that is
/// what lets second-order rules, line searches and look-ahead rules share one contract. Everything it remembers is in
/// `state`, so copying point and state is a checkpoint.
public protocol Optimizer<Element>: AnyObject {
  associatedtype Element: Scalar
  /// The state before the first step.
  func start(at point: Vector<Element>) -> OptimizerState<Element>
  /// One step at the objective's present batch.
  ///
  /// - Parameter rateFactor: what a schedule multiplies the learning rate by; 1 without one.
  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport
  /// Where the model is to be judged, when that is not the point that steps move.
  func evaluationPoint(_ point: Vector<Element>, _ state: OptimizerState<Element>) -> Vector<Element>
  /// The learning rate that a step with this factor uses; NaN for rules without one.
  func learningRate(rateFactor: Double) -> Double
}

extension Optimizer {
  public func evaluationPoint(_ point: Vector<Element>, _ state: OptimizerState<Element>) -> Vector<Element> { point }
}

/// What a rule remembers between steps.
public struct OptimizerState<Element: Scalar>: Sendable, Equatable {
  /// Steps taken.
  public var steps = 0
  /// Moments, accumulators and the like, one after another; each as long as the parameters unless the rule says else.
  public var vectors: Vector<Element>

  public init(vectors: Vector<Element>) { self.vectors = vectors }

  /// Bytes that the rule keeps besides the parameters and the gradient: counted, not measured.
  public var bytes: Int { vectors.count * MemoryLayout<Element>.stride }
}

/// What was seen during a step.
public struct StepReport: Sendable {
  /// The objective before the step, where its gradient was taken.
  public var loss: Double
  /// ‖gradient‖₂.
  public var gradientNorm: Double
  /// ‖change of the point‖₂.
  public var updateNorm: Double

  public init(loss: Double, gradientNorm: Double, updateNorm: Double) {
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.updateNorm = updateNorm
  }
}
