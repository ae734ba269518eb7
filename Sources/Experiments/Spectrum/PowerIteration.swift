import Tensors

/// Power iteration for the largest singular value, one step at a time with a vector that persists: what spectral
/// normalization does once a training step. Miyato et al. 2018, arXiv:1802.05957.
struct PowerIteration {
  private let matrix: Matrix
  private var u: [Double]

  init(of matrix: Matrix, _ stream: Stream) {
    var stream = stream
    self.matrix = matrix
    u = PowerIteration.normalized(stream.normals(matrix.rows))
  }

  /// v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖; the estimate uᵀWv, never above the largest singular value.
  mutating func step() -> Double {
    var v = [Double](repeating: 0, count: matrix.columns)
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { v[column] += matrix[row, column] * u[row] }
    }
    v = PowerIteration.normalized(v)
    let product = (0..<matrix.rows).map { row in
      (0..<matrix.columns).reduce(0) { $0 + matrix[row, $1] * v[$1] }
    }
    u = PowerIteration.normalized(product)
    return zip(u, product).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func normalized(_ vector: [Double]) -> [Double] {
    let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm > 0 ? vector.map { $0 / norm } : vector
  }
}
