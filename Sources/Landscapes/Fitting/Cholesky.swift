internal import Tensors

/// The factor L of a positive definite matrix L·Lᵀ; small ones.
struct Cholesky {
  private var factor: Matrix

  /// `nil` when the matrix is not positive definite; only its lower triangle is read.
  init?(_ matrix: Matrix) {
    let n = matrix.rows
    factor = matrix
    for j in 0..<n {
      for i in j..<n {
        var sum = matrix[i, j]
        for k in 0..<j { sum -= factor[i, k] * factor[j, k] }
        if i > j {
          factor[i, j] = sum / factor[j, j]
        } else if sum > 0, sum.isFinite {
          factor[j, j] = sum.squareRoot()
        } else {
          return nil
        }
      }
    }
  }

  func solve(_ right: [Double]) -> [Double] {
    var x = right
    for i in x.indices {
      for k in 0..<i { x[i] -= factor[i, k] * x[k] }
      x[i] /= factor[i, i]
    }
    for i in x.indices.reversed() {
      for k in i + 1..<max(x.count, i + 1) { x[i] -= factor[k, i] * x[k] }
      x[i] /= factor[i, i]
    }
    return x
  }
}
