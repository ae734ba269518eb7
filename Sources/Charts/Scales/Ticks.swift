/// The largest of 1, 2, 5 × 10ⁿ steps that still gives about `count` ticks over a span.
func niceStep(_ span: Double, count: Int) -> Double {
  guard span > 0, span.isFinite, count > 0 else { return 1 }
  let rough = span / Double(count)
  let power = power10(floorLog10(rough))
  let error = rough / power
  return power * (error >= 7.071 ? 10 : error >= 3.162 ? 5 : error >= 1.414 ? 2 : 1)
}

/// Round numbers within a range, about `count` of them.
func linearTicks(_ low: Double, _ high: Double, count: Int) -> [Double] {
  guard low.isFinite, high.isFinite, high > low else { return [low].filter(\.isFinite) }
  let step = niceStep(high - low, count: count)
  let first = (low / step - 1e-9).rounded(.up)
  let last = (high / step + 1e-9).rounded(.down)
  guard last >= first else { return [] }
  // Division by a power of ten is exact where multiplication by 0.1 is not.
  let inverse = (1 / step).rounded()
  return (0...Int(min(200, last - first))).map { index in
    let number = first + Double(index)
    return step < 1 ? number / inverse : number * step
  }
}

/// Ticks of a logarithmic axis: those with a label, and lighter ones between them.
///
/// Decades where there are at least two; also 2 and 5 where there are few; round numbers within a decade.
func logTicks(_ low: Double, _ high: Double, count: Int) -> (major: [Double], minor: [Double]) {
  guard low > 0, high > low, high.isFinite else { return ([low].filter { $0 > 0 }, []) }
  let bounds = (low * (1 - 1e-9))...(high * (1 + 1e-9))
  let first = floorLog10(low * (1 + 1e-12))
  let last = floorLog10(high * (1 + 1e-12)) + 1
  let decades = (first...last).map(power10).filter(bounds.contains)
  func multiples(_ digits: [Double]) -> [Double] {
    (first...last).flatMap { exponent in
      digits.map { exponent < 0 ? $0 / power10(-exponent) : $0 * power10(exponent) }
    }.filter(bounds.contains)
  }
  if decades.count < 2 {
    let some = multiples([1, 2, 5])
    return (some.count >= 2 ? some : linearTicks(low, high, count: count), [])
  }
  let between = multiples([2, 3, 4, 5, 6, 7, 8, 9])
  if decades.count <= 2, count >= 5 { return (multiples([1, 2, 5]), multiples([3, 4, 6, 7, 8, 9])) }
  if decades.count <= max(2, count) { return (decades, decades.count <= 6 ? between : []) }
  let every = (decades.count + count - 1) / max(1, count)
  return (decades.filter { floorLog10($0 * (1 + 1e-12)) % every == 0 }, [])
}

/// ⌊log₁₀ x⌋, exact at powers of ten.
func floorLog10(_ value: Double) -> Int {
  precondition(value > 0 && value.isFinite)
  return DecimalDigits(value).exponent
}

/// 10ⁿ, correctly rounded.
func power10(_ exponent: Int) -> Double { Double("1e\(exponent)") ?? (exponent < 0 ? 0 : .infinity) }

/// Tick labels that agree among themselves: the same decimals, or all with a power of ten.
func linearLabels(_ ticks: [Double], format wanted: Format?) -> [FormattedNumber] {
  if wanted == .percent(nil), ticks.count > 1 {
    // As many decimals as the step needs, not as many as a value would have.
    let step = DecimalDigits(ticks[1] - ticks[0]).rounded(significant: 3).shifted(by: 2)
    return ticks.map { format($0, .percent(max(0, step.digits.count - step.point))) }
  }
  if let wanted { return ticks.map { format($0, wanted) } }
  let largest = ticks.map(\.magnitude).max() ?? 0
  let step = ticks.count > 1 ? (ticks[1] - ticks[0]).magnitude : largest
  guard largest > 0 else { return ticks.map { format($0, .integer) } }
  let stepDigits = DecimalDigits(step).rounded(significant: 3)
  let decimals = max(0, stepDigits.digits.count - stepDigits.point)
  if largest >= 1e6 || largest < 1e-3 {
    let exponent = DecimalDigits(largest).exponent
    let places = max(0, stepDigits.digits.count - stepDigits.point + exponent)
    return ticks.map { tick in
      var number = format(tick / power10(exponent), .fixed(min(12, places)))
      if tick != 0 { number.exponent = exponent } else { number.mantissa = "0" }
      return number
    }
  }
  return ticks.map { format($0, .fixed(decimals)) }
}

/// Labels of a logarithmic axis: plain numbers from 0.001 to 10,000, otherwise powers of ten.
func logLabels(_ ticks: [Double], format wanted: Format?) -> [FormattedNumber] {
  if let wanted { return ticks.map { format($0, wanted) } }
  let isPlain = ticks.allSatisfy { (0.000_999...10_001).contains($0) }
  // Within less than a doubling ticks are evenly spaced, and as close as they happen to be.
  if isPlain, ticks.count > 1, ticks[ticks.count - 1] < 2 * ticks[0] { return linearLabels(ticks, format: nil) }
  return ticks.map { tick in
    let digits = DecimalDigits(tick).rounded(significant: 3)
    if isPlain { return format(tick, .fixed(max(0, digits.digits.count - digits.point))) }
    return FormattedNumber(
      mantissa: digits.digits == [1]
        ? "" : format(tick / power10(digits.exponent), .fixed(max(0, digits.digits.count - 1))).mantissa,
      exponent: digits.exponent)
  }
}
