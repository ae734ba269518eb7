import Tensors
import Testing

@testable import Datasets

@Suite struct GaussianProcessTests {
  @Test func `Covariances are scikit-learn's`() throws {
    for wanted in try RegressionFixture.read().covariances {
      let process = GaussianProcess(
        kernel: .init(rawValue: wanted.kernel)!, scale: wanted.scale, points: 5, dimensions: wanted.dimensions,
        split: Split(test: 0))
      // The jitter on the diagonal is the difference.
      #expect(agree(process.covariance(wanted.x).elements, wanted.values, 1e-9))
      #expect(process.covariance(wanted.x)[2, 2] == 1 + GaussianProcess.jitter)
    }
  }

  @Test(arguments: GaussianProcess.Kernel.allCases)
  func `Samples whitened by their own covariance are standard normal`(kernel: GaussianProcess.Kernel) throws {
    let process = GaussianProcess(kernel: kernel, scale: 2, points: 300, dimensions: 3, split: Split(test: 0, seed: 4))
    let data = try process.load().train
    let factor = try #require(process.covariance(data.doubles).choleskyFactor())
    // z with Lz = y, by substitution.
    var z: [Double] = []
    for row in 0..<300 {
      let known = z.indices.reduce(0) { $0 + factor[row, $1] * z[$1] }
      z.append((data.values[row] - known) / factor[row, row])
    }
    let square = z.reduce(0) { $0 + $1 * $1 } / 300
    // The mean square of 300 normal numbers has deviation √(2/300) = 0.08.
    #expect(abs(square - 1) < 0.3)
    #expect(abs(z.reduce(0, +) / 300) < 0.2)
  }

  @Test func `The mean product of targets over many functions is their covariance`() throws {
    var products = [Double](repeating: 0, count: 9)
    var wanted = [Double](repeating: 0, count: 9)
    for seed in 0..<3000 {
      let process = GaussianProcess(
        kernel: .matern, scale: 0.7, points: 3, dimensions: 1, split: Split(test: 0, seed: UInt64(seed)))
      let data = try process.load().train
      let covariance = process.covariance(data.doubles)
      for i in 0..<3 {
        for j in 0..<3 {
          products[3 * i + j] += data.values[i] * data.values[j] / 3000
          wanted[3 * i + j] += covariance[i, j] / 3000
        }
      }
    }
    #expect(zip(products, wanted).allSatisfy { abs($0 - $1) < 0.12 }, "\(products) \(wanted)")
  }

  @Test func `Seeds decide`() throws {
    func values(_ seed: UInt64) throws -> [Double] {
      try GaussianProcess(kernel: .matern, scale: 1, points: 5, dimensions: 1, split: Split(test: 0, seed: seed)).load()
        .train.values
    }
    #expect(try values(1) == values(1))
    #expect(try values(1) != values(2))
  }
}
