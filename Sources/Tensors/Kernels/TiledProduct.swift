/// Products of matrices of the sizes that networks have, tile by tile: B's columns are packed where they do not lie as
/// a tile wants them, A is read where it is.
///
/// A library copies both operands first, which pays for large matrices only: at a batch of 32 the copies cost a tenth
/// of the arithmetic.
enum TiledProduct {
  /// The deepest panel: at this depth it fills half of the first-level cache, and a deeper product goes in parts.
  static let depth = 512
  /// The deepest panel of few rows, which may as well come from the second-level cache.
  static let fewRowsDepth = 1024

  /// Whether this is the better way. Very long rows of B, or of a transposed A, lie too far apart to be read in place.
  static func takes(m: Int, n: Int, k: Int, aTransposed: Bool, bTransposed: Bool) -> Bool {
    m >= 4 && n >= 4 && k <= 8192 && (!aTransposed || m <= 2048) && (bTransposed || n <= 2048)
  }

  /// C = op(A)·op(B).
  ///
  /// Few rows times a transposed matrix are computed as the transpose of C, so that the rows are packed and not the
  /// matrix.
  ///
  /// - Parameters:
  ///   - panel: room for `fewRowsDepth` rows of a tile and the tile itself.
  ///   - aStride, bStride, cStride: elements from one stored row to the next.
  @inline(__always)
  static func run<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<T>, aStride: Int, aTransposed: Bool, _ b: UnsafePointer<T>,
    bStride: Int, bTransposed: Bool, _ c: UnsafeMutablePointer<T>, cStride: Int, panel: UnsafeMutablePointer<T>
  ) {
    if bTransposed, !aTransposed, 2 * m <= n, k <= fewRowsDepth {
      unsafe run(
        n, m, k, b, aStride: bStride, aTransposed: false, a, bStride: aStride, bTransposed: true, c, cStride: cStride,
        cTransposed: true, panel: panel)
    } else {
      unsafe run(
        m, n, k, a, aStride: aStride, aTransposed: aTransposed, b, bStride: bStride, bTransposed: bTransposed, c,
        cStride: cStride, cTransposed: false, panel: panel)
    }
  }

  /// - Parameter cTransposed: whether C's columns are runs of memory, `cStride` apart; then k is at most `fewRowsDepth`.
  @inline(__always)
  private static func run<T: Scalar>(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<T>, aStride: Int, aTransposed: Bool, _ b: UnsafePointer<T>,
    bStride: Int, bTransposed: Bool, _ c: UnsafeMutablePointer<T>, cStride: Int, cTransposed: Bool,
    panel: UnsafeMutablePointer<T>
  ) {
    let columns = ProductTile.columns(T.self)
    let parts = cTransposed ? 1 : max(1, (k + depth - 1) / depth)
    let step = (k + parts - 1) / parts
    let border = unsafe panel + fewRowsDepth * columns
    var start = 0
    repeat {
      let deep = min(step, k - start)
      let aStart = unsafe a + (aTransposed ? start * aStride : start)
      let bStart = unsafe b + (bTransposed ? start : start * bStride)
      var column = 0
      while column < n {
        let count = min(columns, n - column)
        let isWhole = count == columns
        let source = unsafe bStart + (bTransposed ? column * bStride : column)
        var strip = unsafe Strip(
          b: source, bStride: bStride, c: c + column * (cTransposed ? cStride : 1), cStride: cStride,
          cTransposed: cTransposed, count: count, border: border)
        if bTransposed {
          unsafe ProductPanel.packTransposed(source, stride: bStride, count: count, depth: deep, into: panel)
        } else if !isWhole {
          unsafe ProductPanel.pack(source, stride: bStride, count: count, depth: deep, into: panel)
        }
        if bTransposed || !isWhole { unsafe (strip.b, strip.bStride) = (UnsafePointer(panel), columns) }
        if aTransposed {
          unsafe strip.run(m, deep, aStart, rowStride: 1, depthStride: aStride, accumulating: start > 0)
        } else {
          unsafe strip.run(m, deep, aStart, rowStride: aStride, depthStride: 1, accumulating: start > 0)
        }
        column += count
      }
      start += deep
    } while start < k
  }
}

/// One tile's width of columns of C, from top to bottom.
@unsafe private struct Strip<T: Scalar> {
  var b: UnsafePointer<T>
  var bStride: Int
  var c: UnsafeMutablePointer<T>
  var cStride: Int
  /// Whether C's columns are runs of memory.
  var cTransposed: Bool
  /// Columns that C has here.
  var count: Int
  /// A tile of its own where C does not have all of its columns, or not in rows.
  var border: UnsafeMutablePointer<T>

  /// Rows are taken by sixes and fours, which are as fast; one or two that remain are taken first.
  @inline(__always)
  func run(
    _ m: Int, _ depth: Int, _ a: UnsafePointer<T>, rowStride: Int, depthStride: Int, accumulating: Bool
  ) {
    func tile(_ rows: Int, at row: Int) {
      let columns = ProductTile.columns(T.self)
      let count = unsafe self.count
      let border = unsafe self.border
      let cStride = unsafe self.cStride
      let (rowStep, columnStep) = unsafe cTransposed ? (1, cStride) : (cStride, 1)
      let target = unsafe self.c + row * rowStep
      let isDirect = unsafe count == columns && !cTransposed
      if !isDirect, accumulating {
        for i in 0..<rows {
          for j in 0..<count { unsafe border[i * columns + j] = target[i * rowStep + j * columnStep] }
        }
      }
      let to = unsafe isDirect ? target : border
      let toStride = isDirect ? cStride : columns
      @inline(__always) func fill(_ rows: Int) {
        unsafe ProductTile.run(
          rows: rows, depth: depth, a + row * rowStride, rowStride: rowStride, depthStride: depthStride, b,
          bStride: bStride, to, cStride: toStride, accumulating: accumulating)
      }
      switch rows {
      case 6: fill(6)
      case 4: fill(4)
      case 2: fill(2)
      default: fill(1)
      }
      if isDirect { return }
      if rows == ProductTile.rows, count == columns {
        for j in stride(from: 0, to: columns, by: 8) {
          unsafe ProductPanel.putTransposed(border + j, stride: columns, into: target + j * cStride, stride: cStride)
        }
      } else {
        for i in 0..<rows {
          for j in 0..<count { unsafe target[i * rowStep + j * columnStep] = border[i * columns + j] }
        }
      }
    }
    var row = 0
    if m % 2 == 1 {
      tile(1, at: row)
      row += 1
    }
    if m - row == 2 { return tile(2, at: row) }
    let fours = [0, 2, 1][(m - row) % 6 / 2]
    for _ in 0..<fours {
      tile(4, at: row)
      row += 4
    }
    while row < m {
      tile(6, at: row)
      row += 6
    }
  }
}
