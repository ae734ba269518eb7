public import Tensors

/// An estimate of a trace from products with random vectors.
public struct TraceEstimate: Hashable, Sendable {
  public var value: Double
  /// The standard error of the random part; NaN from one probe.
  public var error: Double
  public var products: Int
}

/// The trace as the mean of vᵀAv over random signs v.
///
/// - Throws: `LandscapeError` for no probe.
///
/// Hutchinson, "A stochastic estimator of the trace of the influence matrix", 1989.
public func hutchinsonTrace<Element: Scalar>(
  of linear: LinearOperator<Element>, probes: Int, book: UInt64 = 0, run: UInt64 = 0
) throws -> TraceEstimate {
  guard probes >= 1 else { throw LandscapeError("a trace from \(probes) probes", hints: ["1 or more"]) }
  var product = Vector<Element>(zeros: linear.dimension)
  let samples = (0..<probes).map { probe in
    let v: Vector<Element> = signs(linear.dimension, book: book, run: run, index: probe)
    linear.multiply(v, &product)
    return innerProduct(v, product)
  }
  return estimate(samples, base: 0, products: probes)
}

/// The diagonal as the mean of v ⊙ Av over random signs v.
///
/// Bekas, Kokiopoulou & Saad, "An estimator for the diagonal of a matrix", 2007.
public func hutchinsonDiagonal<Element: Scalar>(
  of linear: LinearOperator<Element>, probes: Int, book: UInt64 = 0, run: UInt64 = 0
) throws -> [Double] {
  guard probes >= 1 else { throw LandscapeError("a diagonal from \(probes) probes", hints: ["1 or more"]) }
  var product = Vector<Element>(zeros: linear.dimension)
  var sum = [Double](repeating: 0, count: linear.dimension)
  for probe in 0..<probes {
    let v: Vector<Element> = signs(linear.dimension, book: book, run: run, index: probe)
    linear.multiply(v, &product)
    for i in sum.indices { sum[i] += Double(v[i]) * Double(product[i]) }
  }
  return sum.map { $0 / Double(probes) }
}

/// The trace as the exact trace on the range of a sketch and Hutchinson's on what is left, a third of the products for
/// the sketch, for its trace and for the rest: the error falls like 1/products instead of 1/√products when A is positive.
///
/// - Throws: `LandscapeError` for fewer than 3 products.
///
/// Meyer, Musco, Musco & Woodruff, "Hutch++: optimal stochastic trace estimation", 2021, arXiv:2010.09649.
public func hutchPlusPlusTrace<Element: Scalar>(
  of linear: LinearOperator<Element>, products: Int, book: UInt64 = 0, run: UInt64 = 0
) throws -> TraceEstimate {
  guard products >= 3 else { throw LandscapeError("Hutch++ with \(products) products", hints: ["3 or more"]) }
  let third = min(products / 3, linear.dimension)
  var range = Basis<Element>(dimension: linear.dimension, capacity: third)
  var product = Vector<Element>(zeros: linear.dimension)
  var vector = product
  var count = 0
  for index in 0..<third {
    let v: Vector<Element> = signs(linear.dimension, book: book, run: run, index: index)
    linear.multiply(v, &product)
    count += 1
    let size = innerProduct(product, product).squareRoot()
    _ = range.orthogonalize(&product)
    let rest = innerProduct(product, product).squareRoot()
    // Less than rounding is no new direction.
    if rest > Double(Element.ulpOfOne) * 16 * size { range.append(product, scaledBy: 1 / rest) }
  }
  var onRange = 0.0
  for index in 0..<range.count {
    range.copy(index, into: &vector)
    linear.multiply(vector, &product)
    count += 1
    onRange += innerProduct(vector, product)
  }
  let samples = (0..<third).map { index in
    var v: Vector<Element> = signs(linear.dimension, book: book, run: run, index: third + index)
    _ = range.orthogonalize(&v)
    linear.multiply(v, &product)
    return innerProduct(v, product)
  }
  return estimate(samples, base: onRange, products: count + third)
}

private func estimate(_ samples: [Double], base: Double, products: Int) -> TraceEstimate {
  let n = Double(samples.count)
  let mean = samples.reduce(0, +) / n
  let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
  return TraceEstimate(value: base + mean, error: (variance / n).squareRoot(), products: products)
}
