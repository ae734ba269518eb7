/// A tile of a matrix product: as many as six rows by two vectors of columns, summed over `depth` in registers.
///
/// Twelve sums, two columns and one factor fill the sixteen registers of AVX2, and twelve independent multiply-adds
/// hide the latency of both units. Every element is one chain of multiply-adds in the order of the inner index, whatever
/// tile it falls into: a row of C does not depend on how many rows there are.
enum ProductTile {
  /// Rows of the largest tile.
  static let rows = 6

  /// Columns of a tile.
  @inline(__always) static func columns<T: Scalar>(_ type: T.Type) -> Int { 2 * T.Lanes.scalarCount }

  /// `c = a·b`, or `c += a·b` when accumulating.
  ///
  /// - Parameters:
  ///   - a: element (i, p) lies at `i * rowStride + p * depthStride`.
  ///   - b: element (p, j) lies at `p * bStride + j`.
  ///   - rows: a literal, so that each size becomes straight code of its own.
  @inline(__always)
  static func run<T: Scalar>(
    rows: Int, depth: Int, _ a: UnsafePointer<T>, rowStride: Int, depthStride: Int, _ b: UnsafePointer<T>,
    bStride: Int, _ c: UnsafeMutablePointer<T>, cStride: Int, accumulating: Bool
  ) {
    typealias Lanes = T.Lanes
    let width = Lanes.scalarCount
    @inline(__always) func start(_ row: Int, _ half: Int) -> Lanes {
      unsafe accumulating && row < rows ? load(c + row * cStride + half * width) : .zero
    }
    var (c00, c01, c10, c11) = (start(0, 0), start(0, 1), start(1, 0), start(1, 1))
    var (c20, c21, c30, c31) = (start(2, 0), start(2, 1), start(3, 0), start(3, 1))
    var (c40, c41, c50, c51) = (start(4, 0), start(4, 1), start(5, 0), start(5, 1))
    var a = unsafe a
    var b = unsafe b
    for _ in 0..<depth {
      let b0: Lanes = unsafe load(b)
      let b1: Lanes = unsafe load(b + width)
      unsafe b += bStride
      @inline(__always) func add(_ row: Int, _ first: inout Lanes, _ second: inout Lanes) {
        guard row < rows else { return }
        let factor = unsafe Lanes(repeating: a[row * rowStride])
        first.addProduct(factor, b0)
        second.addProduct(factor, b1)
      }
      add(0, &c00, &c01)
      add(1, &c10, &c11)
      add(2, &c20, &c21)
      add(3, &c30, &c31)
      add(4, &c40, &c41)
      add(5, &c50, &c51)
      unsafe a += depthStride
    }
    @inline(__always) func put(_ row: Int, _ first: Lanes, _ second: Lanes) {
      guard row < rows else { return }
      unsafe store(first, c + row * cStride)
      unsafe store(second, c + row * cStride + width)
    }
    put(0, c00, c01)
    put(1, c10, c11)
    put(2, c20, c21)
    put(3, c30, c31)
    put(4, c40, c41)
    put(5, c50, c51)
  }
}

/// A vector of elements from anywhere in memory.
@inline(__always) func load<Lanes: SIMD>(_ source: UnsafePointer<Lanes.Scalar>) -> Lanes {
  unsafe UnsafeRawPointer(source).loadUnaligned(as: Lanes.self)
}

@inline(__always) func store<Lanes: SIMD>(_ lanes: Lanes, _ target: UnsafeMutablePointer<Lanes.Scalar>) {
  unsafe UnsafeMutableRawPointer(target).storeBytes(of: lanes, as: Lanes.self)
}
