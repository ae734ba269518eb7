public import Tensors

/// A differentiable scalar function of one flat parameter vector, at a setting: a batch of data, say.
///
/// Networks make objectives; optimizers descend them; landscapes survey them. One that was given no data (Rosenbrock,
/// a quadratic) is its own setting.
public protocol Objective<Element>: AnyObject {
  associatedtype Element: Scalar
  var layout: ParameterLayout { get }
  /// The value at a point.
  func value(at point: Vector<Element>) -> Double
  /// The gradient at a point, written over `gradient`; returns the value.
  func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double
  /// The product of the Hessian at a point with a direction, written over `product`.
  ///
  /// - Parameter samePoint: promises that point and setting are those of the last call, whose passes are reused.
  func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool)
  /// The same as a loss of a model's outputs, if it is one.
  var withOutputs: (any OutputObjective<Element>)? { get }
}

extension Objective {
  public var withOutputs: (any OutputObjective<Element>)? { nil }
}
