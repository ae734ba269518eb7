public import Autodiff
public import Tensors

/// A loss with weight decay, L(θ) + ½λ‖θ‖².
///
/// The penalty grows in every direction: what is flat for ever is no longer, and a softmax that can tell all samples apart
/// has its minimum at a finite place.
public final class Penalized<Base: Objective>: Objective {
  public typealias Element = Base.Element
  private let base: Base
  private let decay: Double

  /// - Parameter decay: λ.
  public init(_ base: Base, decay: Double) {
    self.base = base
    self.decay = decay
  }

  public var layout: ParameterLayout { base.layout }

  public func value(at point: Vector<Element>) -> Double {
    base.value(at: point) + penalty(at: point)
  }

  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    let value = base.gradient(at: point, into: &gradient)
    gradient.add(decay, times: point)
    return value + penalty(at: point)
  }

  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) {
    base.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint)
    product.add(decay, times: direction)
  }

  private func penalty(at point: Vector<Element>) -> Double { 0.5 * decay * Double(point.dot(point)) }
}
