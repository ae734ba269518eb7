internal import COpenBLAS

/// A dense matrix of doubles, row-major: what LAPACK's answers come in.
public struct Matrix: Hashable, Sendable {
  public var rows: Int
  public var columns: Int
  public var elements: [Double]

  /// - Precondition: `elements.count == rows * columns`.
  public init(rows: Int, columns: Int, _ elements: [Double]) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  public subscript(row: Int, column: Int) -> Double {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  public var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows, elements)
    for row in 0..<rows { for column in 0..<columns { result[column, row] = self[row, column] } }
    return result
  }
}

extension Matrix {
  /// The product of two matrices.
  /// - Precondition: as many columns as the other has rows.
  public func product(_ other: Matrix) -> Matrix {
    precondition(columns == other.rows)
    var result = Matrix(rows: rows, columns: other.columns, Array(repeating: 0, count: rows * other.columns))
    guard rows > 0, columns > 0, other.columns > 0 else { return result }
    unsafe Double.product(
      rows, other.columns, columns, elements, columns, transposed: false, other.elements, other.columns,
      transposed: false, &result.elements, other.columns, adding: false)
    return result
  }

  /// Singular values, largest first (LAPACK `gesdd`). All NaN when an element is not finite or LAPACK gives up.
  public func singularValues() -> [Double] {
    let count = min(rows, columns)
    guard count > 0 else { return [] }
    guard elements.allSatisfy(\.isFinite) else { return Array(repeating: .nan, count: count) }
    var work = elements
    var values = [Double](repeating: 0, count: count)
    var unused = [0.0]
    var unusedToo = [0.0]
    // Row-major memory is the transposed matrix to LAPACK, and that has the same singular values.
    let info = unsafe LAPACKE_dgesdd(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), Int32(columns), Int32(rows), &work, Int32(columns),
      &values, &unused, Int32(1), &unusedToo, Int32(1))
    return info == 0 ? values : Array(repeating: .nan, count: count)
  }

  /// The orthonormal factor of a QR decomposition and the diagonal of R (LAPACK `geqrf`, `orgqr`).
  /// - Precondition: at least as many rows as columns.
  public func orthonormalFactor() -> (q: Matrix, diagonal: [Double]) {
    precondition(rows >= columns)
    var work = elements
    var tau = [Double](repeating: 0, count: columns)
    var info = unsafe LAPACKE_dgeqrf(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), &work, Int32(columns), &tau)
    precondition(info == 0, "geqrf refused its arguments")
    let diagonal = (0..<columns).map { work[$0 * columns + $0] }
    info = unsafe LAPACKE_dorgqr(
      LAPACK_ROW_MAJOR, Int32(rows), Int32(columns), Int32(columns), &work, Int32(columns), &tau)
    precondition(info == 0, "orgqr refused its arguments")
    return (Matrix(rows: rows, columns: columns, work), diagonal)
  }

  /// The lower triangular L with LLᵀ = A of a symmetric positive definite matrix (LAPACK `potrf`); `nil` when it is
  /// none.
  /// - Precondition: square; only the lower triangle is read.
  public func choleskyFactor() -> Matrix? {
    precondition(rows == columns)
    guard elements.allSatisfy(\.isFinite) else { return nil }
    var factor = self
    let info = unsafe LAPACKE_dpotrf(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "L")), Int32(rows), &factor.elements, Int32(rows))
    guard info == 0 else { return nil }
    for row in 0..<rows { for column in row + 1..<max(row + 1, columns) { factor[row, column] = 0 } }
    return factor
  }

  /// Eigenvalues of a square matrix, in LAPACK's order (`geev`). All NaN when an element is not finite or LAPACK gives
  /// up.
  /// - Precondition: square.
  public func eigenvalues() -> [(real: Double, imaginary: Double)] {
    precondition(rows == columns)
    guard rows > 0 else { return [] }
    guard elements.allSatisfy(\.isFinite) else { return Array(repeating: (.nan, .nan), count: rows) }
    var work = elements
    var real = [Double](repeating: 0, count: rows)
    var imaginary = real
    var unused = [0.0]
    var unusedToo = [0.0]
    // Row-major memory is the transposed matrix to LAPACK, and that has the same eigenvalues.
    let info = unsafe LAPACKE_dgeev(
      LAPACK_COL_MAJOR, CChar(UInt8(ascii: "N")), CChar(UInt8(ascii: "N")), Int32(rows), &work, Int32(rows), &real,
      &imaginary, &unused, Int32(1), &unusedToo, Int32(1))
    return info == 0
      ? zip(real, imaginary).map { (real: $0, imaginary: $1) } : Array(repeating: (.nan, .nan), count: rows)
  }

  /// Eigenvalues, smallest first, and eigenvectors as columns, of a symmetric matrix (LAPACK `syevd`).
  /// - Precondition: square; only the upper triangle is read.
  public func symmetricEigen() -> (values: [Double], vectors: Matrix)? {
    precondition(rows == columns)
    guard elements.allSatisfy(\.isFinite) else { return nil }
    var work = elements
    var values = [Double](repeating: 0, count: rows)
    let info = unsafe LAPACKE_dsyevd(
      LAPACK_ROW_MAJOR, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "U")), Int32(rows), &work, Int32(rows),
      &values)
    return info == 0 ? (values, Matrix(rows: rows, columns: columns, work)) : nil
  }
}

/// Pins BLAS to one thread: parallelism lives above the engine, so that results never depend on it.
public func pinLinearAlgebraToOneThread() { openblas_set_num_threads(1) }

/// C = A·B by the library, for m×k and k×n matrices: what our own products are measured against.
public func libraryProduct<T: Scalar>(
  _ m: Int, _ n: Int, _ k: Int, _ a: Vector<T>, _ b: Vector<T>, into c: inout Vector<T>
) {
  precondition(a.count >= m * k && b.count >= k * n && c.count >= m * n)
  c.makeUnique()
  unsafe T.product(m, n, k, a.base, k, transposed: false, b.base, n, transposed: false, c.base, n, adding: false)
}
