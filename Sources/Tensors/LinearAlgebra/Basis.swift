internal import COpenBLAS

/// A growing set of long vectors, orthonormal when its user keeps them so, in one block of memory: Krylov bases,
/// sketches. Rows of a (count × dimension) matrix, so that projecting on all of them is one product.
///
/// Long vectors are cut into a few panels that several workers can take; their sums are added up in order, so that nothing
/// depends on who took which.
public struct Basis<Element: Scalar>: Sendable {
  public let dimension: Int
  public let capacity: Int
  public private(set) var count = 0
  private var rows: Vector<Element>
  private let parallel: Parallel
  private let panels: Int

  public init(dimension: Int, capacity: Int, parallel: Parallel = .serial) {
    self.dimension = dimension
    self.capacity = capacity
    self.parallel = parallel
    panels = dimension < 1 << 15 ? 1 : 4
    // Rows are written before they count, so that memory for those that never come is never touched.
    rows = Vector(roomFor: dimension * capacity)
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

  /// The products of a vector with all members, or with those from `first` on.
  public func coefficients(of vector: Vector<Element>, from first: Int = 0) -> [Double] {
    precondition(vector.count == dimension && first <= count)
    let width = count - first
    guard width > 0, dimension > 0 else { return [] }
    let parts = Vector<Element>(zeros: width * panels)
    parallel.forEach(panels) { panel in
      unsafe multiply(
        transposed: false, from: first, panel, 1, vector.base + columns(panel).lowerBound, 0, parts.base + panel * width
      )
    }
    let values = parts.array
    return (0..<width).map { i in (0..<panels).reduce(0) { $0 + Double(values[$1 * width + i]) } }
  }

  /// Adds Σ coefficientᵢ · memberᵢ · factor to a vector, over the members from `first` on.
  public func add(
    _ coefficients: [Double], from first: Int = 0, scaledBy factor: Double = 1, to vector: inout Vector<Element>
  ) {
    precondition(coefficients.count == count - first && vector.count == dimension)
    guard first < count, dimension > 0 else { return }
    vector.makeUnique()
    let weights = Vector(coefficients.map { Element($0) })
    let target = vector
    parallel.forEach(panels) { panel in
      unsafe multiply(
        transposed: true, from: first, panel, factor, weights.base, 1, target.base + columns(panel).lowerBound)
    }
  }

  /// Takes a vector's part in the span of an orthonormal basis off it, and again while it shrinks much by that, so that
  /// rounding leaves nothing behind (Daniel, Gragg, Kaufman & Stewart 1976); returns its coefficients.
  ///
  /// - Parameter recent: how many of the last members are taken off first on their own. Where they hold most of the
  ///   vector, as in Lanczos' recurrence, going over all of them once is then enough: it costs as much as reading them.
  public func orthogonalize(_ vector: inout Vector<Element>, recent: Int = 0) -> [Double] {
    var total = [Double](repeating: 0, count: count)
    func takeOff(from first: Int) {
      let part = coefficients(of: vector, from: first)
      add(part, from: first, scaledBy: -1, to: &vector)
      for (i, coefficient) in part.enumerated() { total[first + i] += coefficient }
    }
    if recent > 0 { takeOff(from: max(0, count - recent)) }
    for _ in 0..<3 {
      let before = innerProduct(vector, vector)
      takeOff(from: 0)
      if innerProduct(vector, vector) > before / 2 { break }
    }
    return total
  }

  /// The columns of a panel.
  private func columns(_ panel: Int) -> Range<Int> {
    panel * dimension / panels..<(panel + 1) * dimension / panels
  }

  /// Replaces the members by their combinations: new memberⱼ = Σᵢ weights[i, j] · memberᵢ.
  public mutating func recombine(_ weights: Matrix) {
    precondition(weights.rows == count && weights.columns <= capacity)
    var combined = Vector<Element>(roomFor: dimension * capacity)
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

  /// y ← factor · M x + keep · y, M the members' part in a panel as rows or, transposed, as columns.
  private func multiply(
    transposed: Bool, from first: Int, _ panel: Int, _ factor: Double, _ x: UnsafeMutablePointer<Element>,
    _ keep: Double, _ y: UnsafeMutablePointer<Element>
  ) {
    let turn = transposed ? CblasTrans : CblasNoTrans
    let columns = columns(panel)
    let (m, n, stride) = (blasint(count - first), blasint(columns.count), blasint(dimension))
    let start = unsafe rows.base + first * dimension + columns.lowerBound
    if let start = unsafe start as? UnsafeMutablePointer<Double>, let x = unsafe x as? UnsafeMutablePointer<Double>,
      let y = unsafe y as? UnsafeMutablePointer<Double>
    {
      unsafe cblas_dgemv(CblasRowMajor, turn, m, n, factor, start, stride, x, 1, keep, y, 1)
    } else if let start = unsafe start as? UnsafeMutablePointer<Float>,
      let x = unsafe x as? UnsafeMutablePointer<Float>, let y = unsafe y as? UnsafeMutablePointer<Float>
    {
      unsafe cblas_sgemv(CblasRowMajor, turn, m, n, Float(factor), start, stride, x, 1, Float(keep), y, 1)
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
