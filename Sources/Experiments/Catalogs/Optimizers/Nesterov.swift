import Optimizers
import Specs

let nesterovEntry = OptimizerItem(
  CatalogEntry(
    "nesterov",
    options: [
      .rate("0.01"),
      Option("momentum", .number(above: 0, below: 1), .yaml("0.9"), "Share μ of the last velocity that is kept."),
      .decay,
    ],
    doc: "Nesterov's accelerated gradient: v ← μv + g, and the step goes along g + μv.",
    source: "Nesterov 1983; torch.optim.SGD with nesterov=True")
) { o in
  SGD(
    learningRate: o.number("lr"), momentum: o.number("momentum"), nesterov: true,
    weightDecay: o.number("weight-decay"))
}
