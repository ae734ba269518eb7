import Autodiff
import Tensors

/// A training objective that remembers what was observed where a step first looked: a rule that goes on to look
/// elsewhere (SAM, a line search) does not change what counts as met.
final class WatchedObjective<Element: Scalar>: Objective {
  private let base: ShardedObjective<Element>
  private var isFirst = true
  /// What the function observed along with the first value or gradient since `begin`.
  private(set) var measures: [Double] = []
  /// The first gradient since `begin`, if those are kept.
  private(set) var gradient = Vector<Element>(zeros: 0)
  private let keepsGradient: Bool
  private var isFirstGradient = true

  /// - Parameter keepsGradient: whether somebody will ask for `gradient`.
  init(_ base: ShardedObjective<Element>, keepsGradient: Bool = false) {
    self.base = base
    self.keepsGradient = keepsGradient
    if keepsGradient { gradient = Vector(zeros: base.layout.count) }
  }

  func begin() {
    isFirst = true
    isFirstGradient = true
  }

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
    if keepsGradient, isFirstGradient { self.gradient.copy(gradient.count, from: gradient, at: 0, to: 0) }
    isFirstGradient = false
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
