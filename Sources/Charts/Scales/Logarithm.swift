/// log₁₀ and 10ˣ from arithmetic alone, so that a figure's bytes do not depend on a C library.

/// log₁₀ of a positive finite number, within a few units in the last place; exact at powers of two of ten's exponents.
///
/// x = m · 2ᵉ with m in [√½, √2); ln m = 2 artanh((m − 1)/(m + 1)) by its series.
func log10(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value == 0 ? -.infinity : value == .infinity ? .infinity : .nan }
  var mantissa = value.significand
  var exponent = Double(value.exponent)
  if mantissa > 1.414_213_562_373_095_1 {
    mantissa /= 2
    exponent += 1
  }
  let z = (mantissa - 1) / (mantissa + 1)
  let square = z * z
  var sum = 0.0
  for k in stride(from: 23, through: 1, by: -2) { sum = sum * square + 1 / Double(k) }
  return (2 * z * sum + exponent * 0.693_147_180_559_945_3) / 2.302_585_092_994_045_7
}

/// 10ˣ: 10 to the whole part, times e^(fraction · ln 10) by its series.
func exp10(_ value: Double) -> Double {
  guard value.isFinite else { return value == .infinity ? .infinity : value == -.infinity ? 0 : .nan }
  let whole = value.rounded()
  guard whole.magnitude < 330 else { return whole < 0 ? 0 : .infinity }
  let x = (value - whole) * 2.302_585_092_994_045_7
  var sum = 1.0
  for k in stride(from: 24, through: 1, by: -1) { sum = 1 + x / Double(k) * sum }
  return sum * power10(Int(whole))
}
