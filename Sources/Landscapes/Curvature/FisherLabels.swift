import Autodiff
import Tensors

/// Whose labels the gradients of a Fisher matrix are taken with.
public enum FisherLabels: Hashable, Sendable {
  /// All labels, each as often as the model expects it: no sampling. This is the Gauss-Newton matrix of cross-entropy, and
  /// with any other loss that matrix is what it gives, from the root of the loss's Hessian in the outputs.
  case expected
  /// So many labels for each sample, drawn from the model.
  case drawn(Int)
  /// Those of the data: the "empirical Fisher matrix", which is no estimate of the Fisher matrix. Kunstner, Hennig & Balles
  /// 2019, arXiv:1905.12558.
  case given

  /// Vectors u, as long as the outputs of a batch, such that the matrix is the sum of (Jₙᵀuₙ)(Jₙᵀuₙ)ᵀ over them and over the
  /// samples n.
  ///
  /// - Throws: `LandscapeError` where there are no labels to draw, the loss is not convex in the outputs, or something is
  ///   not finite.
  func outputFactors<Element: Scalar>(
    of model: some OutputObjective<Element>, at point: Vector<Element>, book: UInt64, run: UInt64
  ) throws -> [Vector<Element>] {
    var factors: [Vector<Element>] = []
    let empty = Vector<Element>(zeros: model.outputCount)
    let root = Double(model.samples).squareRoot()
    switch self {
    case .given:
      var slope = empty
      model.outputGradient(at: point, into: &slope)
      // The value is a mean: a sample's own slope is `samples` times as long.
      slope.scale(by: root)
      factors = [slope]
    case .drawn(let draws):
      guard model.hasLabels else {
        throw LandscapeError(
          "the loss has no class labels that a model could draw", hints: ["cross-entropy of classes"])
      }
      guard draws >= 1 else { throw LandscapeError("a Fisher matrix from \(draws) labels", hints: ["1 or more"]) }
      var outputs = empty
      var labels = Vector<Element>(zeros: model.samples)
      model.outputs(at: point, into: &outputs)
      var stream = Stream(book: book, run: run, purpose: .labels(step: 0))
      for _ in 0..<draws {
        var slope = empty
        model.drawLabels(from: outputs, drawing: &stream, into: &labels)
        model.outputGradient(at: point, labels: &labels, into: &slope)
        slope.scale(by: root / Double(draws).squareRoot())
        factors.append(slope)
      }
    case .expected:
      factors = try roots(of: model, at: point)
    }
    guard factors.allSatisfy({ $0.dot($0).isFinite }) else {
      throw LandscapeError("the slope of the loss in the outputs is not finite")
    }
    return factors
  }

  /// The columns of a root of each sample's Hessian in its outputs; column k of all samples is vector k.
  private func roots<Element: Scalar>(of model: some OutputObjective<Element>, at point: Vector<Element>) throws
    -> [Vector<Element>]
  {
    let width = model.outputCount / model.samples
    var direction = Vector<Element>(zeros: model.outputCount)
    let columns = (0..<width).map { column in
      for sample in 0..<model.samples { direction[sample * width + column] = 1 }
      defer { for sample in 0..<model.samples { direction[sample * width + column] = 0 } }
      var product = Vector<Element>(zeros: model.outputCount)
      model.outputHessianProduct(at: point, with: direction, into: &product, samePoint: column > 0)
      return product
    }
    var roots = columns.map { Vector<Element>(zeros: $0.count) }
    for sample in 0..<model.samples {
      let hessian = Matrix(
        rows: width, columns: width,
        (0..<width).flatMap { row in columns.map { Double($0[sample * width + row]) } })
      guard hessian.elements.allSatisfy(\.isFinite), let eigen = hessian.symmetricEigen() else {
        throw LandscapeError("the curvature of the loss in the outputs is not finite")
      }
      let rounding = 16 * Double(width) * Double(Element.ulpOfOne) * (eigen.values.map(abs).max() ?? 0)
      for (k, value) in eigen.values.enumerated() where value > rounding {
        for row in 0..<width {
          roots[k][sample * width + row] = Element(value.squareRoot() * eigen.vectors[row, k])
        }
      }
      guard eigen.values[0] >= -rounding else {
        throw LandscapeError("the loss is not convex in the model's outputs, so its curvature there has no root")
      }
    }
    return roots.filter { $0.dot($0) > 0 }
  }
}
