import Tensors

/// A noisy wave: y = sin(2π·frequency·x) + noise, x uniform on [−1, 1).
public struct SineWave: DataSource {
  public let facts: DataFacts
  public let files: [String] = []
  private let frequency: Double
  private let noise: Double
  private let split: Split

  /// - Parameters:
  ///   - frequency: waves from 0 to 1.
  ///   - noise: the deviation of the normal noise.
  ///   - split: its seeds also draw inputs and noise.
  public init(points: Int, frequency: Double, noise: Double, split: Split) {
    precondition(points >= 2, "at least two points")
    (self.frequency, self.noise, self.split) = (frequency, noise, split)
    facts = madeRegressionFacts("sine", points: points, dimensions: 1, split)
  }

  public func load() -> Dataset {
    let points = facts.trainCount + facts.testCount
    var stream = Stream(book: split.book, run: split.seed, purpose: .data("sine"))
    let x = stream.uniforms(points, from: -1, to: 1)
    let errors = stream.normals(points)
    let y = zip(x, errors).map { sineAndCosine(ofTurns: frequency * $0).sine + noise * $1 }
    return made(facts, x, targets: y, split)
  }
}
