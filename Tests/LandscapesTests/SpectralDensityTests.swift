import Landscapes
import Tensors
import Testing

@Suite struct SpectralDensityTests {
  let eigenvalues = [50.0, 40, 30] + linspace(-1, 2, count: 117)

  @Test func `Moments, shares and range come near those of all eigenvalues`() throws {
    let linear = LinearOperator(symmetric(eigenvalues, seed: 7))
    let density = try SpectralDensity(of: linear, steps: 60, probes: 30)
    #expect(abs(density.nodes.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
    for p in 1...3 {
      func moment(_ p: Int) -> Double {
        eigenvalues.reduce(0) { sum, x in sum + (0..<p).reduce(1) { power, _ in power * x } } / 120
      }
      // The standard error of a mean of 30 quadratic forms with random signs is at most √(2 tr A²ᵖ / 30) / n.
      let deviation = (2 * moment(2 * p) / 120 / 30).squareRoot()
      #expect(abs(density.moment(p) - moment(p)) < 3 * deviation)
      #expect(deviation < 0.2 * moment(p))
    }
    let negative = Double(eigenvalues.count { $0 < 0 }) / 120
    #expect(abs(density.share(below: 0) - negative) < 0.02)
    #expect(abs(density.range.upperBound - 50) < 1e-9)
    #expect(abs(density.range.lowerBound + 1) < 1e-9)
    #expect(density.products == 1800)
  }

  @Test func `A run is exact for its own start: moments are vᵀAᵖv/n`() throws {
    let matrix = symmetric(eigenvalues, seed: 8)
    let density = try SpectralDensity(of: LinearOperator(matrix), steps: 5, probes: 1)
    // Σᵢ λᵢᵖ (qᵢ·v)² of the same signs: from the trace's own probe.
    let first = try hutchinsonTrace(of: LinearOperator(matrix), probes: 1).value / 120
    #expect(abs(density.moment(1) - first) < 1e-12)
    var power = matrix
    for p in 2...9 {
      power = power.times(matrix)
      let exact = try hutchinsonTrace(of: LinearOperator(power), probes: 1).value / 120
      #expect(abs(density.moment(p) - exact) < 1e-9 * abs(exact))
    }
  }

  @Test func `The density integrates to 1 and a random matrix's is Wigner's semicircle`() throws {
    var stream = Stream(book: 0, run: 0, purpose: .data("goe"))
    let n = 300
    let matrix = GaussianOrthogonalEnsemble.sample(n, from: &stream)
    let density = try SpectralDensity(of: LinearOperator(matrix), steps: 60, probes: 40)
    let radius = 2 * Double(n).squareRoot()
    let places = linspace(-1.4 * radius, 1.4 * radius, count: 401)
    let values = density.values(at: places, deviation: radius / 12)
    let step = places[1] - places[0]
    #expect(abs(values.reduce(0, +) * step - 1) < 1e-3)
    for (x, value) in zip(places, values) where abs(x) < 0.85 * radius {
      let circle = 2 / (Double.pi * radius * radius) * (radius * radius - x * x).squareRoot()
      #expect(abs(value - circle) < 0.12 * 2 / (Double.pi * radius))
    }
    // The second moment is 1 + 1/n per dimension, the fourth twice the square of the second.
    #expect(abs(density.moment(2) / Double(n + 1) - 1) < 0.05)
    #expect(abs(density.moment(4) / (density.moment(2) * density.moment(2)) - 2) < 0.1)
  }

  @Test func `More steps than dimensions are as many as there are; none are refused`() throws {
    let small = LinearOperator(symmetric([1, 2, 3], seed: 9))
    let density = try SpectralDensity(of: small, steps: 100)
    #expect(density.products == 3)
    #expect(difference(density.nodes.map(\.value), [1, 2, 3]) < 1e-12)
    #expect(throws: LandscapeError.self) { try SpectralDensity(of: small, steps: 0) }
    #expect(throws: LandscapeError.self) { try SpectralDensity(of: small, probes: 0) }
  }
}
