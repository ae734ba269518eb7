public import Markup

/// A number as a reader sees it: sign, digits, power of ten, suffix.
public struct FormattedNumber: Hashable, Sendable {
  /// Sign and digits, ∞, or a dash for no value.
  var mantissa: String
  /// The n of × 10ⁿ.
  var exponent: Int?
  /// A percent sign or a unit, with the space before it.
  var suffix = ""

  /// Plain text, with superscript digits for the power of ten.
  public var text: String {
    guard let exponent else { return mantissa + suffix }
    return factor + "10" + superscript(exponent) + suffix
  }

  /// HTML, with `<sup>` for the power of ten.
  public var node: Node {
    guard let exponent else { return .text(mantissa + suffix) }
    return .fragment([.text(factor + "10"), .tag("sup", [:], .text(signed(exponent))), .text(suffix)])
  }

  /// What stands before the 10 of 10ⁿ; a mantissa of one is left out.
  private var factor: String { mantissa.isEmpty || mantissa == minus ? mantissa : mantissa + "\u{202F}×\u{202F}" }
}

/// The one function that writes numbers, everywhere in a book.
public func format(_ value: Double, _ format: Format = .standard) -> FormattedNumber {
  if value.isNaN { return FormattedNumber(mantissa: noValue) }
  if value.isInfinite { return FormattedNumber(mantissa: value < 0 ? minus + "∞" : "∞") }
  let digits = DecimalDigits(value)
  func positional(_ digits: DecimalDigits, decimals: Int, _ suffix: String = "") -> FormattedNumber {
    let rounded = digits.rounded(decimals: decimals)
    let sign = value < 0 && !rounded.isZero ? minus : ""
    return FormattedNumber(mantissa: sign + rounded.positional(decimals: max(0, decimals)), suffix: suffix)
  }
  switch format {
  case .fixed(let decimals): return positional(digits, decimals: decimals)
  case .integer: return positional(digits, decimals: 0)
  case .percent(let decimals):
    return positional(digits.shifted(by: 2), decimals: decimals ?? percentDecimals(value), "%")
  case .significant(let count):
    let rounded = digits.rounded(significant: count)
    if rounded.isZero { return FormattedNumber(mantissa: "0") }
    if plainExponents.contains(rounded.exponent) {
      return positional(digits, decimals: max(0, count - 1 - rounded.exponent))
    }
    return scientific(value, count)
  case .scientific(let count): return digits.isZero ? FormattedNumber(mantissa: "0") : scientific(value, count)
  case .bytes: return scaled(value, [(1, "B"), (1e3, "kB"), (1e6, "MB"), (1e9, "GB"), (1e12, "TB")])
  case .seconds: return scaled(value, [(1e-6, "µs"), (1e-3, "ms"), (1, "s"), (60, "min"), (3600, "h")])
  }
}

/// One decimal from 1 % on, below it two significant digits.
func percentDecimals(_ value: Double) -> Int {
  let hundredfold = DecimalDigits(value).shifted(by: 2)
  return hundredfold.isZero ? 1 : max(1, min(6, 1 - hundredfold.rounded(significant: 2).exponent))
}

/// What stands where a number would, had the run not left the numbers.
let notFinite = "not finite"
/// What stands where there is no value.
let noValue = "—"
let minus = "\u{2212}"
/// Exponents that read better without × 10ⁿ: 0.001 up to 999,999.
let plainExponents = -3...5

private func scientific(_ value: Double, _ count: Int) -> FormattedNumber {
  let rounded = DecimalDigits(value).rounded(significant: count)
  let mantissa = rounded.shifted(by: -rounded.exponent).positional(decimals: count - 1)
  return FormattedNumber(mantissa: (value < 0 ? minus : "") + mantissa, exponent: rounded.exponent)
}

/// In the largest unit of which there is at least one (two from minutes on), with three significant digits.
private func scaled(_ value: Double, _ units: [(size: Double, name: String)]) -> FormattedNumber {
  let unit = units.last { value.magnitude >= ($0.size < 60 || $0.size >= 1e3 && $0.name != "h" ? 1 : 2) * $0.size }
  let (size, name) = value == 0 ? (1, units.first { $0.size == 1 }!.name) : unit ?? units[0]
  var number = format(value / size)
  if size == 1, name == "B" { number = format(value, .integer) }
  number.suffix = "\u{00A0}" + name
  return number
}

func signed(_ number: Int) -> String { number < 0 ? minus + String(-number) : String(number) }

func superscript(_ number: Int) -> String {
  let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
  return (number < 0 ? "⁻" : "") + String(number.magnitude).utf8.map { String(digits[Int($0 - 48)]) }.joined()
}
