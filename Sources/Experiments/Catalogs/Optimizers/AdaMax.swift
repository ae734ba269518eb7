import Optimizers
import Specs

let adamaxEntry = OptimizerItem(
  CatalogEntry(
    "adamax",
    options: [.rate("0.002"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"), .decay],
    doc: "Momentum divided by the largest recent gradient.",
    source: "Kingma & Ba 2015, arXiv:1412.6980; torch.optim.Adamax")
) { o in
  AdaMax(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"))
}
