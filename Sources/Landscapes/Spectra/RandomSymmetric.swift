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

  /// The same probability exactly: n! times the Pfaffian of aᵢⱼ = ∫∫ sgn(y − x) xⁱ⁻¹yʲ⁻¹ exp(−(x² + y²)/2) over x, y > 0
  /// (bordered by the moments for odd n), over Mehta's integral. Its digits cancel as n grows: to n = 12 six are left.
  /// - Precondition: 1 ≤ n ≤ 12.
  ///
  /// de Bruijn 1955; Chiani, "Distribution of the largest eigenvalue for real Wishart and Gaussian random matrices", 2014.
  public static func allPositiveExact(_ n: Int) -> Double {
    precondition(n >= 1 && n <= 12)
    // Γ(k/2) for k ≥ 1.
    var gamma = [0, Double.pi.squareRoot(), 1]
    while gamma.count <= 2 * n + 2 { gamma.append(gamma[gamma.count - 2] * Double(gamma.count - 2) / 2) }
    let size = n + n % 2
    var a = Matrix(rows: size, columns: size, Array(repeating: 0, count: size * size))
    // One integration by parts: a(i + 2, j) = i a(i, j) − Γ((i + j)/2).
    func set(_ i: Int, _ j: Int, _ value: Double) {
      a[i - 1, j - 1] = value
      a[j - 1, i - 1] = -value
    }
    if n > 1 { set(1, 2, Double.pi.squareRoot() - (Double.pi / 2).squareRoot()) }
    for i in 1...n {
      for j in i + 1..<max(i + 1, n + 1) where j > 2 {
        // a(i, j) = −a(j, i) = −((j − 2) a(j − 2, i) − Γ((i + j − 2)/2)).
        let before = a[j - 3, i - 1]
        set(i, j, -(Double(j - 2) * before - gamma[i + j - 2]))
      }
    }
    if size > n {
      var power = 1 / 2.0.squareRoot()
      for i in 1...n {
        // ∫ xⁱ⁻¹ exp(−x²/2) = 2^(i/2 − 1) Γ(i/2).
        set(i, size, power * gamma[i])
        power *= 2.0.squareRoot()
      }
    }
    var result = pfaffian(a)
    for j in 1...n {
      // n!, and Mehta's (2π)^(n/2) Π Γ(1 + j/2)/Γ(3/2).
      result *= Double(j) * gamma[3] / (gamma[j + 2] * (2 * Double.pi).squareRoot())
    }
    return result
  }

  /// Of an antisymmetric matrix of even size, by elimination in pairs.
  private static func pfaffian(_ matrix: Matrix) -> Double {
    var a = matrix
    var result = 1.0
    for k in stride(from: 0, to: a.rows, by: 2) {
      let pivot = a[k, k + 1]
      result *= pivot
      guard pivot != 0 else { return 0 }
      for i in k + 2..<max(k + 2, a.rows) {
        for j in k + 2..<a.rows {
          a[i, j] -= (a[i, k + 1] * a[k, j] - a[i, k] * a[k + 1, j]) / pivot
        }
      }
    }
    return result
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
