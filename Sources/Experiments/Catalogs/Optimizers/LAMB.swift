import Optimizers
import Specs

let lambEntry = OptimizerItem(
  CatalogEntry(
    "lamb",
    options: [
      .rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-6"),
      Option("weight-decay", .number(atLeast: 0), .yaml("0"), "λ: adds λw to Adam's direction before it is measured."),
    ],
    doc: "Adam whose step in each slice is as long as the slice, times lr.",
    source: "You et al. 2020, arXiv:1904.00962; optax.lamb")
) { o in
  LAMB(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"))
}
