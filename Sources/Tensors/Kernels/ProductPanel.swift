/// Columns of B as a tile wants them, row after row and one tile wide; and a tile as a transposed C wants it.
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

  /// Writes a tile's six rows of eight numbers as eight columns of six.
  @inline(__always)
  static func putTransposed<T: Scalar>(
    _ tile: UnsafePointer<T>, stride: Int, into c: UnsafeMutablePointer<T>, stride cStride: Int
  ) {
    let (r0, r1): (SIMD8<T>, SIMD8<T>) = unsafe (load(tile), load(tile + stride))
    let (r2, r3): (SIMD8<T>, SIMD8<T>) = unsafe (load(tile + 2 * stride), load(tile + 3 * stride))
    let (r4, r5): (SIMD8<T>, SIMD8<T>) = unsafe (load(tile + 4 * stride), load(tile + 5 * stride))
    let (low01, high01) = (interleavedLow(r0, r1), interleavedHigh(r0, r1))
    let (low23, high23) = (interleavedLow(r2, r3), interleavedHigh(r2, r3))
    let (low45, high45) = (interleavedLow(r4, r5), interleavedHigh(r4, r5))
    @inline(__always) func put(_ column: Int, _ four: SIMD4<T>, _ two: SIMD2<T>) {
      unsafe store(four, c + column * cStride)
      unsafe store(two, c + column * cStride + 4)
    }
    let (f04, f15) = (firstPairs(low01, low23), secondPairs(low01, low23))
    let (f26, f37) = (firstPairs(high01, high23), secondPairs(high01, high23))
    put(0, f04.lowHalf, low45.lowHalf.lowHalf)
    put(1, f15.lowHalf, low45.lowHalf.highHalf)
    put(2, f26.lowHalf, high45.lowHalf.lowHalf)
    put(3, f37.lowHalf, high45.lowHalf.highHalf)
    put(4, f04.highHalf, low45.highHalf.lowHalf)
    put(5, f15.highHalf, low45.highHalf.highHalf)
    put(6, f26.highHalf, high45.highHalf.lowHalf)
    put(7, f37.highHalf, high45.highHalf.highHalf)
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
