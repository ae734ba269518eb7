import Autodiff
import Diagnostics
import Networks
import Specs

/// The option `rescale`: parameters multiplied and divided by one number before anything happens.
///
/// A network that is positively homogeneous between two layers computes the same when the one is multiplied and the other
/// divided (Dinh et al. 2017, arXiv:1703.04933); one layer before batch normalization may be multiplied alone.
struct Rescaling {
  static let option = Option(
    "rescale",
    .options([
      Option("by", .number(above: 0), .required, "The factor."),
      Option("multiply", .list(.text), .yaml("[]"), "Parameters that it multiplies, by name: linear-1.weight, …"),
      Option("divide", .list(.text), .yaml("[]"), "Parameters that are divided by it."),
    ]), .absent, "Multiply some of the starting parameters by a number and divide others by it.")

  /// Whether the names are the model's, where a kind has the option; says which is not.
  static func check(_ options: Values, for model: Model, _ diagnostics: inout [Diagnostic]) -> Bool {
    guard let given = options.all["rescale"], case .options(let values) = given.value else { return true }
    let names = model.layout.slices.map(\.name)
    for item in values.list("multiply") + values.list("divide") where !names.contains(item.asText) {
      diagnostics.append(
        Diagnostic(
          at: item.place, "the model has no parameter ‘\(item.asText)’",
          hints: suggestion(for: item.asText, among: names)))
      return false
    }
    return true
  }
}

extension Start {
  /// This start as `rescale` wants it, where the kind has that option and it was given.
  func rescaled(_ options: Values, of model: Model) -> Start {
    guard let values = options.all["rescale"], case .options(let values) = values.value else { return self }
    var start = self
    let factor = values.number("by")
    for (name, isMultiplied) in [("multiply", true), ("divide", false)] {
      for item in values.list(name) {
        for slice in model.layout.slices where slice.name == item.asText {
          for index in slice.range {
            start.parameters[index] = isMultiplied ? parameters[index] * factor : parameters[index] / factor
          }
        }
      }
    }
    return start
  }
}
