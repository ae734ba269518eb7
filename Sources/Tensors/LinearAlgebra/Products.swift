extension Matrix {
  /// The product with another matrix; either may be read transposed (BLAS `gemm`).
  /// - Precondition: the inner sizes agree.
  public func times(_ other: Matrix, transposed: Bool = false, otherTransposed: Bool = false) -> Matrix {
    let (m, k) = transposed ? (columns, rows) : (rows, columns)
    let (inner, n) = otherTransposed ? (other.columns, other.rows) : (other.rows, other.columns)
    precondition(k == inner, "inner sizes of a product differ")
    var result = [Double](repeating: 0, count: m * n)
    guard m > 0, n > 0, k > 0 else { return Matrix(rows: m, columns: n, result) }
    unsafe Double.product(
      m, n, k, elements, max(1, columns), transposed: transposed, other.elements, max(1, other.columns),
      transposed: otherTransposed, &result, n, adding: false)
    return Matrix(rows: m, columns: n, result)
  }
}
