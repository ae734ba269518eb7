import Tensors

/// A curved valley to learn: f(x) = z-score of log₁₀(Σᵢ [b(xᵢ₊₁ + c − xᵢ²)² + (a − xᵢ)²] + d), i < dimensions.
///
/// With a = 1, b = 3, c = 1, d = 0.1 the target of Martinelli, van Meegen, Simsek, Gerstner & Brea, "Flat channels to
/// infinity in neural loss landscapes", NeurIPS 2025, arXiv:2506.14951. The z-score has mean 0 and deviation 1 (dividing
/// by one less than their number) over all points, those to be tested on included.
public struct RosenbrockTarget: DataSource {
  /// Where the inputs lie.
  public enum Inputs: String, Sendable, CaseIterable {
    /// As many on each axis, from −√3 to √3, so that each coordinate has about mean 0 and variance 1.
    case grid
    /// Standard normal.
    case normal
  }

  public let facts: DataFacts
  public let files: [String] = []
  private let inputs: Inputs
  private let a: Double
  private let b: Double
  private let c: Double
  private let d: Double
  private let split: Split

  /// - Parameters:
  ///   - points: for a grid in n dimensions, an n-th power.
  ///   - split: its seeds also draw the inputs.
  /// - Throws: when a grid cannot have so many points.
  public init(
    inputs: Inputs, points: Int, dimensions: Int, a: Double = 1, b: Double = 3, c: Double = 1, d: Double = 0.1,
    split: Split
  ) throws(DataError) {
    precondition(points >= 2 && dimensions >= 2 && d > 0, "at least two points and dimensions")
    if inputs == .grid {
      let side = gridSide(points, dimensions)
      if side < 2 || power(side, dimensions) != points {
        let near = [max(2, side), max(2, side) + 1].map { String(power($0, dimensions)) }
        throw DataError(notAGrid(points, dimensions), hints: ["near: \(near.joined(separator: ", "))"])
      }
    }
    (self.inputs, self.a, self.b, self.c, self.d, self.split) = (inputs, a, b, c, d, split)
    facts = madeRegressionFacts("rosenbrock", points: points, dimensions: dimensions, split)
  }

  public func load() -> Dataset {
    let (points, dimensions) = (facts.trainCount + facts.testCount, facts.inputShape.count)
    let x: [Double]
    switch inputs {
    case .grid:
      let side = gridSide(points, dimensions)
      let ticks = (0..<side).map { 3.0.squareRoot() * (2 * Double($0) / Double(side - 1) - 1) }
      // The last coordinate runs fastest.
      x = (0..<points).flatMap { point in
        (0..<dimensions).reversed().map { ticks[point / power(side, $0) % side] }
      }
    case .normal:
      var stream = Stream(book: split.book, run: split.seed, purpose: .data("rosenbrock"))
      x = stream.normals(points * dimensions)
    }
    let values = (0..<points).map { valley(x[$0 * dimensions..<($0 + 1) * dimensions]) }
    let mean = values.reduce(0, +) / Double(points)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(points - 1)
    let scale = variance > 0 ? 1 / variance.squareRoot() : 1
    return made(facts, x, targets: values.map { ($0 - mean) * scale }, split)
  }

  /// log₁₀ of the sum, before it is made a z-score.
  func valley(_ x: ArraySlice<Double>) -> Double {
    let sum = zip(x, x.dropFirst()).reduce(0) { sum, pair in
      let (here, next) = pair
      let bend = next + c - here * here
      return sum + b * bend * bend + (a - here) * (a - here)
    }
    return logarithm(sum + d) / logarithm(10)
  }
}

/// The largest whole number whose n-th power is at most `points`.
private func gridSide(_ points: Int, _ dimensions: Int) -> Int {
  var side = 1
  while power(side + 1, dimensions) <= points { side += 1 }
  return side
}

/// Saturates where it would overflow.
private func power(_ base: Int, _ exponent: Int) -> Int {
  (0..<exponent).reduce(1) { product, _ in
    let (next, overflow) = product.multipliedReportingOverflow(by: base)
    return overflow ? .max : next
  }
}

private func notAGrid(_ points: Int, _ dimensions: Int) -> String {
  "\(points) points are no grid in \(dimensions) dimensions with as many on each axis"
}
