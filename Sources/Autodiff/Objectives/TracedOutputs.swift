public import Tensors

extension TracedObjective: OutputObjective {
  /// This objective, if its function says what its outputs are.
  public var withOutputs: (any OutputObjective<Element>)? { hasOutputs ? self : nil }
  public var hasLabels: Bool { function.labels != nil }
  public var outputCount: Int { unit(.outputs).program.elements(in: Slot.result) }

  public func jacobianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>
  ) { multiply(.jacobianProduct, at: point, with: direction, into: &product, samePoint: false) }

  public func transposedJacobianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>
  ) { multiply(.transposedJacobianProduct, at: point, with: direction, into: &product, samePoint: false) }

  public func gaussNewtonProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { multiply(.gaussNewtonProduct, at: point, with: direction, into: &product, samePoint: samePoint) }

  public func gradient(
    at point: Vector<Element>, labels: inout Vector<Element>, into gradient: inout Vector<Element>
  ) {
    // What is made up moves no running statistics.
    let kept = buffers
    withLabels(&labels) { _ = self.gradient(at: point, into: &gradient) }
    buffers = kept
  }

  public func outputGradient(at point: Vector<Element>, into gradient: inout Vector<Element>) {
    evaluate(.outputGradient, at: point, into: &gradient)
  }

  public func outputGradient(
    at point: Vector<Element>, labels: inout Vector<Element>, into gradient: inout Vector<Element>
  ) { withLabels(&labels) { outputGradient(at: point, into: &gradient) } }

  public func outputHessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { multiply(.outputHessianProduct, at: point, with: direction, into: &product, samePoint: samePoint) }

  public var linearLayers: [LinearLayer] { function.linearLayers(samples: samples, mode: mode) }

  public func layerMoments(
    at point: Vector<Element>, with direction: Vector<Element>, into moments: inout Vector<Element>, samePoint: Bool
  ) { multiply(.layerMoments, at: point, with: direction, into: &moments, samePoint: samePoint) }

  private func withLabels(_ labels: inout Vector<Element>, _ body: () -> Void) {
    guard let index = function.labels else { preconditionFailure("the function has no labels") }
    swapData(index, with: &labels)
    body()
    swapData(index, with: &labels)
  }
}
