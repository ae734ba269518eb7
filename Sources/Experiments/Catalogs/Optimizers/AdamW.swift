import Optimizers
import Specs

let adamwEntry = OptimizerItem(
  CatalogEntry(
    "adamw",
    options: [
      .rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"),
      .decoupledDecay("0.01"), .amsgrad,
    ],
    doc: "Adam with weight decay apart from the gradient.",
    source: "Loshchilov & Hutter 2019, arXiv:1711.05101; torch.optim.AdamW")
) { o in adam(o, isDecoupled: true, amsgrad: o.boolean("amsgrad")) }
