public import Tensors

/// A symmetric matrix that is known by its products alone: a Hessian, a Gauss–Newton matrix, a kernel.
public struct LinearOperator<Element: Scalar> {
  public let dimension: Int
  /// Writes the product with a vector over `product`.
  public let multiply: (_ vector: Vector<Element>, _ product: inout Vector<Element>) -> Void

  public init(
    dimension: Int, _ multiply: @escaping (_ vector: Vector<Element>, _ product: inout Vector<Element>) -> Void
  ) {
    self.dimension = dimension
    self.multiply = multiply
  }
}

extension LinearOperator {
  /// This operator until it is to stop; from then on its products are NaN, which ends whatever asks for them.
  public func stopping(when isCancelled: @escaping () -> Bool) -> LinearOperator {
    LinearOperator(dimension: dimension) { vector, product in
      if isCancelled() {
        for index in 0..<product.count { product[index] = .nan }
      } else {
        multiply(vector, &product)
      }
    }
  }
}

extension LinearOperator where Element == Double {
  /// A symmetric matrix at hand.
  public init(_ matrix: Matrix) {
    self.init(dimension: matrix.rows) { vector, product in
      let result = matrix.times(Matrix(rows: vector.count, columns: 1, vector.array))
      product.replace(from: 0, with: result.elements)
    }
  }
}

/// A vector of ±1 that depends on seeds and index alone.
func signs<Element: Scalar>(_ count: Int, book: UInt64, run: UInt64, index: Int) -> Vector<Element> {
  var result = Vector<Element>(zeros: count)
  result.fill(.signs, perSample: count, samples: 0..<1, from: Stream(book: book, run: run, purpose: .probes(index)))
  return result
}
