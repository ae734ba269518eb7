/// How a sampled curve runs: whether it only falls, as Goodfellow, Vinyals & Saxe found from start to solution, and
/// whether it bends upwards throughout.
///
/// Goodfellow, Vinyals & Saxe, "Qualitatively characterizing neural network optimization problems", ICLR 2015,
/// arXiv:1412.6544.
public struct Monotonicity: Hashable, Sendable {
  /// Samples that lie higher than the one before.
  public var increases: Int
  public var decreases: Int
  /// The most that it climbs from any sample to a later one.
  public var greatestRise: Double
  /// Inner samples that lie above the line between their neighbours.
  public var concavities: Int

  /// - Parameters:
  ///   - values: samples in order.
  ///   - positions: where they are; at equal distances when left out.
  ///   - tolerance: a change of at most this is none.
  public init(_ values: [Double], positions: [Double]? = nil, tolerance: Double = 0) {
    let steps = differences(values)
    increases = steps.count { $0 > tolerance }
    decreases = steps.count { $0 < -tolerance }
    var lowest = Double.infinity
    greatestRise = 0
    for value in values {
      lowest = min(lowest, value)
      greatestRise = max(greatestRise, value - lowest)
    }
    let places = positions ?? values.indices.map(Double.init)
    concavities = values.indices.dropFirst().dropLast().count { i in
      let share = (places[i] - places[i - 1]) / (places[i + 1] - places[i - 1])
      return values[i] - (values[i - 1] + share * (values[i + 1] - values[i - 1])) > tolerance
    }
  }
}

/// The Euclidean distance of two points.
public func distance(_ a: [Double], _ b: [Double]) -> Double { squares(zip(a, b).map { $0 - $1 }).squareRoot() }

/// The length of a path of points over the distance of its ends: 1 for a straight one, infinite for one that returns.
public func tortuosity(of path: [[Double]]) -> Double {
  guard let first = path.first, let last = path.last else { return 1 }
  let length = zip(path, path.dropFirst()).reduce(0) { $0 + distance($1.0, $1.1) }
  return length == 0 ? 1 : length / distance(first, last)
}
