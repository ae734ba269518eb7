import Tensors
import Testing

@testable import Landscapes

@Suite struct ScaleSpaceTests {
  @Test func `The window is the discrete Gaussian`() {
    for kernel in scales.kernels {
      let ours = discreteGaussian(variance: kernel.variance)
      for (n, value) in kernel.values.enumerated() where value > 1e-17 {
        #expect(abs(ours[n] - value) < 1e-14)
      }
      #expect(abs(ours[0] + 2 * ours.dropFirst().reduce(0, +) - 1) < 1e-14)
      // Its variance is what it is called.
      let spread = 2 * ours.indices.reduce(0) { $0 + Double($1 * $1) * ours[$1] }
      #expect(abs(spread - kernel.variance) < 1e-12 * max(1, kernel.variance))
    }
    #expect(discreteGaussian(variance: 1e-300)[0] == 1)
  }

  @Test func `Smoothing equals SciPy's`() throws {
    let reference = scales.smoothing
    let grid = Matrix(rows: reference.rows, columns: reference.columns, reference.before)
    let ours = try gaussianSmoothed(grid, variance: reference.variance)
    #expect(difference(ours.elements, reference.after) < 1e-13)
  }

  @Test func `Smoothing twice is smoothing by the sum of the variances`() throws {
    let grid = randomGrid(9, 14, seed: 9)
    let twice = try gaussianSmoothed(gaussianSmoothed(grid, variance: 0.7), variance: 3.1)
    let once = try gaussianSmoothed(grid, variance: 3.8)
    #expect(difference(twice.elements, once.elements) < 1e-14)
    #expect(difference(once.elements, grid.elements) > 0.1)
    #expect(try gaussianSmoothed(grid, variance: 0) == grid)
  }

  @Test func `No extremum of a signal appears, the mean stays, and a wide window leaves only it`() throws {
    let grid = randomGrid(1, 60, seed: 10)
    var extrema = Int.max
    for variance in [0, 0.5, 1, 2, 4, 8] {
      let values = try gaussianSmoothed(grid, variance: variance).elements
      let rises = zip(values, values.dropFirst()).map { $0 < $1 }
      let turns = zip(rises, rises.dropFirst()).count { $0 != $1 }
      #expect(turns <= extrema)
      extrema = turns
      #expect(abs(values.reduce(0, +) - grid.elements.reduce(0, +)) < 1e-12)
    }
    let flat = try gaussianSmoothed(randomGrid(5, 6, seed: 11), variance: 400).elements
    #expect((flat.max() ?? 1) - (flat.min() ?? 0) < 1e-6)
  }

  @Test func `A window of negative variance is refused`() {
    #expect(throws: LandscapeError.self) { try gaussianSmoothed(randomGrid(2, 2, seed: 0), variance: -1) }
    #expect(throws: LandscapeError.self) { try gaussianSmoothed(randomGrid(2, 2, seed: 0), variance: .nan) }
  }
}
