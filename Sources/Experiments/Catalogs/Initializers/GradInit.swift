import Networks
import Specs

let gradInitEntry = InitializerItem(
  CatalogEntry(
    "grad-init",
    options: [
      tunedStart,
      Option(
        "step", .choice(GradInit.Step.allCases.map(\.rawValue)), .yaml("gradient"),
        "The step that is looked ahead: gradient, for gradient descent, or sign, for Adam and its kin."),
      Option("lr", .number(above: 0), .yaml("0.1"), "Learning rate of that step."),
      Option(
        "bound", .number(above: 0), .yaml("1"), "The longest gradient: Euclidean length, or the sum of sizes for sign."),
      Option("steps", .integer(1...1_000_000), .yaml("400"), "Steps on the factors."),
      Option("samples", .integer(1...100_000), .yaml("128"), "Samples a step, of the run's data where it has any."),
      Option("rate", .number(above: 0), .yaml("0.01"), "How far a step moves a factor."),
      Option("floor", .number(above: 0, atMost: 1), .yaml("0.01"), "The smallest factor."),
    ],
    doc:
      "A factor for each parameter array, learned so that the loss after one step is small; the gradient stays short.",
    source: "Zhu et al. 2021, arXiv:2102.08098")
) { o in
  o.tunedStart.gradInit(
    GradInit(
      step: GradInit.Step(rawValue: o.text("step"))!, steps: o.integer("steps"), samples: o.integer("samples"),
      learningRate: o.number("lr"), factorRate: o.number("rate"), bound: o.number("bound"), floor: o.number("floor")))
}
