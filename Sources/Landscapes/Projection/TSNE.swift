public import Tensors

/// t-SNE: points on a plane such that near ones of many dimensions stay near. Exact, O(n²) a step, for a few thousand
/// points at most; distances between clusters and their sizes mean nothing in the picture.
///
/// Gradient descent on KL(P‖Q), Q from Student's t with one degree of freedom; momentum 0.5, then 0.8, and a gain for each
/// coordinate; P is exaggerated at first. Defaults are scikit-learn's: 250 of 1,000 steps with P · 12, the rate
/// max(n/48, 50), a start on the principal components with deviation 10⁻⁴.
///
/// van der Maaten & Hinton, "Visualizing data using t-SNE", 2008; Kobak & Berens, 2019 (start).
public struct TSNE: Hashable, Sendable {
  /// KL(P‖Q) in nats before a step, of P as it is, exaggerated or not.
  public struct Moment: Hashable, Sendable {
    public var step: Int
    public var divergence: Double
  }

  /// The points of the map, n × dimensions.
  public let coordinates: Matrix
  /// Every 50 steps, and at the end.
  public let history: [Moment]

  /// KL(P‖Q) in nats at the end.
  public var divergence: Double { history.last?.divergence ?? 0 }
  public var steps: Int { history.last?.step ?? 0 }

  public struct Options: Hashable, Sendable {
    /// About how many neighbours each point has; below a third of the points.
    public var perplexity: Double
    public var dimensions = 2
    public var steps = 1000
    /// How much P is exaggerated, and for how many steps.
    public var exaggeration = 12.0
    public var exaggeratedSteps = 250
    /// The length of a step; `nil` chooses max(n / exaggeration / 4, 50).
    public var rate: Double?
    /// Stop when the gradient's norm is smaller.
    public var tolerance = 1e-7

    public init(perplexity: Double) { self.perplexity = perplexity }
  }

  public enum Start: Sendable {
    /// The first principal components, the first scaled to deviation 10⁻⁴: nothing is random.
    case principalComponents
    /// Normal numbers of deviation 10⁻⁴ from this stream.
    case random(Stream)
  }

  /// - Parameter points: n × d.
  /// - Throws: `LandscapeError` when the perplexity is not from 1 to below n/3, or points are not finite.
  public init(_ points: Matrix, options: Options, start: Start = .principalComponents) throws {
    let n = points.rows
    guard options.perplexity >= 1, 3 * options.perplexity < Double(n) else {
      let limit = (Double(n) / 3 * 10).rounded(.down) / 10
      throw LandscapeError(
        "perplexity \(options.perplexity) for \(n) points",
        hints: [n > 3 ? "from 1 to below a third of the points, \(limit)" : "t-SNE needs more than 3 points"])
    }
    var distances = pairwiseDistances(points)
    guard distances.elements.allSatisfy(\.isFinite) else {
      throw LandscapeError("a point has numbers that are not finite")
    }
    for i in distances.elements.indices { distances.elements[i] *= distances.elements[i] }
    var descent = Descent(
      p: affinities(squaredDistances: distances, perplexity: options.perplexity),
      start: try begin(points, squaredDistances: distances, options.dimensions, start), dimensions: options.dimensions)
    let rate = options.rate ?? max(Double(n) / options.exaggeration / 4, 50)
    var history = [Moment(step: 0, divergence: descent.divergence())]
    for step in 1...max(1, options.steps) {
      let early = step <= options.exaggeratedSteps
      let norm = descent.step(
        rate: rate, momentum: early ? 0.5 : 0.8, exaggeration: early ? options.exaggeration : 1)
      let isLast = step == options.steps || (!early && norm < options.tolerance)
      if isLast || step % 50 == 0 { history.append(Moment(step: step, divergence: descent.divergence())) }
      if isLast { break }
    }
    coordinates = Matrix(rows: n, columns: options.dimensions, descent.y)
    self.history = history
  }
}

private func begin(
  _ points: Matrix, squaredDistances: Matrix, _ dimensions: Int, _ start: TSNE.Start
) throws -> [Double] {
  switch start {
  case .random(var stream): return stream.normals(points.rows * dimensions).map { $0 * 1e-4 }
  case .principalComponents:
    // Few points of many dimensions are known by their distances.
    let coordinates =
      points.rows < points.columns
      ? try principalCoordinates(squaredDistances: squaredDistances, count: dimensions)
      : try PrincipalComponents(points, count: dimensions).coordinates
    let square = (0..<points.rows).reduce(0) { $0 + coordinates[$1, 0] * coordinates[$1, 0] }
    let deviation = (square / Double(points.rows)).squareRoot()
    guard deviation > 0 else { throw LandscapeError("all points are the same") }
    return coordinates.elements.map { $0 / deviation * 1e-4 }
  }
}

/// The state of a descent: positions, velocities and gains of n points, coordinate by coordinate.
struct Descent {
  let n: Int
  let dimensions: Int
  let p: [Double]
  var y: [Double]
  private(set) var gradient: [Double]
  private var velocity: [Double]
  private var gains: [Double]
  private var kernel: [Double]

  init(p: Matrix, start: [Double], dimensions: Int) {
    n = p.rows
    self.dimensions = dimensions
    self.p = p.elements
    y = start
    gradient = Array(repeating: 0, count: y.count)
    velocity = gradient
    gains = Array(repeating: 1, count: y.count)
    kernel = Array(repeating: 0, count: p.elements.count)
  }

  /// Student's kernel 1/(1 + ‖yᵢ − yⱼ‖²), 0 on the diagonal, and its sum.
  private mutating func updateKernel() -> Double {
    var sum = 0.0
    for i in 0..<n {
      for j in 0..<i {
        var square = 1.0
        for c in 0..<dimensions {
          let difference = y[i &* dimensions &+ c] - y[j &* dimensions &+ c]
          square += difference * difference
        }
        let value = 1 / square
        kernel[i &* n &+ j] = value
        kernel[j &* n &+ i] = value
        sum += 2 * value
      }
    }
    return sum
  }

  /// KL(P‖Q) in nats.
  mutating func divergence() -> Double {
    let sum = updateKernel()
    return p.indices.reduce(0) { p[$1] > 0 ? $0 + p[$1] * logarithm(p[$1] / (kernel[$1] / sum)) : $0 }
  }

  /// ∂KL/∂yᵢ = 4 Σⱼ (pᵢⱼ − qᵢⱼ) (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²), with P exaggerated, into `gradient`.
  mutating func computeGradient(exaggeration: Double) {
    let scale = 1 / updateKernel()
    for i in gradient.indices { gradient[i] = 0 }
    for i in 0..<n {
      for j in 0..<i {
        let place = i &* n &+ j
        let pull = 4 * (exaggeration * p[place] - kernel[place] * scale) * kernel[place]
        for c in 0..<dimensions {
          let force = pull * (y[i &* dimensions &+ c] - y[j &* dimensions &+ c])
          gradient[i &* dimensions &+ c] += force
          gradient[j &* dimensions &+ c] -= force
        }
      }
    }
  }

  /// One step of descent; returns the gradient's norm.
  mutating func step(rate: Double, momentum: Double, exaggeration: Double) -> Double {
    computeGradient(exaggeration: exaggeration)
    for i in y.indices {
      let slope = gradient[i]
      gains[i] = velocity[i] * slope < 0 ? gains[i] + 0.2 : max(0.01, gains[i] * 0.8)
      velocity[i] = momentum * velocity[i] - rate * gains[i] * slope
      y[i] += velocity[i]
    }
    return squares(gradient).squareRoot()
  }
}
