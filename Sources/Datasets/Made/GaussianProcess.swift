import Tensors

/// A sample of a Gaussian process at standard normal inputs: a random function to learn, of known smoothness.
///
/// Targets are Lz with LLᵀ = K + 10⁻¹⁰·1, Kᵢⱼ = k(s·‖xᵢ − xⱼ‖) and z standard normal. Rasmussen & Williams, "Gaussian
/// processes for machine learning", 2006, algorithm 2.1 and section 4.2.
public struct GaussianProcess: DataSource {
  public enum Kernel: String, Sendable, CaseIterable {
    /// k(r) = (1 + √3 r) exp(−√3 r): samples have one derivative.
    case matern = "matern-3/2"
    /// k(r) = exp(−r²/2): samples have all derivatives.
    case squaredExponential = "squared-exponential"

    func callAsFunction(square: Double) -> Double {
      switch self {
      case .matern:
        let r = (3 * square).squareRoot()
        return (1 + r) * exponential(-r)
      case .squaredExponential: return exponential(-square / 2)
      }
    }
  }

  public let facts: DataFacts
  public let files: [String] = []
  private let kernel: Kernel
  private let scale: Double
  private let split: Split

  /// Making it holds `points`² doubles for a while.
  static let jitter = 1e-10

  /// - Parameters:
  ///   - scale: s, which inputs are multiplied by: 10 makes a rough function, 0.1 a smooth one.
  ///   - split: its seeds also draw inputs and function.
  public init(kernel: Kernel, scale: Double, points: Int, dimensions: Int, split: Split) {
    precondition(points >= 2 && dimensions >= 1 && scale > 0, "at least two points and one dimension")
    (self.kernel, self.scale, self.split) = (kernel, scale, split)
    facts = madeRegressionFacts("gaussian-process", points: points, dimensions: dimensions, split)
  }

  public func load() throws(DataError) -> Dataset {
    let (points, dimensions) = (facts.trainCount + facts.testCount, facts.inputShape.count)
    var stream = Stream(book: split.book, run: split.seed, purpose: .data("inputs of gaussian-process"))
    let x = stream.normals(points * dimensions)
    guard let factor = covariance(x).choleskyFactor() else { throw DataError(notPositive) }
    var noise = Stream(book: split.book, run: split.seed, purpose: .data("gaussian-process"))
    return made(facts, x, targets: product(factor, noise.normals(points)), split)
  }

  /// K + jitter at these inputs, row-major.
  func covariance(_ x: [Double]) -> Matrix {
    let dimensions = facts.inputShape.count
    let points = x.count / dimensions
    var result = Matrix(rows: points, columns: points, Array(repeating: 0, count: points * points))
    for i in 0..<points {
      for j in 0...i {
        var square = 0.0
        for axis in 0..<dimensions {
          let difference = scale * (x[i * dimensions + axis] - x[j * dimensions + axis])
          square += difference * difference
        }
        result[i, j] = kernel(square: square) + (i == j ? GaussianProcess.jitter : 0)
        result[j, i] = result[i, j]
      }
    }
    return result
  }

  /// Lz for a lower triangular L.
  private func product(_ factor: Matrix, _ z: [Double]) -> [Double] {
    z.indices.map { row in (0...row).reduce(0) { $0 + factor[row, $1] * z[$1] } }
  }
}

private let notPositive =
  "these points lie too close together for this kernel: its matrix has no Cholesky factor; take fewer points or a "
  + "larger scale"
