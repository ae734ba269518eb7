import Autodiff
import Tensors

/// A training objective that remembers what was observed where a step first looked: a rule that goes on to look
/// elsewhere (SAM, a line search) does not change what counts as met.
final class WatchedObjective<Element: Scalar>: Objective {
  private let base: ShardedObjective<Element>
  private var isFirst = true
  /// What the function observed along with the first value or gradient since `begin`.
  private(set) var measures: [Double] = []

  init(_ base: ShardedObjective<Element>) { self.base = base }

  func begin() { isFirst = true }

  var layout: ParameterLayout { base.layout }
  var withOutputs: (any OutputObjective<Element>)? { base.withOutputs }

  func value(at point: Vector<Element>) -> Double {
    let value = base.value(at: point)
    watch()
    return value
  }

  func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    let kept = base.buffers
    let value = base.gradient(at: point, into: &gradient)
    // Running statistics move once a step, by what was met.
    if !isFirst, kept.count > 0 { base.buffers = kept }
    watch()
    return value
  }

  func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { base.hessianProduct(at: point, with: direction, into: &product, samePoint: samePoint) }

  private func watch() {
    if isFirst { measures = base.measures }
    isFirst = false
  }
}
