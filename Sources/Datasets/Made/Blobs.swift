import Tensors

/// Round normal clouds, one a class, about centres drawn uniformly from the cube [−1, 1]ᵈ.
public struct Blobs: DataSource {
  public let facts: DataFacts
  public let files: [String] = []
  private let points: Int
  private let spread: Double
  private let split: Split

  /// - Parameters:
  ///   - points: in each cloud.
  ///   - spread: the deviation of each coordinate about the centre.
  ///   - split: its seeds also draw centres and points.
  public init(classes: Int, points: Int, spread: Double, dimensions: Int, split: Split) {
    precondition(classes > 0 && points > 0 && dimensions > 0, "at least one cloud, point and dimension")
    self.points = points
    self.spread = spread
    self.split = split
    facts = madeFacts("blobs", classes: classes, points: points, dimensions: dimensions, split)
  }

  public func load() -> Dataset {
    let (classes, dimensions) = (facts.outputCount, facts.inputShape.count)
    var stream = Stream(book: split.book, run: split.seed, purpose: .data("blobs"))
    let centres = stream.uniforms(classes * dimensions, from: -1, to: 1)
    let noise = stream.normals(classes * points * dimensions)
    let inputs = noise.indices.map { index in
      let (cloud, axis) = (index / (points * dimensions), index % dimensions)
      return centres[cloud * dimensions + axis] + spread * noise[index]
    }
    return made(facts, inputs, points: points, split)
  }
}
