/// Columns of B as a tile wants them: row after row, one tile wide.
enum ProductPanel {
  /// Packs `count` columns of B, which is stored transposed (its columns are runs of memory), `depth` deep; zeros fill
  /// the tile's remaining columns.
  @inline(__always)
  static func packTransposed<T: Scalar>(
    _ b: UnsafePointer<T>, stride: Int, count: Int, depth: Int, into panel: UnsafeMutablePointer<T>
  ) {
    let columns = ProductTile.columns(T.self)
    // Eight columns by four rows at a time, in vectors that hold the same rows of columns i and i + 4.
    var column = 0
    while column + 8 <= count {
      let source = unsafe b + column * stride
      let target = unsafe panel + column
      var row = 0
      while row + 4 <= depth {
        let place = unsafe source + row
        let c0: SIMD8<T> = unsafe pair(place, place + 4 * stride)
        let c1: SIMD8<T> = unsafe pair(place + stride, place + 5 * stride)
        let c2: SIMD8<T> = unsafe pair(place + 2 * stride, place + 6 * stride)
        let c3: SIMD8<T> = unsafe pair(place + 3 * stride, place + 7 * stride)
        let (low01, high01) = (interleavedLow(c0, c1), interleavedHigh(c0, c1))
        let (low23, high23) = (interleavedLow(c2, c3), interleavedHigh(c2, c3))
        let to = unsafe target + row * columns
        unsafe store(firstPairs(low01, low23), to)
        unsafe store(secondPairs(low01, low23), to + columns)
        unsafe store(firstPairs(high01, high23), to + 2 * columns)
        unsafe store(secondPairs(high01, high23), to + 3 * columns)
        row += 4
      }
      while row < depth {
        for lane in 0..<8 { unsafe target[row * columns + lane] = source[lane * stride + row] }
        row += 1
      }
      column += 8
    }
    while column < columns {
      for row in 0..<depth { unsafe panel[row * columns + column] = column < count ? b[column * stride + row] : 0 }
      column += 1
    }
  }

  /// Packs `count` columns of B, which is stored row by row.
  @inline(__always)
  static func pack<T: Scalar>(
    _ b: UnsafePointer<T>, stride: Int, count: Int, depth: Int, into panel: UnsafeMutablePointer<T>
  ) {
    let columns = ProductTile.columns(T.self)
    for row in 0..<depth {
      let source = unsafe b + row * stride
      let target = unsafe panel + row * columns
      for column in 0..<count { unsafe target[column] = source[column] }
      for column in count..<columns { unsafe target[column] = 0 }
    }
  }
}

// Shuffles within halves of eight elements, each one instruction.

@inline(__always) private func pair<T: Scalar>(_ low: UnsafePointer<T>, _ high: UnsafePointer<T>) -> SIMD8<T> {
  unsafe SIMD8(lowHalf: load(low), highHalf: load(high))
}

@inline(__always) private func interleavedLow<T: Scalar>(_ a: SIMD8<T>, _ b: SIMD8<T>) -> SIMD8<T> {
  SIMD8(a[0], b[0], a[1], b[1], a[4], b[4], a[5], b[5])
}

@inline(__always) private func interleavedHigh<T: Scalar>(_ a: SIMD8<T>, _ b: SIMD8<T>) -> SIMD8<T> {
  SIMD8(a[2], b[2], a[3], b[3], a[6], b[6], a[7], b[7])
}

@inline(__always) private func firstPairs<T: Scalar>(_ a: SIMD8<T>, _ b: SIMD8<T>) -> SIMD8<T> {
  SIMD8(a[0], a[1], b[0], b[1], a[4], a[5], b[4], b[5])
}

@inline(__always) private func secondPairs<T: Scalar>(_ a: SIMD8<T>, _ b: SIMD8<T>) -> SIMD8<T> {
  SIMD8(a[2], a[3], b[2], b[3], a[6], a[7], b[6], b[7])
}
