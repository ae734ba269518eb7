public import Autodiff
public import Tensors

/// The part of a classifier's Gauss-Newton matrix that the means of its classes make, and that puts the outliers into the
/// Hessian's spectrum: as many as there are classes, or one fewer.
///
/// With cross-entropy the matrix is Σ wᵢₖ gᵢₖgᵢₖᵀ over samples i and labels k, where gᵢₖ is the gradient of the sample's loss
/// as if its label were k, and wᵢₖ = pᵢₖ/N the chance that the model gives to that, over the samples. Taken together by true
/// class c, without k = c, their weighted means δ𝒸 make Σ w𝒸 δ𝒸δ𝒸ᵀ, of rank at most the number of classes; the rest is what
/// scatters about the means. All wrong labels of one sample add up to −pᵢ𝒸 times its gradient, so δ𝒸 takes one product with
/// the Jacobian's transpose.
///
/// Papyan, "Measurements of three-level hierarchical structure in the outliers in the spectrum of deepnet Hessians", 2019,
/// arXiv:1901.08244.
public struct ClassMeans<Element: Scalar>: Sendable {
  /// Of Σ w𝒸 δ𝒸δ𝒸ᵀ but for the zeros that fill the dimension, falling; one a class that has samples.
  public let eigenvalues: [Double]
  /// Their unit eigenvectors; none for eigenvalues that are rounding.
  public let vectors: [Vector<Element>]

  /// - Parameter labels: the class of each sample of the present batch.
  /// - Throws: `LandscapeError` where the loss is not cross-entropy or something is not finite.
  public init(of model: some OutputObjective<Element>, at point: Vector<Element>, labels: [Int]) throws {
    guard model.hasLabels, labels.count == model.samples else {
      throw LandscapeError("classes have means only where the loss is the cross-entropy of labels")
    }
    let classes = model.outputCount / model.samples
    var outputs = Vector<Element>(zeros: model.outputCount)
    model.outputs(at: point, into: &outputs)
    let chances = (0..<model.samples).map { sample in
      softmax((0..<classes).map { Double(outputs[sample * classes + $0]) })
    }
    var means: [Vector<Element>] = []
    for label in 0..<classes {
      var direction = Vector<Element>(zeros: model.outputCount)
      var weight = 0.0
      for (sample, chances) in chances.enumerated() where labels[sample] == label {
        let own = chances[label]
        weight += (1 - own) / Double(model.samples)
        for k in 0..<classes {
          direction[sample * classes + k] = Element(own * ((k == label ? 1 : 0) - chances[k]) / Double(model.samples))
        }
      }
      guard weight > 0 else { continue }
      var mean = Vector<Element>(zeros: point.count)
      model.transposedJacobianProduct(at: point, with: direction, into: &mean)
      mean.scale(by: 1 / weight.squareRoot())
      means.append(mean)
    }
    let products = means.flatMap { a in means.map { innerProduct(a, $0) } }
    guard let eigen = Matrix(rows: means.count, columns: means.count, products).symmetricEigen() else {
      throw LandscapeError("the means of the classes are not finite")
    }
    let order = Array(eigen.values.indices.reversed())
    eigenvalues = order.map { max(0, eigen.values[$0]) }
    let rounding = 16 * Double(Element.ulpOfOne) * (eigen.values.last ?? 0)
    vectors = order.filter { eigen.values[$0] > rounding }.map { column in
      var vector = Vector<Element>(zeros: point.count)
      for (row, mean) in means.enumerated() {
        vector.add(eigen.vectors[row, column] / eigen.values[column].squareRoot(), times: mean)
      }
      return vector
    }
  }

  /// The share of a unit vector's square that lies in the span of the means.
  public func share(of vector: Vector<Element>) -> Double {
    vectors.reduce(0) { sum, mean in
      let product = innerProduct(mean, vector)
      return sum + product * product
    }
  }
}

private func softmax(_ logits: [Double]) -> [Double] {
  let top = logits.max() ?? 0
  let powers = logits.map { exponential($0 - top) }
  let total = powers.reduce(0, +)
  return powers.map { $0 / total }
}
