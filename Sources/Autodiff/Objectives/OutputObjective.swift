public import Tensors

/// An objective that is a loss of a model's outputs: what Gauss-Newton, Fisher and tangent kernels are made from.
///
/// J is the Jacobian of the outputs, `[samples · outputs]` numbers, in the parameters.
public protocol OutputObjective<Element>: Objective {
  /// Samples of the present batch, over which the value is a mean.
  var samples: Int { get }
  /// Numbers that the model says about the batch: samples times outputs.
  var outputCount: Int { get }
  /// Whether the outputs are the logits of a softmax over classes and the value is the cross-entropy of labels.
  var hasLabels: Bool { get }
  /// What the model says, row-major, written over `outputs`.
  func outputs(at point: Vector<Element>, into outputs: inout Vector<Element>)
  /// Jv, as long as the outputs.
  func jacobianProduct(at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>)
  /// Jᵀu, as long as the parameters.
  func transposedJacobianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>)
  /// JᵀHJv with the Hessian H of the value in the outputs; `samePoint` as for Hessian products.
  func gaussNewtonProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool)
  /// The gradient with `labels` in place of the batch's; they are lent and come back.
  /// - Precondition: `hasLabels`.
  func gradient(at point: Vector<Element>, labels: inout Vector<Element>, into gradient: inout Vector<Element>)
  /// The gradient of the value in the outputs, as long as these.
  func outputGradient(at point: Vector<Element>, into gradient: inout Vector<Element>)
  /// The same with `labels` in place of the batch's; they are lent and come back.
  /// - Precondition: `hasLabels`.
  func outputGradient(at point: Vector<Element>, labels: inout Vector<Element>, into gradient: inout Vector<Element>)
  /// Hu with the Hessian H of the value in the outputs; `samePoint` as for Hessian products.
  func outputHessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool)
  /// The layers that are linear in weights which nothing else reads.
  var linearLayers: [LinearLayer] { get }
  /// For each of `linearLayers` the mean of āāᵀ over the rows ā that it takes, then the sum of ggᵀ over the derivatives g of
  /// ⟨outputs, direction⟩ by what it makes of each row, before the bias; one after the other.
  ///
  /// - Parameter samePoint: as for Hessian products; the first of the two are then left as that call wrote them.
  func layerMoments(
    at point: Vector<Element>, with direction: Vector<Element>, into moments: inout Vector<Element>, samePoint: Bool)
}

extension OutputObjective {
  /// Draws a label for every sample from the softmax of its outputs.
  public func drawLabels(
    from outputs: Vector<Element>, drawing stream: inout Stream, into labels: inout Vector<Element>
  ) {
    let classes = outputs.count / samples
    for sample in 0..<samples {
      var top = -Double.infinity
      for k in 0..<classes { top = max(top, Double(outputs[sample * classes + k])) }
      var total = 0.0
      for k in 0..<classes { total += exponential(Double(outputs[sample * classes + k]) - top) }
      var rest = stream.uniform() * total
      var label = 0
      while label < classes - 1 {
        rest -= exponential(Double(outputs[sample * classes + label]) - top)
        if rest < 0 { break }
        label += 1
      }
      labels[sample] = Element(label)
    }
  }
}
