/// What several seeds gave: their mean and how far they lie from it.
struct MeanDeviation: Hashable {
  /// Of the finite values; NaN when there is none.
  var mean: Double
  /// Sample standard deviation (n − 1) of the finite values; `nil` when there are fewer than two.
  var deviation: Double?
  var lowest: Double
  var highest: Double
  /// How many values there are, and how many of them are NaN or infinite.
  var count: Int
  var nonFinite: Int

  init(_ values: [Double]) {
    count = values.count
    let finite = values.filter(\.isFinite)
    nonFinite = count - finite.count
    lowest = finite.min() ?? .nan
    highest = finite.max() ?? .nan
    // Shifted by the first value, so that equal values have a deviation of exactly zero.
    let shift = finite.first ?? .nan
    let center = shift + finite.reduce(0) { $0 + ($1 - shift) } / Double(finite.count)
    mean = center
    deviation =
      finite.count < 2
      ? nil : (finite.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(finite.count - 1)).squareRoot()
  }

  /// "0.412 ± 0.008".
  func text(_ wanted: Format?) -> String {
    let chosen = format(wanted)
    let text = Charts.format(mean, chosen).text
    return deviation.map { "\(text) ± \(Charts.format($0, chosen).text)" } ?? text
  }

  /// The format that suits the mean, with no more digits than the deviation supports: about three significant ones of
  /// the mean, at most the deviation's second, at least its first while the mean keeps to five.
  func format(_ wanted: Format?) -> Format {
    guard let deviation, deviation > 0, mean.isFinite, deviation.isFinite else { return wanted ?? .standard }
    if wanted == .percent(nil) {
      // One decimal, or as many as show the deviation's first digit.
      let first = -DecimalDigits(deviation).shifted(by: 2).rounded(significant: 1).exponent
      return .percent(min(4, max(percentDecimals(mean), first)))
    }
    guard wanted == nil || wanted == .standard else { return wanted! }
    let exponent = DecimalDigits(mean).rounded(significant: 3).exponent
    guard mean == 0 || plainExponents.contains(exponent) else { return .standard }
    let spread = DecimalDigits(deviation).rounded(significant: 2).exponent
    return .fixed(max(0, max(min(2 - exponent, 1 - spread), min(-spread, 4 - exponent))))
  }
}
