import Tensors

/// Interleaved spiral arms in the plane, one a class.
///
/// Point k of n on arm c of C lies at radius r = (k+1)/n and angle 2π(turns·r + c/C), moved by normal noise.
public struct Spirals: DataSource {
  public let facts: DataFacts
  public let files: [String] = []
  private let points: Int
  private let noise: Double
  private let turns: Double
  private let split: Split

  /// - Parameters:
  ///   - points: on each arm.
  ///   - noise: the deviation of each coordinate.
  ///   - split: its seeds also draw the noise.
  public init(classes: Int, points: Int, noise: Double, turns: Double, split: Split) {
    precondition(classes > 0 && points > 0, "at least one arm and one point")
    self.points = points
    self.noise = noise
    self.turns = turns
    self.split = split
    facts = madeFacts("spirals", classes: classes, points: points, dimensions: 2, split)
  }

  public func load() -> Dataset {
    var stream = Stream(book: split.book, run: split.seed, purpose: .data("spirals"))
    var inputs: [Double] = []
    for arm in 0..<facts.outputCount {
      for point in 0..<points {
        let radius = Double(point + 1) / Double(points)
        let (sine, cosine) = sineAndCosine(ofTurns: turns * radius + Double(arm) / Double(facts.outputCount))
        let (dx, dy) = stream.normalPair()
        inputs += [radius * cosine + noise * dx, radius * sine + noise * dy]
      }
    }
    return made(facts, inputs, points: points, split)
  }
}

/// sin 2πt and cos 2πt, the same bits on every machine, to about 1e-15.
func sineAndCosine(ofTurns t: Double) -> (sine: Double, cosine: Double) {
  // Taylor series within an eighth of a turn of the nearest quarter.
  let quarters = (4 * t).rounded()
  let x = 2 * Double.pi * (t - quarters / 4)
  let square = x * x
  var (sine, cosine) = (1.0, 1.0)
  for k in stride(from: 17.0, to: 1, by: -2) {
    sine = 1 - square / (k * (k - 1)) * sine
    cosine = 1 - square / ((k - 1) * (k - 2)) * cosine
  }
  sine *= x
  switch Int(quarters.truncatingRemainder(dividingBy: 4) + 4) % 4 {
  case 0: return (sine, cosine)
  case 1: return (cosine, -sine)
  case 2: return (-sine, -cosine)
  default: return (-cosine, sine)
  }
}
