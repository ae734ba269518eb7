import Landscapes
import Tensors
import Testing

@Suite struct PrincipalComponentsTests {
  @Test(arguments: [true, false])
  func `Components equal scikit-learn's, signs too, for few rows and for few columns`(wide: Bool) throws {
    let reference = wide ? projection.wide : projection.tall
    let ours = try PrincipalComponents(Matrix(reference.rows), count: reference.directions.count)
    #expect(difference(ours.directions.elements, reference.directions.flatMap(\.self)) < 1e-12)
    #expect(difference(ours.coordinates.elements, reference.coordinates.flatMap(\.self)) < 1e-12)
    #expect(difference(ours.variances, reference.variances) < 1e-12)
    #expect(difference(ours.shares, reference.shares) < 1e-12)
  }

  @Test func `All directions are orthonormal, explain everything and give the rows back`() throws {
    let rows = randomGrid(6, 11, seed: 1)
    let found = try PrincipalComponents(rows, count: 5)
    let products = found.directions.times(found.directions, otherTransposed: true)
    for i in 0..<5 { for j in 0..<5 { #expect(abs(products[i, j] - (i == j ? 1 : 0)) < 1e-13) } }
    #expect(abs(found.shares.reduce(0, +) - 1) < 1e-13)
    let back = found.coordinates.times(found.directions)
    for row in 0..<6 {
      for column in 0..<11 { #expect(abs(back[row, column] + found.centre[column] - rows[row, column]) < 1e-13) }
    }
  }

  @Test func `A path is centred on its mean, on one of its points, or not at all`() throws {
    let path = Matrix([[0, 0, 1], [1, 0, 1], [2, 0, 1], [5, 0, 1]])
    let mean = try PrincipalComponents(path, count: 1)
    #expect(difference(mean.centre, [2, 0, 1]) < 1e-15)
    #expect(difference(mean.coordinates.elements, [-2, -1, 0, 3]) < 1e-14)
    #expect(abs(mean.variances[0] - 14.0 / 3) < 1e-13)
    let last = try PrincipalComponents(path, count: 1, centring: .row(3))
    #expect(difference(last.coordinates.elements, [-5, -4, -3, 0]) < 1e-14)
    let none = try PrincipalComponents(path, count: 2, centring: .none)
    #expect(none.centre == [0, 0, 0])
    #expect(abs(none.variances.reduce(0, +) - 34.0 / 3) < 1e-13)
  }

  @Test func `A direction that the rows do not span is zero, not noise`() throws {
    let line = Matrix((0..<5).map { i in (0..<8).map { Double(i) * Double($0 + 1) } })
    let found = try PrincipalComponents(line, count: 3)
    #expect(abs(found.shares[0] - 1) < 1e-14)
    #expect(found.directions.elements[8...].allSatisfy { $0 == 0 })
    #expect(found.shares[1] == 0)
  }

  @Test func `Too many components, one row and numbers that are none are refused`() {
    let error = #expect(throws: LandscapeError.self) { try PrincipalComponents(randomGrid(3, 9, seed: 0), count: 4) }
    #expect(error?.hints == ["1 to 3"])
    #expect(throws: LandscapeError.self) { try PrincipalComponents(randomGrid(1, 9, seed: 0), count: 1) }
    #expect(throws: LandscapeError.self) { try PrincipalComponents(Matrix([[1, .nan], [0, 1]]), count: 1) }
    #expect(throws: LandscapeError.self) {
      try PrincipalComponents(Matrix([[1, 2], [0, 1]]), count: 1, centring: .row(2))
    }
  }
}
