public import Diagnostics
import Specs

/// A limit that an author sets on a run, and where.
public struct Limit: Sendable, Hashable {
  /// Seconds, or bytes.
  public var amount: Double
  public var place: Place
}

extension Spec {
  /// `30s`, `5m`, `2h`, or a number of seconds.
  func duration(into diagnostics: inout [Diagnostic]) -> Limit? {
    limit(units: ["": 1, "s": 1, "m": 60, "min": 60, "h": 3600], notADuration, into: &diagnostics)
  }

  /// `500MB`, `2GB`, `1.5GiB`, or a number of bytes.
  func bytes(into diagnostics: inout [Diagnostic]) -> Limit? {
    let units = [
      "": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "kib": 1024, "mib": 1_048_576, "gib": 1_073_741_824,
    ]
    return limit(units: units, notASize, into: &diagnostics)
  }

  private func limit(
    units: [String: Double], _ message: (String) -> String, into diagnostics: inout [Diagnostic]
  ) -> Limit? {
    let written = text ?? ""
    let digits = written.prefix { $0.isNumber || $0 == "." }
    let unit = written[digits.endIndex...].drop { $0 == " " }.lowercased()
    guard let number = Double(digits), number > 0, let factor = units[unit] else {
      diagnostics.append(Diagnostic(at: place, message(label)))
      return nil
    }
    return Limit(amount: number * factor, place: place)
  }
}

/// A number of bytes for a reader: `1.5 GB`.
public func inWords(bytes: Double) -> String {
  let units = ["bytes", "kB", "MB", "GB", "TB"]
  var (value, unit) = (bytes, 0)
  while value >= 1000, unit < units.count - 1 { (value, unit) = (value / 1000, unit + 1) }
  return "\(rounded(value, unit == 0 || value >= 100 ? 0 : 1)) \(units[unit])"
}

/// A span of time for a reader: `0.4 s`, `2 min 5 s`, `1 h 3 min`.
public func inWords(seconds: Double) -> String {
  if seconds < 60 { return "\(rounded(seconds, 1)) s" }
  let whole = Int(seconds.rounded())
  if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
  return "\(whole / 3600) h \(whole % 3600 / 60) min"
}

private func rounded(_ value: Double, _ digits: Int) -> String {
  if digits == 0 { return String(Int(value.rounded())) }
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}

private func notADuration(_ text: String) -> String { "‘\(text)’ is not a span of time: write 30s, 5m or 2h" }
private func notASize(_ text: String) -> String { "‘\(text)’ is not an amount of memory: write 500MB or 2GB" }
