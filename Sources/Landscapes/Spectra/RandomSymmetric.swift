public import Tensors
internal import func Glibc.erfc

/// Random symmetric matrices, the null model of a Hessian at a critical point: the Gaussian orthogonal ensemble, with
/// entries of variance 1 off the diagonal and 2 on it. Eigenvalues lie between ±2√n but for few.
public enum GaussianOrthogonalEnsemble {
  public static func sample(_ n: Int, from stream: inout Stream) -> Matrix {
    var result = Matrix(rows: n, columns: n, Array(repeating: 0, count: n * n))
    for i in 0..<n {
      for (j, value) in stream.normals(i + 1).enumerated() {
        result[i, j] = i == j ? 2.0.squareRoot() * value : value
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  /// The probability that all n eigenvalues are positive, as the share of samples: good while it is not small.
  /// - Precondition: n, samples ≥ 1.
  public static func allPositiveShare(_ n: Int, samples: Int, from stream: inout Stream) -> Double {
    let hits = (0..<samples).count { _ in Cholesky(sample(n, from: &stream)) != nil }
    return Double(hits) / Double(samples)
  }

  /// The same probability however small, by a chain of conditional ones.
  ///
  /// The ensemble has the eigenvalues of tridiagonal matrices with diagonal √2·N(0, 1) and off-diagonal χ₁, χ₂, …; one is
  /// positive definite when the pivots d₁ = a₁, dₖ₊₁ = aₖ₊₁ − bₖ²/dₖ are positive. Sixteen swarms of particles carry the
  /// pivots: the mean chance of a next positive one is the factor of the probability, particles are chosen anew by that
  /// chance, and aₖ₊₁ is drawn from the tail that is left.
  ///
  /// - Parameter particles: of each swarm.
  /// - Returns: the mean over the swarms, which is unbiased, and its standard error.
  /// - Precondition: n, particles ≥ 1.
  ///
  /// Dumitriu & Edelman, "Matrix models for beta ensembles", 2002; Del Moral, Doucet & Jasra, "Sequential Monte Carlo
  /// samplers", 2006.
  public static func allPositiveProbability(_ n: Int, particles: Int, from stream: inout Stream) -> (
    value: Double, error: Double
  ) {
    let swarms = 16
    let values = (0..<swarms).map { _ in swarm(n, particles, &stream) }
    let mean = values.reduce(0, +) / Double(swarms)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(swarms - 1)
    return (mean, (variance / Double(swarms)).squareRoot())
  }

  private static func swarm(_ n: Int, _ particles: Int, _ stream: inout Stream) -> Double {
    let root = 2.0.squareRoot()
    var probability = 1.0
    var pivots = [Double](repeating: 1, count: particles)
    for k in 0..<n {
      // The least that the next diagonal entry, over √2, may be.
      let least = pivots.map { squares(stream.normals(k)) / $0 / root }
      let chances = least.map { erfc($0 / root) / 2 }
      let total = chances.reduce(0, +)
      probability *= total / Double(particles)
      if total == 0 { return 0 }
      // Systematic resampling: particle i where the running sum of chances passes (i + u) / particles of the total.
      var chosen = 0
      var passed = chances[0]
      let offset = stream.uniform()
      for i in 0..<particles {
        while passed < (Double(i) + offset) / Double(particles) * total, chosen < particles - 1 {
          chosen += 1
          passed += chances[chosen]
        }
        pivots[i] = max(root * (normal(above: least[chosen], from: &stream) - least[chosen]), .leastNormalMagnitude)
      }
    }
    return probability
  }

  /// exp(−(ln 3 / 4) n²): how that probability falls for large n.
  ///
  /// Dean & Majumdar, "Large deviations of extreme eigenvalues of random matrices", 2006, arXiv:cond-mat/0609651.
  public static func allPositiveAsymptote(_ n: Int) -> Double { exponential(-logarithm(3) / 4 * Double(n * n)) }

  /// A standard normal number above `least` ≥ 0, by rejection from an exponential (Robert 1995).
  private static func normal(above least: Double, from stream: inout Stream) -> Double {
    let rate = (least + (least * least + 4).squareRoot()) / 2
    while true {
      let x = least - logarithm(1 - stream.uniform()) / rate
      if stream.uniform() <= exponential(-(x - rate) * (x - rate) / 2) { return x }
    }
  }
}
