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
  /// The part of the last member in the span of those before it, which it is still to lose (`append`, `settle`).
  public private(set) var owed: [Double] = []
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
  /// - Parameter owing: the vector's part in the span, when that is to be taken off later: by `settle`, or in passing by
  ///   `follow`.
  /// - Precondition: there is room, and the vector has the dimension.
  public mutating func append(_ vector: Vector<Element>, scaledBy factor: Double = 1, owing: [Double] = []) {
    precondition(count < capacity && vector.count == dimension && owing.count <= count)
    settle()
    owed = owing.map { $0 * factor }
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
    precondition(vector.count == dimension && first <= count && owed.isEmpty)
    return unsafe sums(of: count - first) { columns, part in
      unsafe multiply(transposed: false, first..<count, columns, 1, vector.base + columns.lowerBound, part)
    }
  }

  /// Adds Σ coefficientᵢ · memberᵢ · factor to a vector, over the members from `first` on.
  public func add(
    _ coefficients: [Double], from first: Int = 0, scaledBy factor: Double = 1, to vector: inout Vector<Element>
  ) {
    precondition(coefficients.count == count - first && vector.count == dimension && owed.isEmpty)
    vector.makeUnique()
    let weights = Vector(coefficients.map { Element($0) })
    let target = vector
    parallel.forEach(panels) { panel in
      let columns = columns(panel)
      unsafe multiply(
        transposed: true, first..<count, columns, factor, weights.base, target.base + columns.lowerBound)
    }
  }

  /// Takes a vector's part in the span of an orthonormal basis off it, and again while it shrinks much by that, so that
  /// rounding leaves nothing behind (Daniel, Gragg, Kaufman & Stewart 1976); returns its coefficients.
  public func orthogonalize(_ vector: inout Vector<Element>) -> [Double] {
    var total = [Double](repeating: 0, count: count)
    for _ in 0..<3 {
      let before = innerProduct(vector, vector)
      let part = coefficients(of: vector)
      add(part, scaledBy: -1, to: &vector)
      for (i, coefficient) in part.enumerated() { total[i] += coefficient }
      if innerProduct(vector, vector) > before / 2 { break }
    }
    return total
  }

  /// What `follow` made of a vector.
  public struct Following: Sendable {
    /// The vector's coefficients.
    public var coefficients: [Double]
    /// What is still to be taken off what is left of it; empty when nothing.
    public var owed: [Double]
    /// The vector's length before and after.
    public var (whole, rest): (Double, Double)
  }

  /// Takes a vector's part in the span of an orthonormal basis off it, for one that lies almost wholly along the last
  /// two members and outside the span, as in Lanczos' recurrence.
  ///
  /// Those two are taken off first. What is left along all members is rounding: it is measured, and taken off once the
  /// vector is a member and the next one is measured. Memory, which is what this waits for, is so gone through once
  /// a vector instead of twice or four times. More than rounding (1000 units in the last place of the vector) is taken
  /// off at once.
  ///
  /// Bielich, Langou, Thomas, Świrydowicz, Yamazaki & Boman, "Low-synch Gram–Schmidt with delayed reorthogonalization for
  /// Krylov solvers", Parallel Computing 112, 2022.
  public mutating func follow(_ vector: inout Vector<Element>) -> Following {
    precondition(vector.count == dimension)
    vector.makeUnique()
    rows.makeUnique()
    let (target, basis, count) = (vector, self, count)
    let recent = max(0, count - 2)..<count
    let first = unsafe sums(of: recent.count + 1) { columns, part in
      let piece = unsafe target.base + columns.lowerBound
      unsafe basis.multiply(transposed: false, recent, columns, 1, piece, part)
      unsafe part[recent.count] += Element(innerProduct(columns.count, piece, piece))
    }
    let (leading, debt) = (Vector(first.dropLast().map { Element($0) }), Vector(owed.map { Element($0) }))
    let second = unsafe sums(of: count + 1) { columns, part in
      let piece = unsafe target.base + columns.lowerBound
      unsafe basis.multiply(transposed: true, recent, columns, -1, leading.base, piece)
      unsafe basis.multiply(transposed: true, 0..<debt.count, columns, -1, debt.base, basis.member(count - 1, columns))
      unsafe basis.multiply(transposed: false, 0..<count, columns, 1, piece, part)
      unsafe part[count] += Element(innerProduct(columns.count, piece, piece))
    }
    let debts = owed
    owed = []
    var result = Following(
      coefficients: second.dropLast(), owed: second.dropLast(), whole: first.last!.squareRoot(),
      rest: second.last!.squareRoot())
    let left = result.owed.reduce(0) { $0 + $1 * $1 }.squareRoot()
    if left > 1000 * Double(Element.ulpOfOne) * result.rest {
      result.owed = []
      result.coefficients = orthogonalize(&vector)
      result.rest = innerProduct(vector, vector).squareRoot()
    }
    for (i, place) in recent.enumerated() { result.coefficients[place] += first[i] }
    // With the last member went, that many times, what it owed.
    for (i, debt) in debts.enumerated() { result.coefficients[i] += first[recent.count - 1] * debt }
    return result
  }

  /// Takes off the last member what it owes.
  public mutating func settle() {
    guard !owed.isEmpty else { return }
    rows.makeUnique()
    let debt = Vector(owed.map { Element($0) })
    let (basis, last) = (self, count - 1)
    parallel.forEach(panels) { panel in
      let columns = basis.columns(panel)
      unsafe basis.multiply(transposed: true, 0..<debt.count, columns, -1, debt.base, basis.member(last, columns))
    }
    owed = []
  }

  /// Sums over the columns of `width` numbers at once, to which `body` adds what pieces of a panel short enough to stay
  /// in the nearest memory contribute.
  private func sums(
    of width: Int, _ body: @Sendable (_ columns: Range<Int>, _ part: UnsafeMutablePointer<Element>) -> Void
  ) -> [Double] {
    let length = 8192 / MemoryLayout<Element>.stride
    let parts = Vector<Element>(zeros: width * panels)
    parallel.forEach(panels) { panel in
      let columns = columns(panel)
      for start in stride(from: columns.lowerBound, to: columns.upperBound, by: length) {
        unsafe body(start..<min(start + length, columns.upperBound), parts.base + panel * width)
      }
    }
    let values = parts.array
    return (0..<width).map { i in (0..<panels).reduce(0) { $0 + Double(values[$1 * width + i]) } }
  }

  /// The columns of a panel.
  private func columns(_ panel: Int) -> Range<Int> {
    panel * dimension / panels..<(panel + 1) * dimension / panels
  }

  /// Replaces the members by their combinations: new memberⱼ = Σᵢ weights[i, j] · memberᵢ.
  public mutating func recombine(_ weights: Matrix) {
    precondition(weights.rows == count && weights.columns <= capacity)
    settle()
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

  private func member(_ index: Int, _ columns: Range<Int>) -> UnsafeMutablePointer<Element> {
    unsafe rows.base + index * dimension + columns.lowerBound
  }

  /// y ← y + factor · M x, M the columns of some members as rows or, transposed, as columns.
  private func multiply(
    transposed: Bool, _ members: Range<Int>, _ columns: Range<Int>, _ factor: Double,
    _ x: UnsafeMutablePointer<Element>,
    _ y: UnsafeMutablePointer<Element>
  ) {
    guard !members.isEmpty, !columns.isEmpty else { return }
    let turn = transposed ? CblasTrans : CblasNoTrans
    let (m, n, stride) = (blasint(members.count), blasint(columns.count), blasint(dimension))
    let start = unsafe member(members.lowerBound, columns)
    if let start = unsafe start as? UnsafeMutablePointer<Double>, let x = unsafe x as? UnsafeMutablePointer<Double>,
      let y = unsafe y as? UnsafeMutablePointer<Double>
    {
      unsafe cblas_dgemv(CblasRowMajor, turn, m, n, factor, start, stride, x, 1, 1, y, 1)
    } else if let start = unsafe start as? UnsafeMutablePointer<Float>,
      let x = unsafe x as? UnsafeMutablePointer<Float>, let y = unsafe y as? UnsafeMutablePointer<Float>
    {
      unsafe cblas_sgemv(CblasRowMajor, turn, m, n, Float(factor), start, stride, x, 1, 1, y, 1)
    }
  }
}

/// Σ aᵢ bᵢ, summed in double precision.
public func innerProduct<Element: Scalar>(_ a: Vector<Element>, _ b: Vector<Element>) -> Double {
  precondition(a.count == b.count)
  return unsafe innerProduct(a.count, a.base, b.base)
}

func innerProduct<Element: Scalar>(
  _ count: Int, _ x: UnsafeMutablePointer<Element>, _ y: UnsafeMutablePointer<Element>
) -> Double {
  if let x = unsafe x as? UnsafeMutablePointer<Double>, let y = unsafe y as? UnsafeMutablePointer<Double> {
    return unsafe cblas_ddot(blasint(count), x, 1, y, 1)
  }
  if let x = unsafe x as? UnsafeMutablePointer<Float>, let y = unsafe y as? UnsafeMutablePointer<Float> {
    return unsafe cblas_dsdot(blasint(count), x, 1, y, 1)
  }
  return 0
}
