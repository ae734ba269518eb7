import Optimizers
import Specs

let adadeltaEntry = OptimizerItem(
  CatalogEntry(
    "adadelta",
    options: [
      .rate("1"), Option("decay", .number(atLeast: 0, below: 1), .yaml("0.9"), "Share ρ of the old mean squares."),
      .epsilon("1e-6"), .decay,
    ],
    doc: "Steps as long as recent steps were, in the ratio of this gradient to recent ones.",
    source: "Zeiler 2012, arXiv:1212.5701; torch.optim.Adadelta")
) { o in
  AdaDelta(
    learningRate: o.number("lr"), decay: o.number("decay"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"))
}
