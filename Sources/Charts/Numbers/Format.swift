public import Diagnostics

/// How a number is written for a reader. The CSV behind a figure or table keeps all digits.
public enum Format: Hashable, Sendable {
  /// So many significant digits; × 10ⁿ below 0.001 and from a million on.
  case significant(Int)
  /// So many digits after the point.
  case fixed(Int)
  /// Times 100, with a percent sign; one decimal (two significant digits below 1 %) unless told otherwise.
  case percent(Int?)
  /// × 10ⁿ always, with so many significant digits.
  case scientific(Int)
  /// The nearest whole number.
  case integer
  /// In B, kB, MB, GB, TB of 1000.
  case bytes
  /// In µs, ms, s, min or h, whichever reads best.
  case seconds

  /// Three significant digits.
  public static let standard = Format.significant(3)

  /// Reads `percent`, `fixed 2`, `scientific`, …; the first character stands at `place`.
  public static func parse(_ text: String, at place: Place) -> Result<Format, DiagnosticError> {
    let words = text.split { $0 == " " || $0 == "\t" }.map(String.init)
    let digits = words.count > 1 ? Int(words[1]) : nil
    func fail(_ message: String, hints: [String] = []) -> Result<Format, DiagnosticError> {
      .failure(DiagnosticError(at: place, message, hints: hints))
    }
    guard let name = words.first else { return fail(noFormat, hints: [validFormats]) }
    guard names.contains(name) else { return fail(unknownFormat(name), hints: suggestion(for: name, among: names)) }
    if words.count > 2 || (words.count == 2 && digits == nil) { return fail(notDigits(text), hints: [validFormats]) }
    if let digits, !(0...15).contains(digits) { return fail(digitsOutOfRange(digits)) }
    switch name {
    case "significant": return .success(.significant(max(1, digits ?? 3)))
    case "fixed": return .success(.fixed(digits ?? 2))
    case "percent": return .success(.percent(digits))
    case "scientific": return .success(.scientific(max(1, digits ?? 3)))
    default:
      if digits != nil { return fail(takesNoDigits(name)) }
      return .success(name == "integer" ? .integer : name == "bytes" ? .bytes : .seconds)
    }
  }

  static let names = ["significant", "fixed", "percent", "scientific", "integer", "bytes", "seconds"]
}

private let noFormat = "a format is missing after ‘|’"
private let validFormats = "valid here: significant 3, fixed 2, percent, scientific 3, integer, bytes, seconds"
private func unknownFormat(_ name: String) -> String { "there is no number format ‘\(name)’" }
private func notDigits(_ text: String) -> String { "‘\(text)’ is not a format and a number of digits" }
private func digitsOutOfRange(_ digits: Int) -> String { "\(digits) digits is out of range: it must be from 0 to 15" }
private func takesNoDigits(_ name: String) -> String { "the format ‘\(name)’ takes no number of digits" }
