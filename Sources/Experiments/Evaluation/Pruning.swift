import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs
import Tables
import Tensors

/// What `evaluate` sets to 0 before it judges a model.
struct Pruning {
  enum Importance: String, CaseIterable {
    case magnitude, gradient, saliency
  }

  let sparsities: [Double]
  let importance: Importance

  static let option = Option(
    "prune",
    .options([
      Option(
        "sparsity",
        .either([.number(atLeast: 0, atMost: 1), .list(.number(atLeast: 0, atMost: 1), count: 1...10_000)]), .required,
        "The share of weights to set to 0: of all, or a list with one for each group of layers from the input up."),
      Option(
        "by", .choice(Importance.allCases.map(\.rawValue)), .yaml("magnitude"),
        "What the least important weights are told by: magnitude, |w|; gradient, |g| of the loss on the training samples; "
          + "saliency, |w·g|, what setting w to 0 changes to first order (Mozer & Smolensky 1989)."),
    ]), .absent, "Set the least important weights to 0 first; biases and the like stay.")

  static let table = TableSchema(
    "pruned",
    [
      ColumnSchema("layer", .integer, doc: "1 is the layer at the input."),
      ColumnSchema("parameter", .text, doc: "The weight's name."),
      ColumnSchema("weights", .integer, doc: "Numbers in it."),
      ColumnSchema("pruned", .integer, doc: "How many of them are set to 0."),
      ColumnSchema("sparsity", doc: "Their share."),
    ])
  static let sparsity = ColumnSchema("sparsity", doc: "Share of all weights that pruning sets to 0.")

  /// What the option says, `.some(nil)` when it is left out; `nil` after saying what is wrong.
  static func read(
    _ options: Values, for model: Model, _ facts: DataFacts, _ diagnostics: inout [Diagnostic]
  ) -> Pruning?? {
    guard let values = options["prune"]?.asOptions else { return .some(nil) }
    let written = values["sparsity"]!
    let sparsities = if case .list(let items) = written.value { items.map(\.asNumber) } else { [written.asNumber] }
    let importance = Importance(rawValue: values.text("by"))!
    let layers = model.layout.weights.count
    if sparsities.count > layers {
      diagnostics.append(Diagnostic(at: written.place, tooManyGroups(sparsities.count, layers)))
      return nil
    }
    if importance != .magnitude, facts.trainCount == 0 {
      diagnostics.append(Diagnostic(at: values.place("by"), noGradient(facts.name)))
      return nil
    }
    return Pruning(sparsities: sparsities, importance: importance)
  }

  /// Which weights stay.
  /// - Parameter gradient: of the mean loss on the training samples; asked for where it matters.
  func mask(_ parameters: [Double], _ layout: ParameterLayout, gradient: () throws -> [Double]) rethrows -> PruningMask
  {
    let scores: [Double] =
      switch importance {
      case .magnitude: parameters.map(abs)
      case .gradient: try gradient().map(abs)
      case .saliency: zip(parameters, try gradient()).map { abs($0 * $1) }
      }
    return PruningMask(importance: scores, layout: layout, sparsities: sparsities)
  }
}

private func tooManyGroups(_ groups: Int, _ layers: Int) -> String {
  "a sparsity for each of \(groups) groups of layers, but the model has \(layers) layers with weights"
}
private func noGradient(_ name: String) -> String { "‘\(name)’ has no training samples to take a gradient on" }
