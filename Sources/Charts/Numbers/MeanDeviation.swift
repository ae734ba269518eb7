import Tables

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
  /// How many of those are NaN, and how many belong to runs that left the numbers.
  var missing: Int
  var diverged = 0
  /// The infinity that all values are.
  var infinity: Double?

  init(_ values: [Double]) {
    count = values.count
    let finite = values.filter(\.isFinite)
    nonFinite = count - finite.count
    missing = values.count(where: \.isNaN)
    infinity = values.first.flatMap { first in
      first.isInfinite && values.allSatisfy { $0 == first } ? first : nil
    }
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
    return spread(chosen).map { "\(text) ± \($0.text)" } ?? text
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

extension MeanDeviation {
  /// The rows of a table that are averaged.
  init(_ column: Column, _ rows: some Sequence<Int>, of table: Table) {
    self.init(rows.map { column.number($0) ?? .nan })
    diverged = rows.count { !(column.number($0) ?? .nan).isFinite && table.hasDiverged($0) }
    if diverged > 0 { infinity = nil }
  }

  /// The deviation beside a mean in this format: with the mean's decimals, or one or two more where those would show
  /// nothing of it ("8.10 ± 0.004"). Exactly 0 is written so.
  func spread(_ chosen: Format) -> FormattedNumber? {
    guard let deviation, mean.isFinite else { return nil }
    let digits = DecimalDigits(deviation)
    func decimals(_ wanted: Int, _ digits: DecimalDigits) -> Int {
      if digits.isZero { return 0 }
      if !digits.rounded(decimals: wanted).isZero { return wanted }
      let first = -digits.rounded(significant: 1).exponent
      return first <= wanted + 2 ? first : wanted
    }
    return switch chosen {
    case .significant(let count): Charts.format(deviation, .significant(min(2, count)))
    case .scientific(let count): Charts.format(deviation, .scientific(min(2, count)))
    case .fixed(let wanted): Charts.format(deviation, .fixed(decimals(wanted, digits)))
    case .integer: Charts.format(deviation, .fixed(decimals(0, digits)))
    case .percent(let wanted):
      Charts.format(deviation, .percent(decimals(wanted ?? percentDecimals(mean), digits.shifted(by: 2))))
    case .bytes, .seconds: Charts.format(deviation, chosen)
    }
  }

  /// Of a mean that some values are missing from: how many, and why.
  var note: String? {
    if !mean.isFinite || nonFinite == 0 { return nil }
    if diverged > 0 { return "\(diverged) of \(count) diverged" }
    return "\(nonFinite) of \(count) \(missing == 0 ? "infinite" : "without a value")"
  }
}
