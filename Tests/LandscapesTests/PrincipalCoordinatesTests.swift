@testable import Landscapes
import Tensors
import Testing

@Suite struct PrincipalCoordinatesTests {
  @Test(arguments: [(6, 9), (9, 4)])
  func `Distances give the principal components' coordinates, up to their signs`(rows: Int, columns: Int) throws {
    let points = randomGrid(rows, columns, seed: 7)
    let wanted = try PrincipalComponents(points, count: 3).coordinates
    var distances = pairwiseDistances(points)
    for i in distances.elements.indices { distances.elements[i] *= distances.elements[i] }
    let found = try principalCoordinates(squaredDistances: distances, count: 3)
    for column in 0..<3 {
      let sign: Double = found[0, column] * wanted[0, column] < 0 ? -1 : 1
      for row in 0..<rows { #expect(abs(found[row, column] - sign * wanted[row, column]) < 1e-12) }
      let values = (0..<rows).map { found[$0, column] }
      #expect(values.max()! >= -values.min()!)
    }
  }

  @Test func `Points on a line have one coordinate, and zeros beside it`() throws {
    let points = Matrix(rows: 4, columns: 5, (0..<20).map { Double(($0 / 5) * ($0 / 5)) })
    var distances = pairwiseDistances(points)
    for i in distances.elements.indices { distances.elements[i] *= distances.elements[i] }
    let found = try principalCoordinates(squaredDistances: distances, count: 2)
    let gaps = (1..<4).map { abs(found[$0, 0] - found[$0 - 1, 0]) / 5.0.squareRoot() }
    for (gap, wanted) in zip(gaps, [1.0, 3, 5]) { #expect(abs(gap - wanted) < 1e-12) }
    #expect((0..<4).allSatisfy { abs(found[$0, 1]) < 1e-6 })
  }
}
