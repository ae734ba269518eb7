/// Several runs as one: at each place along x the mean of the runs that are there, and their spread.
struct Aggregate: Hashable {
  var place: Double
  var values: MeanDeviation
}

/// How spread over seeds is drawn.
enum Spread: String, CaseIterable, Sendable {
  case minMax = "min-max"
  case sd
  case none

  /// The lower and upper end around a mean; `nil` when there is nothing to show.
  func ends(_ values: MeanDeviation) -> (low: Double, high: Double)? {
    guard values.count - values.nonFinite > 1 else { return nil }
    switch self {
    case .none: return nil
    case .minMax: return (values.lowest, values.highest)
    case .sd: return values.deviation.map { (values.mean - $0, values.mean + $0) }
    }
  }
}

/// A run's points, cut where it left the numbers.
struct Course: Hashable {
  /// Up to the last finite point. A NaN before it was never observed and is left out; an infinity stays, as a gap.
  var points: [Point]
  /// Whether there are points after that, none of them finite.
  var diverged: Bool

  init(_ all: [Point]) {
    let last = all.lastIndex { $0.x.isFinite && $0.y.isFinite }
    points = (last.map { Array(all[...$0]) } ?? []).filter { !$0.x.isNaN && !$0.y.isNaN }
    diverged = (last ?? -1) < all.count - 1
  }
}

/// Runs of (place, value) pairs, aggregated by place and sorted along it.
func aggregate(_ runs: [[(place: Double, value: Double)]]) -> [Aggregate] {
  var values: [Double: [Double]] = [:]
  for run in runs { for pair in run where pair.place.isFinite { values[pair.place, default: []].append(pair.value) } }
  return values.sorted { $0.key < $1.key }.map { Aggregate(place: $0.key, values: MeanDeviation($0.value)) }
}

/// How many runs of a series there are, and how many of them ended in something that is not finite.
struct Fate: Hashable, Sendable {
  var count = 0
  var diverged = 0

  /// " (diverged)", " (2 of 5 diverged)", or nothing.
  var suffix: String {
    diverged == 0 ? "" : diverged == count ? " (diverged)" : " (\(diverged) of \(count) diverged)"
  }
}
