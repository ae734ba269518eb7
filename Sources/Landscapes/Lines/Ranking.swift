/// The indices that put values into rising order, equal ones in the order in which they stand.
public func rankingOrder(of values: [Double]) -> [Int] {
  values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
}

/// The value below which `percent` of the values lie, interpolated linearly between the two nearest, as NumPy does by
/// default; NaN when there is none.
///
/// - Parameter percent: 0–100.
///
/// Hyndman & Fan, "Sample quantiles in statistical packages", 1996, type 7.
public func percentile(_ values: [Double], _ percent: Double) -> Double {
  precondition(percent >= 0 && percent <= 100)
  guard !values.isEmpty, !values.contains(where: \.isNaN) else { return .nan }
  let sorted = values.sorted()
  let place = percent / 100 * Double(sorted.count - 1)
  let low = Int(place)
  let share = place - Double(low)
  guard low + 1 < sorted.count else { return sorted[low] }
  let gap = sorted[low + 1] - sorted[low]
  return share < 0.5 ? sorted[low] + gap * share : sorted[low + 1] - gap * (1 - share)
}

/// Spearman's correlation: that of the ranks, equal values sharing the mean of theirs. NaN when one list is constant.
/// - Precondition: as many of each.
public func rankCorrelation(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  let (p, q) = (ranks(a), ranks(b))
  let mean = Double(a.count + 1) / 2
  func covariance(_ p: [Double], _ q: [Double]) -> Double {
    zip(p, q).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
  }
  return covariance(p, q) / (covariance(p, p) * covariance(q, q)).squareRoot()
}

/// From 1; equal values share the mean of their places.
private func ranks(_ values: [Double]) -> [Double] {
  let order = rankingOrder(of: values)
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    var end = start
    while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
    for place in start..<end { ranks[order[place]] = Double(start + end + 1) / 2 }
    start = end
  }
  return ranks
}
