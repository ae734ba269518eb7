internal import Tensors

/// The coordinates of points along the directions in which they vary most, from their distances alone: the eigenvectors
/// of −½ J D² J, J = 1 − 1/n, times the roots of its eigenvalues.
///
/// For points of many dimensions this is principal components without a pass over the points. Signs: the coordinate of
/// greatest size is positive.
///
/// - Returns: n × count; a column of zeros for a direction beyond what the points span.
/// - Throws: `LandscapeError` when the eigenvectors were not found.
///
/// Gower, "Some distance properties of latent root and vector methods used in multivariate analysis", 1966.
func principalCoordinates(squaredDistances: Matrix, count: Int) throws -> Matrix {
  let n = squaredDistances.rows
  let means = (0..<n).map { row in (0..<n).reduce(0) { $0 + squaredDistances[row, $1] } / Double(n) }
  let mean = means.reduce(0, +) / Double(n)
  var products = squaredDistances
  for i in 0..<n { for j in 0..<n { products[i, j] = -0.5 * (squaredDistances[i, j] - means[i] - means[j] + mean) } }
  guard let (values, vectors) = products.symmetricEigen() else {
    throw LandscapeError("the eigenvectors of the points' products were not found")
  }
  var coordinates = Matrix(rows: n, columns: count, Array(repeating: 0, count: n * count))
  // What is left of a direction that is none is rounding.
  let least = Double(n) * .ulpOfOne * (values.last ?? 0)
  for component in 0..<min(count, n) where values[n - 1 - component] > least {
    let column = (0..<n).map { vectors[$0, n - 1 - component] }
    let greatest = column.max { abs($0) < abs($1) } ?? 1
    let length = (greatest < 0 ? -1 : 1) * values[n - 1 - component].squareRoot()
    for row in 0..<n { coordinates[row, component] = length * column[row] }
  }
  return coordinates
}
