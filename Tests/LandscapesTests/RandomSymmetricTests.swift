import Landscapes
import Tensors
import Testing

@Suite struct RandomSymmetricTests {
  @Test func `Entries have variance 1 off the diagonal and 2 on it`() {
    var stream = Stream(book: 0, run: 1, purpose: .data("goe"))
    var (off, on) = (0.0, 0.0)
    for _ in 0..<200 {
      let m = GaussianOrthogonalEnsemble.sample(10, from: &stream)
      #expect(m == m.transposed)
      for i in 0..<10 {
        on += m[i, i] * m[i, i] / 2000
        for j in 0..<i { off += m[i, j] * m[i, j] / 9000 }
      }
    }
    #expect(abs(off - 1) < 0.06)
    #expect(abs(on - 2) < 0.26)
  }

  @Test func `All eigenvalues are positive with the known probabilities for n = 1, 2, 3`() {
    let exact = [0.5, (2 - 2.0.squareRoot()) / 4, (Double.pi - 2 * 2.0.squareRoot()) / (4 * Double.pi)]
    var stream = Stream(book: 0, run: 2, purpose: .data("goe"))
    for n in 1...3 {
      let share = GaussianOrthogonalEnsemble.allPositiveShare(n, samples: 8000, from: &stream)
      let deviation = (exact[n - 1] * (1 - exact[n - 1]) / 8000).squareRoot()
      #expect(abs(share - exact[n - 1]) < 4 * deviation)
      let chain = GaussianOrthogonalEnsemble.allPositiveProbability(n, particles: 500, from: &stream)
      #expect(abs(chain.value - exact[n - 1]) <= 4 * chain.error + 1e-15)
      #expect(chain.error < 0.02 * chain.value)
    }
  }

  @Test func `The exact probability is the closed one for n = 1, 2, 3 and the sampled one up to 8`() {
    let exact = [0.5, (2 - 2.0.squareRoot()) / 4, (Double.pi - 2 * 2.0.squareRoot()) / (4 * Double.pi)]
    for n in 1...3 { #expect(abs(GaussianOrthogonalEnsemble.allPositiveExact(n) - exact[n - 1]) < 1e-15) }
    var stream = Stream(book: 0, run: 5, purpose: .data("goe"))
    for n in 4...8 {
      let chain = GaussianOrthogonalEnsemble.allPositiveProbability(n, particles: 500, from: &stream)
      #expect(abs(GaussianOrthogonalEnsemble.allPositiveExact(n) - chain.value) < 4 * chain.error)
    }
    // mpmath, 60 digits.
    for (n, value) in [(6, 4.62018747754899e-6), (9, 6.166501765956e-12), (12, 5.89241265837858e-20)] {
      #expect(abs(GaussianOrthogonalEnsemble.allPositiveExact(n) / value - 1) < 1e-5)
    }
  }

  @Test func `The probability falls like exp(−(ln 3 / 4) n²)`() {
    var stream = Stream(book: 0, run: 3, purpose: .data("goe"))
    let logs = (1...8).map { n -> Double in
      let chain = GaussianOrthogonalEnsemble.allPositiveProbability(n, particles: 500, from: &stream)
      #expect(chain.error < 0.15 * chain.value)
      return logarithm(chain.value)
    }
    #expect(zip(logs, logs.dropFirst()).allSatisfy { $0.1 < $0.0 })
    // Second differences of the logarithm are twice the factor of n².
    let curvature = ((logs[7] - logs[6]) - (logs[1] - logs[0])) / 6
    #expect(abs(curvature / (-logarithm(3) / 2) - 1) < 0.06)
    #expect(abs(logarithm(GaussianOrthogonalEnsemble.allPositiveAsymptote(4)) + logarithm(3) * 4) < 1e-12)
  }
}
