import Autodiff
import Diagnostics
import Networks
import Optimizers
import Specs
import Tensors

/// How starting weights and learning rates depend on the width of a model: what `train` says of it.
enum ParametrizationOption {
  static let options = [
    Option(
      "parametrization", .choice(["standard", "mup"]), .yaml("standard"),
      "mup: output weights and learning rates depend on the width so that the best rate of the base model is the best at "
        + "every width (Yang et al. 2022, arXiv:2203.03466)."),
    Option(
      "base-model", .entry(modelCatalog.catalog), .absent,
      "With mup: the model in the width at which mup is the standard one. What is larger in `model` counts as width."),
  ]

  /// What the options say; `nil` after saying what is wrong.
  static func read(
    _ options: Values, for model: Model, _ diagnostics: inout [Diagnostic]
  ) -> Parametrization? {
    guard options.text("parametrization") == "mup" else {
      guard let base = options["base-model"] else { return .standard }
      diagnostics.append(Diagnostic(at: base.place, needsMup))
      return nil
    }
    guard options["base-model"] != nil else {
      diagnostics.append(Diagnostic(at: options.place("parametrization"), needsBase))
      return nil
    }
    let rule = options.entry("optimizer").name
    guard parametrizationAnswers[rule] != nil else {
      diagnostics.append(
        Diagnostic(
          at: options.place("optimizer"), "mup does not say what the learning rates of ‘\(rule)’ should be",
          hints: ["it does for \(parametrizationAnswers.keys.sorted().joined(separator: ", "))"]))
      return nil
    }
    guard
      let base = Experiments.model(
        options, option: "base-model", input: model.inputShape, outputs: model.outputs, &diagnostics)
    else { return nil }
    let names = base.layout.slices.map(\.name)
    guard names == model.layout.slices.map(\.name) else {
      diagnostics.append(Diagnostic(at: options.place("base-model"), otherLayers))
      return nil
    }
    return .maximalUpdate(base: base.layout)
  }
}

/// How the steps of rules answer to a longer gradient, where that decides what a rate for each slice does.
let parametrizationAnswers: [String: Parametrization.Answer] = [
  "sgd": .proportional, "nesterov": .proportional, "adam": .normalized, "adamw": .normalized, "nadam": .normalized,
  "radam": .normalized, "adamax": .normalized, "adabelief": .normalized, "yogi": .normalized, "adagrad": .normalized,
  "rmsprop": .normalized, "adam-8bit": .normalized, "lion": .normalized, "signum": .normalized,
]

extension Rule {
  /// This rule with the learning rates that a parametrization wants.
  func scaled(for parametrization: Parametrization, answer: Parametrization.Answer) -> any Rule {
    parametrization == .standard ? self : RatesBySlice(self) { parametrization.rateFactor($0, answer: answer) }
  }
}

private let needsMup = "a base model is for ‘parametrization: mup’"
private let needsBase = "mup needs ‘base-model’: this model in the width whose learning rate is known to be good"
private let otherLayers = "the base model is to be the same in another width, but it has other layers"
