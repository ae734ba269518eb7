/// Sums over rows or columns of a tile, in Double and in the order of the elements.
enum Sums {
  /// Adds each column of a matrix to its sum.
  ///
  /// Eight to thirty-two columns stay in registers while the rows go by, so that no sum waits for memory.
  @inline(__always)
  static func addColumns<T: Scalar>(
    _ x: UnsafeMutablePointer<T>, rows: Int, columns: Int, rowStride: Int, to sums: UnsafeMutablePointer<Double>
  ) {
    var column = 0
    while column + 32 <= columns {
      var a = unsafe load(sums + column)
      var b = unsafe load(sums + column + 8)
      var c = unsafe load(sums + column + 16)
      var d = unsafe load(sums + column + 24)
      for row in 0..<rows {
        let source = unsafe x + row * rowStride + column
        a += unsafe widened(source)
        b += unsafe widened(source + 8)
        c += unsafe widened(source + 16)
        d += unsafe widened(source + 24)
      }
      unsafe store(a, sums + column)
      unsafe store(b, sums + column + 8)
      unsafe store(c, sums + column + 16)
      unsafe store(d, sums + column + 24)
      column += 32
    }
    while column + 8 <= columns {
      var a = unsafe load(sums + column)
      for row in 0..<rows { a += unsafe widened(x + row * rowStride + column) }
      unsafe store(a, sums + column)
      column += 8
    }
    while column < columns {
      var a = unsafe sums[column]
      for row in 0..<rows { a += unsafe Double(x[row * rowStride + column]) }
      unsafe sums[column] = a
      column += 1
    }
  }

  /// Eight neighbours.
  @inline(__always) static func widened<T: Scalar>(_ x: UnsafeMutablePointer<T>) -> SIMD8<Double> {
    unsafe T.widened(UnsafeRawPointer(x).loadUnaligned(as: SIMD8<T>.self))
  }

  @inline(__always) private static func load(_ x: UnsafeMutablePointer<Double>) -> SIMD8<Double> {
    unsafe UnsafeRawPointer(x).loadUnaligned(as: SIMD8<Double>.self)
  }

  @inline(__always) private static func store(_ value: SIMD8<Double>, _ x: UnsafeMutablePointer<Double>) {
    unsafe UnsafeMutableRawPointer(x).storeBytes(of: value, as: SIMD8<Double>.self)
  }
}
