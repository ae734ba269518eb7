import Diagnostics
import Optimizers
import Specs

/// The option `clip`, shared by the kinds that take steps.
enum ClipOption {
  static let option = Option(
    "clip",
    .options([
      Option(
        "norm", .number(above: 0), .absent, "The whole gradient is shortened to this length: its direction stays."),
      Option("value", .number(above: 0), .absent, "Every element is cut to ±value: another direction."),
    ]), .absent, "How gradients are clipped before the rule sees them: `{norm: 1}` or `{value: 0.5}`.")

  /// The clip that was asked for, `.some(nil)` for none; `nil` after saying what is wrong with it.
  static func read(_ options: Values, _ diagnostics: inout [Diagnostic]) -> Clip?? {
    guard let values = options["clip"]?.asOptions else { return .some(nil) }
    switch (values.optionalNumber("norm"), values.optionalNumber("value")) {
    case (let norm?, nil): return .norm(norm)
    case (nil, let value?): return .value(value)
    default:
      diagnostics.append(Diagnostic(at: options.place("clip"), oneOfBoth))
      return nil
    }
  }
}

private let oneOfBoth =
  "clip needs one of its two forms: {norm: 1} for the whole gradient or {value: 0.5} for each element"
