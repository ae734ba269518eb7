import Fixtures
import Tensors
import Testing

@testable import Datasets

/// Numbers of `scripts/fixtures/regression.py`.
struct RegressionFixture: Decodable {
  struct Valley: Decodable {
    var x: [Double]
    var dimensions: Int
    var values: [Double]
  }
  struct Grid: Decodable {
    var side: Int
    var x: [Double]
    var targets: [Double]
  }
  struct Toy: Decodable {
    var x: [Double]
    var y: [Double]
  }
  struct Covariance: Decodable {
    var kernel: String
    var scale: Double
    var x: [Double]
    var dimensions: Int
    var values: [Double]
  }
  var valley: [Valley]
  var grid: Grid
  var erfToy: Toy
  var covariances: [Covariance]

  static func read() throws -> RegressionFixture { try fixture("regression") }
}

/// Whether numbers agree to a relative precision.
func agree(_ a: [Double], _ b: [Double], _ tolerance: Double) -> Bool {
  a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

@Suite struct RosenbrockTargetTests {
  @Test func `The valley is NumPy's, in two and four dimensions`() throws {
    for case let valley in try RegressionFixture.read().valley {
      let target = try RosenbrockTarget(
        inputs: .normal, points: 10, dimensions: valley.dimensions, split: Split(test: 0))
      let values = stride(from: 0, to: valley.x.count, by: valley.dimensions).map {
        target.valley(valley.x[$0..<$0 + valley.dimensions])
      }
      #expect(agree(values, valley.values, 1e-14))
    }
  }

  @Test func `A grid's inputs and z-scores are NumPy's`() throws {
    let wanted = try RegressionFixture.read().grid
    let data = try RosenbrockTarget(inputs: .grid, points: 25, dimensions: 2, split: Split(test: 0)).load().train
    #expect(agree(data.doubles, wanted.x, 1e-15))
    #expect(agree(data.values, wanted.targets, 1e-13))
  }

  @Test func `Targets have mean 0 and deviation 1 over all points`() throws {
    let data = try RosenbrockTarget(inputs: .normal, points: 500, dimensions: 3, split: Split(test: 0.3)).load()
    let values = data.train.values + data.test.values
    let mean = values.reduce(0, +) / 500
    #expect(abs(mean) < 1e-13)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 499 - 1) < 1e-12)
    #expect((data.train.count, data.test.count) == (350, 150))
    #expect(data.train.inputWidth == 3 && data.train.targetWidth == 1)
  }

  @Test func `A number of points that is no grid is refused, with the nearest ones that are`() {
    #expect(
      throws: DataError("10 points are no grid in 2 dimensions with as many on each axis", hints: ["near: 9, 16"])
    ) {
      try RosenbrockTarget(inputs: .grid, points: 10, dimensions: 2, split: Split())
    }
    #expect(throws: DataError.self) { try RosenbrockTarget(inputs: .grid, points: 3, dimensions: 16, split: Split()) }
  }
}
