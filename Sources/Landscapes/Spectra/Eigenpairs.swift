public import Tensors

/// Which of a symmetric operator's eigenvalues are wanted.
public enum SpectrumPart: Hashable, Sendable {
  case largest(Int)
  case smallest(Int)
  /// The largest and the smallest, from one run.
  case ends(largest: Int, smallest: Int)
  /// Those of greatest size, of either sign: what power iteration finds.
  case magnitude(Int)

  public var count: Int {
    switch self {
    case .largest(let count), .smallest(let count), .magnitude(let count): count
    case .ends(let largest, let smallest): largest + smallest
    }
  }

  /// The places of the wanted ones among rising values, in the order in which they are given out, and then of `extra`
  /// more that lie next to them.
  func places(in values: [Double], extra: Int = 0) -> [Int] {
    let falling = Array(values.indices.reversed())
    switch self {
    case .largest(let count): return Array(falling.prefix(count + extra))
    case .smallest(let count): return Array(values.indices.prefix(count + extra))
    case .magnitude(let count):
      return Array(falling.sorted { abs(values[$0]) > abs(values[$1]) }.prefix(count + extra))
    case .ends(let largest, let smallest):
      let top = falling.prefix(largest + extra / 2)
      return Array(top + values.indices.prefix(smallest + extra - extra / 2).filter { !top.contains($0) })
    }
  }
}

/// Some eigenvalues of a symmetric operator with their unit eigenvectors.
public struct Eigenpairs<Element: Scalar>: Sendable {
  /// `largest` and `magnitude`: greatest first; `smallest`: least first; `ends`: greatest first, then least first.
  public var values: [Double]
  public var vectors: [Vector<Element>]
  /// ‖Av − λv‖ of each.
  public var residuals: [Double]
  /// Whether all residuals came below the tolerance.
  public var converged: Bool
  /// How many products with the operator it took.
  public var products: Int
}

/// Eigenvalues at the ends of a symmetric operator's spectrum by the Lanczos method.
///
/// Every new vector is made orthogonal to all before it, so that no copies of an eigenvalue appear by rounding;
/// what the basis projects the operator to is kept as a full matrix. A full basis is restarted with the Ritz vectors
/// nearest to what is wanted (thick restart). An eigenvalue of multiplicity m is found as many times as asked for only
/// when the rest has converged: its copies enter through random directions.
///
/// - Parameters:
///   - tolerance: residuals are to be at most this times the greatest |Ritz value|.
///   - basis: how many vectors are held, by default 20 more than twice those wanted, at least 40.
///   - parallel: who shares in keeping the basis orthogonal; what is found does not depend on it.
///   - maximumProducts: when to give up; the answer then says that it has not converged.
///   - start: a direction to begin with, such as an eigenvector of nearly the same operator or one that leans to the
///     gradient (`leaning`); random when left out.
/// - Throws: `LandscapeError` when more eigenvalues are asked for than there are, or a product is not finite.
///
/// Lanczos 1950; Wu & Simon, "Thick-restart Lanczos method for large symmetric eigenvalue problems", 2000; Parlett, "The
/// Symmetric Eigenvalue Problem", 1980.
public func eigenpairs<Element: Scalar>(
  of linear: LinearOperator<Element>, _ part: SpectrumPart, tolerance: Double = 1e-9, basis size: Int? = nil,
  maximumProducts: Int = 2000, book: UInt64 = 0, run: UInt64 = 0, start: Vector<Element>? = nil,
  parallel: Parallel = .serial
) throws -> Eigenpairs<Element> {
  let n = linear.dimension
  guard part.count >= 1, part.count <= n else {
    throw LandscapeError("\(part.count) eigenvalues of an operator of dimension \(n)", hints: ["1 to \(n)"])
  }
  let capacity = min(n, max(size ?? max(40, 2 * part.count + 20), part.count + 2))
  var krylov = try Krylov(linear, capacity: capacity, book: book, run: run, start: start, parallel: parallel)
  while true {
    while krylov.steps < capacity {
      try krylov.step()
      // A look now and then saves products; it costs an eigendecomposition of a small matrix, little beside a long product.
      let isTime = krylov.steps % (n < 10_000 ? 4 : 1) == 0
      guard krylov.steps >= part.count, krylov.steps == capacity || isTime || krylov.isClosed else { continue }
      let ritz = try krylov.ritz()
      let wanted = part.places(in: ritz.values)
      let scale = ritz.values.map(abs).max() ?? 0
      let converged = krylov.steps == n || wanted.allSatisfy { ritz.residuals[$0] <= tolerance * scale }
      if converged && (!krylov.isClosed || krylov.steps == n) || krylov.products >= maximumProducts {
        return krylov.answer(ritz, wanted, converged: converged)
      }
      if krylov.steps == capacity {
        let kept = part.places(in: ritz.values, extra: (capacity - part.count) / 2)
        try krylov.restart(ritz, keeping: kept)
      }
    }
  }
}

/// A direction between a vector and a random one, as near to either.
///
/// A Hessian's leading eigenvectors hold most of the gradient (Gur-Ari, Roberts & Dyer 2018, arXiv:1812.04754): from a
/// start that leans to it Lanczos' method finds them in fewer products. The gradient alone would hide what a symmetry
/// keeps it from.
public func leaning<Element: Scalar>(to vector: Vector<Element>, book: UInt64, run: UInt64) -> Vector<Element> {
  var result: Vector<Element> = signs(vector.count, book: book, run: run, index: 0)
  let length = innerProduct(vector, vector).squareRoot()
  guard length > 0, length.isFinite else { return result }
  result.add(Double(vector.count).squareRoot() / length, times: vector)
  return result
}

/// An orthonormal basis, what it projects the operator to, and the direction in which it grows.
struct Krylov<Element: Scalar> {
  let linear: LinearOperator<Element>
  private var basis: Basis<Element>
  private var projected: Matrix
  private var vector: Vector<Element>
  private var product: Vector<Element>
  private(set) var steps = 0
  private(set) var products = 0
  /// ‖what the last product has outside the basis‖; `isClosed` when that was nothing, so that a random direction follows.
  private(set) var remainder = 0.0
  private(set) var isClosed = false
  private var randomDirections = 0
  private let book: UInt64
  private let run: UInt64

  struct Ritz {
    var values: [Double]
    var vectors: Matrix
    var residuals: [Double]
  }

  init(
    _ linear: LinearOperator<Element>, capacity: Int, book: UInt64, run: UInt64, start: Vector<Element>? = nil,
    parallel: Parallel = .serial
  ) throws {
    self.linear = linear
    self.book = book
    self.run = run
    basis = Basis(dimension: linear.dimension, capacity: min(capacity + 1, linear.dimension), parallel: parallel)
    projected = Matrix(rows: capacity, columns: capacity, Array(repeating: 0, count: capacity * capacity))
    vector = Vector(zeros: linear.dimension)
    product = vector
    if let start {
      basis.append(start, scaledBy: 1 / innerProduct(start, start).squareRoot())
    } else {
      appendRandomDirection()
    }
  }

  private mutating func appendRandomDirection() {
    var direction = Vector<Element>(zeros: linear.dimension)
    // Uniform, for it costs a tenth of normal numbers: any direction that owes nothing to the operator will do.
    direction.fill(
      .uniform(from: -1, to: 1), perSample: linear.dimension, samples: 0..<1,
      from: Stream(book: book, run: run, purpose: .probes(randomDirections)))
    randomDirections += 1
    basis.settle()
    _ = basis.orthogonalize(&direction)
    basis.append(direction, scaledBy: 1 / innerProduct(direction, direction).squareRoot())
  }

  /// One product, projected; the basis gains the direction that is new in it.
  mutating func step() throws {
    basis.copy(steps, into: &vector)
    linear.multiply(vector, &product)
    products += 1
    let owed = basis.owed
    var following = basis.follow(&product)
    guard following.whole.isFinite else { throw LandscapeError("a product with the operator is not finite") }
    // The product was that of a member with what it owed of others, whose products are known.
    for (i, debt) in owed.enumerated() {
      following.coefficients[steps] -= debt * following.coefficients[i]
      for row in 0..<steps { following.coefficients[row] -= debt * projected[row, i] }
    }
    for (i, coefficient) in following.coefficients.enumerated() where i <= steps {
      projected[i, steps] = coefficient
      projected[steps, i] = coefficient
    }
    steps += 1
    remainder = following.rest
    isClosed = remainder <= Double(Element.ulpOfOne) * 8 * following.whole || following.whole == 0
    if isClosed { remainder = 0 }
    guard basis.count < basis.capacity else { return }
    if isClosed {
      appendRandomDirection()
    } else {
      basis.append(product, scaledBy: 1 / remainder, owing: following.owed)
    }
  }

  /// The eigenvalues of the projected operator, rising, its eigenvectors as columns, and the residuals they leave.
  func ritz() throws -> Ritz {
    let values = (0..<steps).flatMap { row in (0..<steps).map { projected[row, $0] } }
    guard let eigen = Matrix(rows: steps, columns: steps, values).symmetricEigen() else {
      throw LandscapeError("the eigenvalues of the projected operator were not found")
    }
    let residuals = (0..<steps).map { remainder * abs(eigen.vectors[steps - 1, $0]) }
    return Ritz(values: eigen.values, vectors: eigen.vectors, residuals: residuals)
  }

  /// Keeps some Ritz vectors and the direction that comes next.
  mutating func restart(_ ritz: Ritz, keeping kept: [Int]) throws {
    let hasNext = basis.count > steps
    var weights = Matrix(
      rows: basis.count, columns: kept.count + 1, Array(repeating: 0, count: basis.count * (kept.count + 1)))
    for (column, place) in kept.enumerated() {
      for row in 0..<steps { weights[row, column] = ritz.vectors[row, place] }
    }
    if hasNext { weights[steps, kept.count] = 1 }
    basis.recombine(weights)
    for i in projected.elements.indices { projected.elements[i] = 0 }
    for (i, place) in kept.enumerated() { projected[i, i] = ritz.values[place] }
    steps = kept.count
  }

  mutating func answer(_ ritz: Ritz, _ wanted: [Int], converged: Bool) -> Eigenpairs<Element> {
    basis.settle()
    let vectors = wanted.map { place in
      var result = Vector<Element>(zeros: linear.dimension)
      basis.add(
        (0..<basis.count).map { $0 < steps ? ritz.vectors[$0, place] : 0 }, to: &result)
      return result
    }
    return Eigenpairs(
      values: wanted.map { ritz.values[$0] }, vectors: vectors, residuals: wanted.map { ritz.residuals[$0] },
      converged: converged, products: products)
  }
}
