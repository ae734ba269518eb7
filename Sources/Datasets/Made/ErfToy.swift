import Tensors

/// Two steps that two neurons can make: y = erf((5x + 2.5)/√2) + erf((5x − 2.5)/√2), x standard normal.
///
/// The target of the one-dimensional example of Martinelli et al., "Flat channels to infinity in neural loss
/// landscapes", NeurIPS 2025, arXiv:2506.14951.
public struct ErfToy: DataSource {
  public let facts: DataFacts
  public let files: [String] = []
  private let split: Split

  /// - Parameter split: its seeds also draw the inputs.
  public init(points: Int, split: Split) {
    precondition(points >= 2, "at least two points")
    self.split = split
    facts = madeRegressionFacts("erf-toy", points: points, dimensions: 1, split)
  }

  public func load() -> Dataset {
    var stream = Stream(book: split.book, run: split.seed, purpose: .data("erf-toy"))
    let x = stream.normals(facts.trainCount + facts.testCount)
    return made(facts, x, targets: x.map(ErfToy.target), split)
  }

  static func target(_ x: Double) -> Double {
    errorFunction((5 * x + 2.5) / 2.0.squareRoot()) + errorFunction((5 * x - 2.5) / 2.0.squareRoot())
  }
}
