import Optimizers
import Specs

let radamEntry = OptimizerItem(
  CatalogEntry(
    "radam",
    options: [
      .rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"), .decay, .decoupled,
    ],
    doc: "Adam that waits for its second moment to be worth trusting: first momentum alone, then rectified steps.",
    source: "Liu et al. 2020, arXiv:1908.03265; torch.optim.RAdam")
) { o in
  RAdam(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"), isDecoupled: o.boolean("decoupled"))
}
