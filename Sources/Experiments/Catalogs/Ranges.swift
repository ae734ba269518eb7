import Diagnostics
import Specs

extension Values {
  /// The two ends of a range option; `nil` after saying that it does not go up.
  func risingRange(_ name: String, _ diagnostics: inout [Diagnostic]) -> ClosedRange<Double>? {
    let ends = list(name).map(\.asNumber)
    guard ends[0] < ends[1] else {
      diagnostics.append(Diagnostic(at: place(name), "‘\(name)’ must go up: [from, to]"))
      return nil
    }
    return ends[0]...ends[1]
  }
}
