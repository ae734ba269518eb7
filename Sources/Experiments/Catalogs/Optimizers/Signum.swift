import Optimizers
import Specs

let signumEntry = OptimizerItem(
  CatalogEntry(
    "signum",
    options: [
      .rate("0.0001"),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0.9"), "Share of the old mean; 0 is signSGD."),
      .decoupledDecay("0"),
    ],
    doc: "The sign of the momentum: every parameter moves by lr.",
    source: "Bernstein et al. 2018, arXiv:1802.04434")
) { o in
  Signum(learningRate: o.number("lr"), momentum: o.number("momentum"), weightDecay: o.number("weight-decay"))
}
