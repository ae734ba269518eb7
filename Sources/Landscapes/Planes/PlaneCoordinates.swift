public import Tensors

/// Where points lie on a line, plane, … through a point along directions: the coordinates of what is nearest there, by
/// least squares, so that directions need be neither of length 1 nor perpendicular.
public struct PlaneCoordinates<Element: Scalar> {
  public let origin: Vector<Element>
  public let directions: [Vector<Element>]
  private let inverse: Matrix

  /// - Throws: `LandscapeError` when a direction is (nearly) a combination of the others, or not finite.
  public init(_ origin: Vector<Element>, _ directions: [Vector<Element>]) throws {
    let count = directions.count
    var products = Matrix(rows: count, columns: count, Array(repeating: 0, count: count * count))
    for i in 0..<count { for j in 0..<count { products[i, j] = directions[i].dot(directions[j]) } }
    guard products.elements.allSatisfy(\.isFinite), let (values, vectors) = products.symmetricEigen(),
      values[0] > 1e-12 * max(values[count - 1], .leastNonzeroMagnitude)
    else { throw LandscapeError("the directions do not span a plane: one is a combination of the others, or nothing") }
    // VΛ⁻¹Vᵀ with eigenvectors as columns.
    var scaled = vectors
    for row in 0..<count { for column in 0..<count { scaled[row, column] /= values[column] } }
    inverse = scaled.times(vectors, otherTransposed: true)
    (self.origin, self.directions) = (origin, directions)
  }

  /// The coordinates of a point, and how far it lies from what they name.
  public func place(_ point: Vector<Element>) -> (coordinates: [Double], distance: Double) {
    var rest = point
    rest.add(-1, times: origin)
    let products = directions.map { rest.dot($0) }
    let coordinates = products.indices.map { row in
      products.indices.reduce(0) { $0 + inverse[row, $1] * products[$1] }
    }
    for (coordinate, direction) in zip(coordinates, directions) { rest.add(-coordinate, times: direction) }
    return (coordinates, rest.norm)
  }
}
