internal import COpenBLAS

extension Vector {
  /// The inner product with a vector of the same length.
  public func dot(_ other: Vector) -> Double {
    precondition(count == other.count)
    return dot(count, at: 0, with: other, at: 0)
  }

  /// The inner product of `length` elements from `start` on with as many of another vector.
  public func dot(_ length: Int, at start: Int, with other: Vector, at otherStart: Int) -> Double {
    precondition(holds(length, at: start) && other.holds(length, at: otherStart), "range out of bounds")
    return Element.self == Float.self
      ? Double(unsafe cblas_sdot(blasint(length), floats + start, 1, other.floats + otherStart, 1))
      : unsafe cblas_ddot(blasint(length), doubles + start, 1, other.doubles + otherStart, 1)
  }

  /// The Euclidean length.
  public var norm: Double { dot(self).squareRoot() }

  /// Adds `factor` times a vector of the same length.
  public mutating func add(_ factor: Double, times other: Vector) {
    precondition(count == other.count)
    add(factor, times: other, at: 0, count, to: 0)
  }

  /// Adds `factor` times `length` elements of another vector, from `otherStart` on, to those from `start` on.
  public mutating func add(_ factor: Double, times other: Vector, at otherStart: Int, _ length: Int, to start: Int) {
    precondition(holds(length, at: start) && other.holds(length, at: otherStart), "range out of bounds")
    makeUnique()
    if Element.self == Float.self {
      unsafe cblas_saxpy(blasint(length), Float(factor), other.floats + otherStart, 1, floats + start, 1)
    } else {
      unsafe cblas_daxpy(blasint(length), factor, other.doubles + otherStart, 1, doubles + start, 1)
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

  private func holds(_ length: Int, at start: Int) -> Bool { length >= 0 && start >= 0 && start + length <= count }

  // The elements as what they are; the type was asked for before.
  private var floats: UnsafeMutablePointer<Float> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Float.self)
  }
  private var doubles: UnsafeMutablePointer<Double> {
    unsafe UnsafeMutableRawPointer(base).assumingMemoryBound(to: Double.self)
  }
}
