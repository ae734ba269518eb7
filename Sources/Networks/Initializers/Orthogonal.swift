import Autodiff
import Tensors

extension Matrix {
  /// A matrix with orthonormal columns (rows, if it is wide), uniform over all such: QR of a Gaussian matrix, each
  /// column's sign fixed by the diagonal of R. Mezzadri 2007, arXiv:math-ph/0609050.
  static func orthonormal(rows: Int, columns: Int, _ stream: inout Stream) -> Matrix {
    let tall = Matrix(rows: max(rows, columns), columns: min(rows, columns), stream.normals(rows * columns))
    var (q, diagonal) = tall.orthonormalFactor()
    for column in 0..<q.columns where diagonal[column] < 0 {
      for row in 0..<q.rows { q[row, column] = -q[row, column] }
    }
    return rows >= columns ? q : q.transposed
  }
}

extension Initializer {
  /// A random matrix with orthonormal rows or columns, times a gain; axes after the first count as one.
  /// Saxe, McClelland & Ganguli 2014, arXiv:1312.6120.
  public static func orthogonal(gain: Double) -> Initializer {
    .eachWeight { slice, stream in orthonormal(slice, &stream).map { $0 * gain } }
  }

  /// An orthonormal matrix times √(2/fan-in): it shrinks every layer, and with a few of them nothing is left to learn
  /// from. Kept as a counter-example.
  public static let scaledOrthogonal = Initializer.eachWeight { slice, stream in
    let scale = (2 / Double(slice.fanIn)).squareRoot()
    return orthonormal(slice, &stream).map { $0 * scale }
  }

  private static func orthonormal(_ slice: Slice, _ stream: inout Stream) -> [Double] {
    let rows = slice.shape[0]
    return Matrix.orthonormal(rows: rows, columns: slice.shape.count / max(1, rows), &stream).elements
  }
}
