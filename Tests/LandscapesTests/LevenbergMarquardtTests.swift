import Landscapes
import Tensors
import Testing

import func Glibc.exp

@Suite struct LevenbergMarquardtTests {
  @Test func `A straight line is fitted exactly, with its textbook covariance`() throws {
    let x = [0.0, 1, 2, 3, 4]
    let data = [1.0, 3.1, 4.9, 7.2, 8.8]
    let fit = try leastSquares(data, from: [0, 0]) { p, values, derivatives in
      for i in x.indices {
        values[i] = p[0] + p[1] * x[i]
        derivatives[2 * i] = 1
        derivatives[2 * i + 1] = x[i]
      }
    }
    #expect(fit.converged)
    #expect(difference(fit.parameters, [1.06, 1.97]) < 1e-12)
    // s²/Σ(x − x̄)² for the slope.
    let covariance = try #require(fit.covariance)
    #expect(abs(covariance[1, 1] - fit.squaredResiduals / 3 / 10) < 1e-14)
  }

  @Test func `Rosenbrock's valley is followed to its end`() throws {
    let fit = try leastSquares([0, 0], from: [-1.2, 1]) { p, values, derivatives in
      values = [10 * (p[1] - p[0] * p[0]), 1 - p[0]]
      derivatives = [-20 * p[0], 10, -1, 0]
    }
    #expect(fit.converged)
    #expect(difference(fit.parameters, [1, 1]) < 1e-12)
    #expect(fit.covariance == nil)
  }

  @Test func `A start with steps into overflow still arrives`() throws {
    let x = linspace(0, 2, count: 20)
    let data = x.map { 2 * exp(3 * $0) }
    let fit = try leastSquares(data, from: [1, 0.1]) { p, values, derivatives in
      for i in x.indices {
        let e = exp(p[1] * x[i])
        values[i] = p[0] * e
        derivatives[2 * i] = e
        derivatives[2 * i + 1] = p[0] * x[i] * e
      }
    }
    #expect(difference(fit.parameters, [2, 3]) < 1e-9)
  }

  @Test func `Too few data and a start that is not finite are refused; running out of steps is said`() throws {
    #expect(throws: LandscapeError.self) { try leastSquares([1], from: [0, 0]) { _, _, _ in } }
    #expect(throws: LandscapeError.self) { try leastSquares([1, 2], from: [0]) { _, values, _ in values[0] = .nan } }
    let short = try leastSquares([0, 0], from: [-1.2, 1], maximumSteps: 2) { p, values, derivatives in
      values = [10 * (p[1] - p[0] * p[0]), 1 - p[0]]
      derivatives = [-20 * p[0], 10, -1, 0]
    }
    #expect(!short.converged)
    #expect(short.steps == 2)
  }
}
