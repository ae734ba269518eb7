public import Tensors

extension Objective {
  /// The whole Hessian, one product a column: for small problems.
  public func hessianMatrix(at point: Vector<Element>) -> Matrix {
    symmetricMatrix(count: point.count) { direction, product, isFirst in
      hessianProduct(at: point, with: direction, into: &product, samePoint: !isFirst)
    }
  }
}

extension OutputObjective {
  /// The whole generalised Gauss-Newton matrix, one product a column: for small problems.
  public func gaussNewtonMatrix(at point: Vector<Element>) -> Matrix {
    symmetricMatrix(count: point.count) { direction, product, isFirst in
      gaussNewtonProduct(at: point, with: direction, into: &product, samePoint: !isFirst)
    }
  }
}

/// A symmetric matrix from its products with unit vectors; rounding that is not symmetric is averaged out.
public func symmetricMatrix<Element: Scalar>(
  count: Int, _ multiply: (Vector<Element>, inout Vector<Element>, _ isFirst: Bool) -> Void
) -> Matrix {
  var matrix = Matrix(rows: count, columns: count, Array(repeating: 0, count: count * count))
  var direction = Vector<Element>(zeros: count)
  var product = Vector<Element>(zeros: count)
  for column in 0..<count {
    direction[column] = 1
    multiply(direction, &product, column == 0)
    direction[column] = 0
    for row in 0..<count { matrix[row, column] = Double(product[row]) }
  }
  for row in 0..<count {
    for column in 0..<row {
      let mean = (matrix[row, column] + matrix[column, row]) / 2
      matrix[row, column] = mean
      matrix[column, row] = mean
    }
  }
  return matrix
}
