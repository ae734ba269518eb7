import Optimizers
import Specs

let lionEntry = OptimizerItem(
  CatalogEntry(
    "lion",
    options: [
      .rate("0.0001"), .beta("beta1", "0.9"), .beta("beta2", "0.99"),
      Option("weight-decay", .number(atLeast: 0), .yaml("0"), "Decoupled: lr·weight-decay·w is subtracted."),
    ],
    doc: "The sign of an interpolated momentum: every parameter moves by lr.",
    source: "Chen et al. 2023, arXiv:2302.06675; optax.lion")
) { o in
  Lion(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"),
    weightDecay: o.number("weight-decay"))
}
