internal import COpenBLAS

extension Vector {
  /// The inner product with a vector of the same length.
  public func dot(_ other: Vector) -> Double {
    precondition(count == other.count)
    return Element.self == Float.self
      ? Double(unsafe cblas_sdot(blasint(count), floats, 1, other.floats, 1))
      : unsafe cblas_ddot(blasint(count), doubles, 1, other.doubles, 1)
  }

  /// The Euclidean length.
  public var norm: Double { dot(self).squareRoot() }

  /// Adds `factor` times a vector of the same length.
  public mutating func add(_ factor: Double, times other: Vector) {
    precondition(count == other.count)
    makeUnique()
    if Element.self == Float.self {
      unsafe cblas_saxpy(blasint(count), Float(factor), other.floats, 1, floats, 1)
    } else {
      unsafe cblas_daxpy(blasint(count), factor, other.doubles, 1, doubles, 1)
    }
  }

  /// Multiplies every element.
  public mutating func scale(by factor: Double) {
    makeUnique()
    if Element.self == Float.self {
      unsafe cblas_sscal(blasint(count), Float(factor), floats, 1)
    } else {
      unsafe cblas_dscal(blasint(count), factor, doubles, 1)
    }
  }

  /// The largest absolute value; 0 of no elements.
  public var largestMagnitude: Double {
    guard count > 0 else { return 0 }
    return Element.self == Float.self
      ? Double(abs(unsafe floats[Int(cblas_isamax(blasint(count), floats, 1))]))
      : abs(unsafe doubles[Int(cblas_idamax(blasint(count), doubles, 1))])
  }

  // The elements as what they are; the type was asked for before.
  private var floats: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Float.self)
  }
  private var doubles: UnsafeMutablePointer<Double> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Double.self)
  }
}
