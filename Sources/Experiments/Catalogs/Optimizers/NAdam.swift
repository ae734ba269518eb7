import Optimizers
import Specs

let nadamEntry = OptimizerItem(
  CatalogEntry(
    "nadam",
    options: [
      .rate("0.002"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"),
      Option(
        "momentum-decay", .number(atLeast: 0), .yaml("0.004"),
        "ψ of the momentum at step t, beta1·(1 − ½·0.96^(t·ψ)); 0 keeps it at beta1/2."),
      .decay, .decoupled,
    ],
    doc: "Adam with Nesterov's look-ahead and a momentum that grows.",
    source: "Dozat 2016; torch.optim.NAdam")
) { o in
  NAdam(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    momentumDecay: o.number("momentum-decay"), weightDecay: o.number("weight-decay"),
    isDecoupled: o.boolean("decoupled"))
}
