public import Tensors

/// What random weights are distributed like, once their variance is fixed.
public enum Distribution: String, Sendable, CaseIterable {
  case normal, uniform
  /// A normal distribution cut off at two standard deviations, widened so that its variance is what was asked for.
  case truncatedNormal = "truncated-normal"

  /// `count` numbers with mean 0.
  public func draw(_ count: Int, variance: Double, _ stream: inout Stream) -> [Double] {
    let deviation = variance.squareRoot()
    switch self {
    case .normal: return stream.normals(count).map { $0 * deviation }
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return stream.uniforms(count, from: -limit, to: limit)
    case .truncatedNormal:
      // √(1 − 4φ(2) / (2Φ(2) − 1)): the deviation of a standard normal number that lies within ±2.
      let narrowed = 0.879_625_661_034_239_78
      return stream.normals(count, within: -2, 2).map { $0 * deviation / narrowed }
    }
  }
}

extension Stream {
  /// Standard normal numbers that lie between two bounds: others are drawn again.
  mutating func normals(_ count: Int, within low: Double, _ high: Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    while values.count < count {
      let (first, second) = normalPair()
      if low...high ~= first { values.append(first) }
      if low...high ~= second, values.count < count { values.append(second) }
    }
    return values
  }
}
