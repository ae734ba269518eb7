import Optimizers
import Specs

let adabeliefEntry = OptimizerItem(
  CatalogEntry(
    "adabelief",
    options: [
      .rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-16"), .decoupledDecay("0"),
    ],
    doc: "Adam that divides by how far gradients stray from their mean.",
    source: "Zhuang et al. 2020, arXiv:2010.07468; optax.adabelief")
) { o in
  AdaBelief(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"))
}
