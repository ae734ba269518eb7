public import Autodiff
public import Tensors

/// Curvature at a point as an operator. The objective serves the operator alone while that is in use: between its products
/// neither setting nor point may change.
extension LinearOperator {
  /// The Hessian, exactly: what alone can have negative eigenvalues.
  public static func hessian(of objective: some Objective<Element>, at point: Vector<Element>) -> LinearOperator {
    var isFirst = true
    return LinearOperator(dimension: point.count) { vector, product in
      objective.hessianProduct(at: point, with: vector, into: &product, samePoint: !isFirst)
      isFirst = false
    }
  }

  /// The generalised Gauss-Newton matrix JᵀHJ, with the Jacobian J of the model's outputs and the Hessian H of the loss in
  /// them: positive semidefinite where the loss is convex in the outputs, and the Hessian of a model that is linear in its
  /// parameters. Schraudolph 2002.
  public static func gaussNewton(of model: some OutputObjective<Element>, at point: Vector<Element>) -> LinearOperator {
    var isFirst = true
    return LinearOperator(dimension: point.count) { vector, product in
      model.gaussNewtonProduct(at: point, with: vector, into: &product, samePoint: !isFirst)
      isFirst = false
    }
  }

  /// The Fisher matrix: the mean over samples of ggᵀ, g the gradient of one sample's loss with labels from whom `labels`
  /// says; positive semidefinite. A product costs one with the Jacobian and one with its transpose, whatever the labels.
  ///
  /// Each sample's outputs must depend on it alone, as in eval mode.
  ///
  /// - Throws: `LandscapeError` where there are no labels to draw, the loss is not convex in the outputs (`expected`), or
  ///   its slope is not finite.
  ///
  /// Amari 1998; Martens, "New insights and perspectives on the natural gradient method", 2014, arXiv:1412.1193.
  public static func fisher(
    of model: some OutputObjective<Element>, at point: Vector<Element>, labels: FisherLabels = .drawn(1),
    book: UInt64 = 0, run: UInt64 = 0
  ) throws -> LinearOperator {
    let factors = try labels.outputFactors(of: model, at: point, book: book, run: run)
    let width = model.outputCount / model.samples
    var moved = Vector<Element>(zeros: model.outputCount)
    return LinearOperator(dimension: point.count) { vector, product in
      model.jacobianProduct(at: point, with: vector, into: &moved)
      var bent = Vector<Element>(zeros: moved.count)
      for factor in factors {
        for start in stride(from: 0, to: moved.count, by: width) {
          let share = factor.dot(width, at: start, with: moved, at: start)
          bent.add(share, times: factor, at: start, width, to: start)
        }
      }
      model.transposedJacobianProduct(at: point, with: bent, into: &product)
    }
  }

  /// A diagonal matrix.
  public init(diagonal: [Double]) {
    self.init(dimension: diagonal.count) { vector, product in
      for i in diagonal.indices { product[i] = Element(diagonal[i] * Double(vector[i])) }
    }
  }

  /// The diagonal, one product an entry: for small problems. `hutchinsonDiagonal` estimates it.
  public func diagonal() -> [Double] {
    var unit = Vector<Element>(zeros: dimension)
    var product = unit
    return (0..<dimension).map { index in
      unit[index] = 1
      multiply(unit, &product)
      unit[index] = 0
      return Double(product[index])
    }
  }

  /// The whole matrix, one product a column: for small problems.
  public func matrix() -> Matrix {
    symmetricMatrix(count: dimension) { vector, product, _ in multiply(vector, &product) }
  }
}
