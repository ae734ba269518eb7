public import Tensors

/// The directions in which rows of numbers vary most, and the rows' coordinates along them.
///
/// Through the eigenvectors of the rows' n × n products when there are fewer rows than columns (few checkpoints, many
/// weights), of the columns' otherwise. The sign of a direction is chosen so that its entry of greatest size is positive.
///
/// Pearson 1901; Hotelling 1933. Signs and variances as in scikit-learn's `PCA`.
public struct PrincipalComponents: Hashable, Sendable {
  /// What is taken off every row first.
  public enum Centring: Hashable, Sendable {
    /// The mean row, as statistics and scikit-learn do: variances are about it.
    case mean
    /// One of the rows, say the last of a path, as Li et al. 2018 do: that row projects to 0.
    case row(Int)
    /// Nothing: directions from the origin.
    case none
  }

  /// What was taken off.
  public let centre: [Double]
  /// Unit directions as rows, k × columns; zeros for one beyond what the rows span.
  public let directions: Matrix
  /// The rows' coordinates, rows × k.
  public let coordinates: Matrix
  /// Σ coordinate² / (n − 1) along each direction: with `mean`, the variance.
  public let variances: [Double]
  /// Each direction's share of Σ coordinate² over all directions that there are; sums to 1 when all are kept.
  public let shares: [Double]

  /// - Parameters:
  ///   - rows: n × d, a row each observation.
  ///   - count: how many directions, at most n and d.
  /// - Throws: `LandscapeError` when there are fewer directions than that, or numbers that are not finite.
  public init(_ rows: Matrix, count: Int, centring: Centring = .mean) throws {
    let (n, d) = (rows.rows, rows.columns)
    guard n >= 2 else { throw LandscapeError("\(n) rows have no directions of variation", hints: ["2 or more rows"]) }
    guard count >= 1, count <= min(n, d) else {
      throw LandscapeError("\(count) principal components of \(n) rows of \(d)", hints: ["1 to \(min(n, d))"])
    }
    guard rows.elements.allSatisfy(\.isFinite) else { throw LandscapeError("a row has numbers that are not finite") }
    var centre = [Double](repeating: 0, count: d)
    switch centring {
    case .mean:
      for row in 0..<n { for column in 0..<d { centre[column] += rows.elements[row &* d &+ column] } }
      for column in 0..<d { centre[column] /= Double(n) }
    case .row(let row):
      guard (0..<n).contains(row) else { throw LandscapeError("there is no row \(row)", hints: ["0 to \(n - 1)"]) }
      centre = Array(rows.elements[row * d..<(row + 1) * d])
    case .none: break
    }
    var x = rows
    for row in 0..<n { for column in 0..<d { x.elements[row &* d &+ column] -= centre[column] } }

    let byRows = n < d
    let products = byRows ? x.times(x, otherTransposed: true) : x.times(x, transposed: true)
    guard let (values, vectors) = products.symmetricEigen() else {
      throw LandscapeError("the eigenvectors of the rows' products were not found")
    }
    let size = values.count
    let total = (0..<size).reduce(0) { $0 + products[$1, $1] }
    var directions = Matrix(rows: count, columns: d, Array(repeating: 0, count: count * d))
    var found: [[Double]] = []
    for component in 0..<count {
      let vector = (0..<size).map { vectors[$0, size - 1 - component] }
      var direction = byRows ? Matrix(rows: 1, columns: n, vector).times(x).elements : vector
      // A product of rows holds squares, so that small directions have lost digits: this keeps them orthogonal.
      for earlier in found {
        let overlap = zip(direction, earlier).reduce(0) { $0 + $1.0 * $1.1 }
        for column in 0..<d { direction[column] -= overlap * earlier[column] }
      }
      let square = squares(direction)
      // Rows that span less than was asked for: what is left is rounding and stands for no direction.
      let isRounding = square == 0 || (byRows && square <= Double(n) * .ulpOfOne * total)
      let largest = direction.max { abs($0) < abs($1) } ?? 1
      let factor = isRounding ? 0 : (largest < 0 ? -1 : 1) / square.squareRoot()
      for column in 0..<d { direction[column] *= factor }
      found.append(direction)
      for column in 0..<d { directions[component, column] = direction[column] }
    }
    let coordinates = x.times(directions, otherTransposed: true)
    var sums = [Double](repeating: 0, count: count)
    for row in 0..<n { for k in 0..<count { sums[k] += coordinates[row, k] * coordinates[row, k] } }
    self.centre = centre
    self.directions = directions
    self.coordinates = coordinates
    variances = sums.map { $0 / Double(n - 1) }
    shares = sums.map { total > 0 ? $0 / total : 0 }
  }
}
