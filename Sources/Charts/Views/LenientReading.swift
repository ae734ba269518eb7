import Diagnostics
import Specs

extension Spec {
  /// Reads options as far as they can be read, so that one mistake does not hide the others.
  ///
  /// What is wrong or missing is a diagnostic and absent from the values.
  func readLeniently(_ options: [Option], owner: String, into diagnostics: inout [Diagnostic]) -> Values {
    if let values = read(options, owner: owner, into: &diagnostics) { return values }
    var values: [String: Resolved] = [:]
    for option in options {
      var ignored: [Diagnostic] = []
      values[option.name] =
        self[option.name].flatMap { $0.value == .null ? nil : $0.resolve(as: option.type, into: &ignored) }
        ?? Resolved(.absent, at: place)
    }
    return Values(values)
  }
}
