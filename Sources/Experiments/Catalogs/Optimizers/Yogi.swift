import Optimizers
import Specs

let yogiEntry = OptimizerItem(
  CatalogEntry(
    "yogi",
    options: [
      .rate("0.01"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-3"),
      Option("initial", .number(above: 0), .yaml("1e-6"), "What both moments start at."),
    ],
    doc: "Adam whose second moment grows and shrinks by the same amount, the squared gradient.",
    source: "Zaheer et al. 2018; optax.yogi")
) { o in
  Yogi(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    initial: o.number("initial"))
}
