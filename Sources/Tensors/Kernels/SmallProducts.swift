/// Products of matrices so narrow that a library call costs more than the arithmetic: the tiny networks of examples
/// and of the theory chapters live on these.
///
/// Rows are handled eight numbers at a time, also where they are shorter: the lanes behind a row's end hold the next
/// row and are ignored, or overwritten by it.
enum SmallProducts {
  static let width = 8

  /// Whether `rows` handles this: a tall A times a small B.
  static func takesRows(m: Int, n: Int, k: Int, aTransposed: Bool) -> Bool {
    !aTransposed && n <= width && k <= width && m >= 32
  }

  /// Whether `columns` handles this: a small AᵀB summed over many rows.
  /// (A matrix of one row or column is its own transpose in memory.)
  static func takesColumns(m: Int, n: Int, k: Int, aTransposed: Bool, bTransposed: Bool) -> Bool {
    (aTransposed || m == 1) && (!bTransposed || n == 1) && m <= width && n <= width && k >= 32 && k <= 4096
  }

  /// C = A·op(B), row by row: B's rows stay in registers.
  @inline(__always)
  static func rows<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, bTransposed: Bool,
    _ c: UnsafeMutablePointer<T>
  ) {
    func row(_ index: Int) -> SIMD8<T> {
      var lanes = SIMD8<T>.zero
      for j in 0..<n { lanes[j] = unsafe bTransposed ? b[j * k + index] : b[index * n + j] }
      return lanes
    }
    func each(_ value: (_ row: Int) -> SIMD8<T>) {
      let whole = max(0, m - (width + n - 1) / n)
      for i in 0..<whole { unsafe UnsafeMutableRawPointer(c + i * n).storeBytes(of: value(i), as: SIMD8<T>.self) }
      for i in whole..<m {
        let lanes = value(i)
        for j in 0..<n { unsafe c[i * n + j] = lanes[j] }
      }
    }
    if n == 1, k == 4 { return unsafe dotsOfFour(m, a, b, c) }
    switch k {
    case 1:
      let b0 = row(0)
      each { i in unsafe b0 * a[i] }
    case 2:
      let (b0, b1) = (row(0), row(1))
      each { i in unsafe (b0 * a[2 * i]).addingProduct(b1, SIMD8(repeating: a[2 * i + 1])) }
    case 3:
      let (b0, b1, b2) = (row(0), row(1), row(2))
      each { i in
        let first = unsafe (b0 * a[3 * i]).addingProduct(b1, SIMD8(repeating: a[3 * i + 1]))
        return unsafe first.addingProduct(b2, SIMD8(repeating: a[3 * i + 2]))
      }
    case 4:
      let (b0, b1, b2, b3) = (row(0), row(1), row(2), row(3))
      each { i in
        let first = unsafe (b0 * a[4 * i]).addingProduct(b1, SIMD8(repeating: a[4 * i + 1]))
        return unsafe first + (b2 * a[4 * i + 2]).addingProduct(b3, SIMD8(repeating: a[4 * i + 3]))
      }
    default:
      let (b0, b1, b2, b3) = (row(0), row(1), row(2), row(3))
      let (b4, b5) = (row(4), k > 5 ? row(5) : .zero)
      let (b6, b7) = (k > 6 ? row(6) : .zero, k > 7 ? row(7) : .zero)
      each { i in
        let source = unsafe a + i * k
        var first = unsafe (b0 * source[0]).addingProduct(b1, SIMD8(repeating: source[1]))
        var second = unsafe (b2 * source[2]).addingProduct(b3, SIMD8(repeating: source[3]))
        first = unsafe first.addingProduct(b4, SIMD8(repeating: source[4]))
        if k > 5 { second = unsafe second.addingProduct(b5, SIMD8(repeating: source[5])) }
        if k > 6 { first = unsafe first.addingProduct(b6, SIMD8(repeating: source[6])) }
        if k > 7 { second = unsafe second.addingProduct(b7, SIMD8(repeating: source[7])) }
        return first + second
      }
    }
  }

  /// Rows of four numbers times one column: neighbours are added up in pairs, four rows at a time.
  @inline(__always)
  private static func dotsOfFour<T: Scalar>(
    _ m: Int, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, _ c: UnsafeMutablePointer<T>
  ) {
    let column: SIMD4<T> = unsafe UnsafeRawPointer(b).loadUnaligned(as: SIMD4<T>.self)
    let factors = SIMD8(lowHalf: column, highHalf: column)
    var i = 0
    while i + 4 <= m {
      let rows = unsafe SIMD16(lowHalf: load(a + 4 * i) * factors, highHalf: load(a + 4 * i + 8) * factors)
      let pairs = rows.evenHalf + rows.oddHalf
      unsafe UnsafeMutableRawPointer(c + i).storeBytes(of: pairs.evenHalf + pairs.oddHalf, as: SIMD4<T>.self)
      i += 4
    }
    while i < m {
      let row = unsafe UnsafeRawPointer(a + 4 * i).loadUnaligned(as: SIMD4<T>.self) * column
      unsafe c[i] = (row[0] + row[1]) + (row[2] + row[3])
      i += 1
    }
  }

  /// C = AᵀB for A of k×m and B of k×n: the longer of the two short sides runs along the lanes.
  @inline(__always)
  static func columns<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>,
    _ c: UnsafeMutablePointer<T>
  ) {
    let lanesFromA = m > n
    let (long, longCount) = unsafe lanesFromA ? (a, m) : (b, n)
    let (short, shortCount) = unsafe lanesFromA ? (b, n) : (a, m)
    // Rows whose eight lanes stay inside the matrix, in fours with sums of their own.
    let whole = max(0, k - (width + longCount - 1) / longCount) / 4 * 4
    for j in 0..<shortCount {
      var sums = (SIMD8<T>.zero, SIMD8<T>.zero, SIMD8<T>.zero, SIMD8<T>.zero)
      for row in stride(from: 0, to: whole, by: 4) {
        let source = unsafe long + row * longCount
        let factor = unsafe short + row * shortCount + j
        unsafe sums.0.addProduct(load(source), SIMD8(repeating: factor[0]))
        unsafe sums.1.addProduct(load(source + longCount), SIMD8(repeating: factor[shortCount]))
        unsafe sums.2.addProduct(load(source + 2 * longCount), SIMD8(repeating: factor[2 * shortCount]))
        unsafe sums.3.addProduct(load(source + 3 * longCount), SIMD8(repeating: factor[3 * shortCount]))
      }
      var total = (sums.0 + sums.1) + (sums.2 + sums.3)
      for row in whole..<k {
        for i in 0..<longCount {
          total[i] = unsafe total[i].addingProduct(long[row * longCount + i], short[row * shortCount + j])
        }
      }
      for i in 0..<longCount { unsafe c[lanesFromA ? i * n + j : j * n + i] = total[i] }
    }
  }

  @inline(__always) private static func load<T: Scalar>(_ source: UnsafeMutablePointer<T>) -> SIMD8<T> {
    unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD8<T>.self)
  }
}
