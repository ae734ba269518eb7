internal import COpenBLAS

/// A growing set of long vectors, orthonormal when its user keeps them so, in one block of memory: Krylov bases,
/// sketches. Rows of a (count × dimension) matrix, so that projecting on all of them is one product.
public struct Basis<Element: Scalar>: Sendable {
  public let dimension: Int
  public let capacity: Int
  public private(set) var count = 0
  private var rows: Vector<Element>

  public init(dimension: Int, capacity: Int) {
    self.dimension = dimension
    self.capacity = capacity
    rows = Vector(zeros: dimension * capacity)
  }

  /// Adds `factor` times a vector.
  /// - Precondition: there is room, and the vector has the dimension.
  public mutating func append(_ vector: Vector<Element>, scaledBy factor: Double = 1) {
    precondition(count < capacity && vector.count == dimension)
    rows.copy(dimension, from: vector, at: 0, to: count * dimension)
    let row = unsafe rows.base + count * dimension
    if let row = unsafe row as? UnsafeMutablePointer<Double> {
      unsafe cblas_dscal(blasint(dimension), factor, row, 1)
    } else if let row = unsafe row as? UnsafeMutablePointer<Float> {
      unsafe cblas_sscal(blasint(dimension), Float(factor), row, 1)
    }
    count += 1
  }

  /// Overwrites `vector` with the member at `index`.
  public func copy(_ index: Int, into vector: inout Vector<Element>) {
    precondition(index < count)
    vector.copy(dimension, from: rows, at: index * dimension, to: 0)
  }

  /// The products of a vector with all members.
  public func coefficients(of vector: Vector<Element>) -> [Double] {
    precondition(vector.count == dimension)
    let result = Vector<Element>(zeros: count)
    guard count > 0, dimension > 0 else { return [] }
    unsafe multiply(transposed: false, 1, vector.base, 0, result.base)
    return result.array.map { Double($0) }
  }

  /// Adds Σ coefficientᵢ · memberᵢ · factor to a vector.
  public func add(_ coefficients: [Double], scaledBy factor: Double = 1, to vector: inout Vector<Element>) {
    precondition(coefficients.count == count && vector.count == dimension)
    guard count > 0, dimension > 0 else { return }
    vector.makeUnique()
    let weights = Vector(coefficients.map { Element($0) })
    unsafe multiply(transposed: true, factor, weights.base, 1, vector.base)
  }

  /// Takes a vector's part in the span of an orthonormal basis off it, twice, so that rounding leaves nothing behind
  /// (Daniel, Gragg, Kaufman & Stewart 1976); returns its coefficients.
  public func orthogonalize(_ vector: inout Vector<Element>) -> [Double] {
    var total = [Double](repeating: 0, count: count)
    for _ in 0..<2 {
      let part = coefficients(of: vector)
      add(part, scaledBy: -1, to: &vector)
      for i in 0..<count { total[i] += part[i] }
    }
    return total
  }

  /// Replaces the members by their combinations: new memberⱼ = Σᵢ weights[i, j] · memberᵢ.
  public mutating func recombine(_ weights: Matrix) {
    precondition(weights.rows == count && weights.columns <= capacity)
    var combined = Vector<Element>(zeros: dimension * capacity)
    let factors = Vector(weights.elements.map { Element($0) })
    if weights.columns > 0, dimension > 0 {
      combined.makeUnique()
      unsafe Element.product(
        weights.columns, dimension, count, factors.base, weights.columns, transposed: true, rows.base, dimension,
        transposed: false, combined.base, dimension, adding: false)
    }
    rows = combined
    count = weights.columns
  }

  /// y ← factor · M x + keep · y, M the members as rows or, transposed, as columns.
  private func multiply(
    transposed: Bool, _ factor: Double, _ x: UnsafeMutablePointer<Element>, _ keep: Double,
    _ y: UnsafeMutablePointer<Element>
  ) {
    let turn = transposed ? CblasTrans : CblasNoTrans
    let (m, n) = (blasint(count), blasint(dimension))
    if let rows = unsafe rows.base as? UnsafeMutablePointer<Double>, let x = unsafe x as? UnsafeMutablePointer<Double>,
      let y = unsafe y as? UnsafeMutablePointer<Double>
    {
      unsafe cblas_dgemv(CblasRowMajor, turn, m, n, factor, rows, n, x, 1, keep, y, 1)
    } else if let rows = unsafe rows.base as? UnsafeMutablePointer<Float>,
      let x = unsafe x as? UnsafeMutablePointer<Float>, let y = unsafe y as? UnsafeMutablePointer<Float>
    {
      unsafe cblas_sgemv(CblasRowMajor, turn, m, n, Float(factor), rows, n, x, 1, Float(keep), y, 1)
    }
  }
}

/// Σ aᵢ bᵢ, summed in double precision.
public func innerProduct<Element: Scalar>(_ a: Vector<Element>, _ b: Vector<Element>) -> Double {
  precondition(a.count == b.count)
  if let x = unsafe a.base as? UnsafeMutablePointer<Double>, let y = unsafe b.base as? UnsafeMutablePointer<Double> {
    return unsafe cblas_ddot(blasint(a.count), x, 1, y, 1)
  }
  if let x = unsafe a.base as? UnsafeMutablePointer<Float>, let y = unsafe b.base as? UnsafeMutablePointer<Float> {
    return unsafe cblas_dsdot(blasint(a.count), x, 1, y, 1)
  }
  return 0
}
