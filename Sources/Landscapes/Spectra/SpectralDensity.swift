public import Tensors

/// How the eigenvalues of a symmetric operator are spread, from products with a few random vectors: stochastic Lanczos
/// quadrature.
///
/// From each start of random signs a number of Lanczos steps with full reorthogonalization; the eigenvalues of what they
/// project the operator to are nodes, the squared first components of its eigenvectors weights. Averaged over starts,
/// Σ w f(θ) estimates the mean of f over the eigenvalues, exactly so in each run for polynomials of degree < 2·steps.
///
/// Golub & Welsch 1969; Ubaru, Chen & Saad 2017; Yao, Gholami, Keutzer & Mahoney, "PyHessian", 2020, arXiv:1912.07145.
public struct SpectralDensity: Hashable, Sendable {
  public struct Node: Hashable, Sendable {
    public var value: Double
    /// The share of eigenvalues that it stands for; over all nodes they sum to 1.
    public var weight: Double

    public init(value: Double, weight: Double) { (self.value, self.weight) = (value, weight) }
  }

  /// One that was found before.
  public init(nodes: [Node], dimension: Int, products: Int = 0) {
    (self.nodes, self.dimension, self.products) = (nodes, dimension, products)
  }

  /// Of all runs.
  public let nodes: [Node]
  public let dimension: Int
  public let products: Int

  /// - Parameters:
  ///   - steps: Lanczos steps of a run, at most the dimension.
  ///   - probes: how many runs.
  /// - Throws: `LandscapeError` for numbers that are not positive, or products that are not finite.
  public init<Element: Scalar>(
    of linear: LinearOperator<Element>, steps: Int = 100, probes: Int = 1, book: UInt64 = 0, run: UInt64 = 0
  ) throws {
    guard steps >= 1, probes >= 1, linear.dimension >= 1 else {
      throw LandscapeError("a density from \(steps) steps and \(probes) probes", hints: ["1 or more of each"])
    }
    var nodes: [Node] = []
    var products = 0
    for probe in 0..<probes {
      let start: Vector<Element> = signs(linear.dimension, book: book, run: run, index: probe)
      let count = min(steps, linear.dimension)
      var krylov = try Krylov(linear, capacity: count, book: book, run: run, start: start)
      // A closed basis holds all that the start knows of the operator.
      repeat { try krylov.step() } while krylov.steps < count && !krylov.isClosed
      let ritz = try krylov.ritz()
      for (place, value) in ritz.values.enumerated() {
        let first = ritz.vectors[0, place]
        nodes.append(Node(value: value, weight: first * first / Double(probes)))
      }
      products += krylov.products
    }
    self.nodes = nodes
    self.products = products
    dimension = linear.dimension
  }

  /// The mean of λᵖ over the eigenvalues: tr(Aᵖ)/n.
  public func moment(_ p: Int) -> Double {
    nodes.reduce(0) { sum, node in sum + node.weight * (0..<p).reduce(1) { power, _ in power * node.value } }
  }

  /// The share of eigenvalues below a value.
  public func share(below value: Double) -> Double { nodes.reduce(0) { $1.value < value ? $0 + $1.weight : $0 } }

  /// From the least node to the greatest.
  public var range: ClosedRange<Double> {
    let values = nodes.map(\.value)
    return (values.min() ?? 0)...(values.max() ?? 0)
  }

  /// The density at each place, nodes widened to Gaussians of this deviation; its integral is 1.
  ///
  /// PyHessian's deviation is √(10⁻⁵ · max(1, range)).
  public func values(at places: [Double], deviation: Double) -> [Double] {
    let factor = 1 / (deviation * (2 * Double.pi).squareRoot())
    return places.map { place in
      nodes.reduce(0) { sum, node in
        let u = (place - node.value) / deviation
        return abs(u) > 38 ? sum : sum + node.weight * factor * exponential(-u * u / 2)
      }
    }
  }
}
