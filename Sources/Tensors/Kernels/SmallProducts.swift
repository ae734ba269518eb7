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

  /// C = A·op(B), row by row: B's rows stay in registers, twice if two rows of C fill one.
  @inline(__always)
  static func rows<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<T>, _ b: UnsafeMutablePointer<T>, bTransposed: Bool,
    _ c: UnsafeMutablePointer<T>
  ) {
    func row(_ index: Int) -> SIMD8<T> {
      var lanes = SIMD8<T>.zero
      for j in 0..<n { lanes[j] = unsafe bTransposed ? b[j * k + index] : b[index * n + j] }
      return n == 4 ? SIMD8(lowHalf: lanes.lowHalf, highHalf: lanes.lowHalf) : lanes
    }
    /// Fills C, given how a row of it comes of a row of A.
    @inline(__always) func each(_ value: (_ factor: (Int) -> SIMD8<T>) -> SIMD8<T>) {
      var source = unsafe a
      var target = unsafe c
      func next(_ rows: Int) {
        unsafe source += rows &* k
        unsafe target += rows &* n
      }
      let pairs = n == 4 ? m / 2 : 0
      for _ in 0..<pairs {
        unsafe store(value { unsafe halves(source[$0], source[k &+ $0]) }, target)
        next(2)
      }
      let rest = m - 2 * pairs
      // The lanes behind the last rows are not C's.
      let last = min(rest, (width + n - 1) / n)
      for _ in 0..<rest - last {
        unsafe store(value { unsafe SIMD8(repeating: source[$0]) }, target)
        next(1)
      }
      for _ in 0..<last {
        let lanes = value { unsafe SIMD8(repeating: source[$0]) }
        for j in 0..<n { unsafe target[j] = lanes[j] }
        next(1)
      }
    }
    if n == 1, k == 4 { return unsafe dotsOfFour(m, a, b, c) }
    switch k {
    case 1:
      let b0 = row(0)
      each { factor in b0 * factor(0) }
    case 2:
      let (b0, b1) = (row(0), row(1))
      each { factor in (b0 * factor(0)).addingProduct(b1, factor(1)) }
    case 3:
      let (b0, b1, b2) = (row(0), row(1), row(2))
      each { factor in (b0 * factor(0)).addingProduct(b1, factor(1)).addingProduct(b2, factor(2)) }
    case 4:
      let (b0, b1, b2, b3) = (row(0), row(1), row(2), row(3))
      each { factor in
        (b0 * factor(0)).addingProduct(b1, factor(1)) + (b2 * factor(2)).addingProduct(b3, factor(3))
      }
    default:
      let (b0, b1, b2, b3) = (row(0), row(1), row(2), row(3))
      let (b4, b5) = (row(4), k > 5 ? row(5) : .zero)
      let (b6, b7) = (k > 6 ? row(6) : .zero, k > 7 ? row(7) : .zero)
      each { factor in
        var first = (b0 * factor(0)).addingProduct(b1, factor(1))
        var second = (b2 * factor(2)).addingProduct(b3, factor(3))
        first = first.addingProduct(b4, factor(4))
        if k > 5 { second = second.addingProduct(b5, factor(5)) }
        if k > 6 { first = first.addingProduct(b6, factor(6)) }
        if k > 7 { second = second.addingProduct(b7, factor(7)) }
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
    // Rows that a register holds at once, and rows whose eight lanes stay inside the matrix, in fours of such with
    // sums of their own.
    let rows = longCount == 4 ? 2 : 1
    let inside = rows == 2 ? k : max(0, k - (width + longCount - 1) / longCount)
    let whole = inside / (4 * rows) * (4 * rows)
    for j in 0..<shortCount {
      @inline(__always) func add(_ row: Int, to sum: inout SIMD8<T>) {
        let factor = unsafe short + (row &* shortCount &+ j)
        let factors = unsafe rows == 2 ? halves(factor[0], factor[shortCount]) : SIMD8(repeating: factor[0])
        unsafe sum.addProduct(load(long + row &* longCount), factors)
      }
      var sums = (SIMD8<T>.zero, SIMD8<T>.zero, SIMD8<T>.zero, SIMD8<T>.zero)
      for row in stride(from: 0, to: whole, by: 4 * rows) {
        add(row, to: &sums.0)
        add(row &+ rows, to: &sums.1)
        add(row &+ 2 &* rows, to: &sums.2)
        add(row &+ 3 &* rows, to: &sums.3)
      }
      var total = (sums.0 + sums.1) + (sums.2 + sums.3)
      if rows == 2 { total.lowHalf += total.highHalf }
      for row in whole..<k {
        for i in 0..<longCount {
          total[i] = unsafe total[i].addingProduct(long[row * longCount + i], short[row * shortCount + j])
        }
      }
      for i in 0..<longCount { unsafe c[lanesFromA ? i * n + j : j * n + i] = total[i] }
    }
  }

  /// One number four times, then another.
  @inline(__always) private static func halves<T: Scalar>(_ low: T, _ high: T) -> SIMD8<T> {
    SIMD8(lowHalf: SIMD4(repeating: low), highHalf: SIMD4(repeating: high))
  }

  @inline(__always) private static func load<T: Scalar>(_ source: UnsafeMutablePointer<T>) -> SIMD8<T> {
    unsafe UnsafeRawPointer(source).loadUnaligned(as: SIMD8<T>.self)
  }
}
