import Optimizers
import Specs

let rpropEntry = OptimizerItem(
  CatalogEntry(
    "rprop",
    options: [
      Option("lr", .number(above: 0), .yaml("0.01"), "The first step size of every parameter."),
      Option("shrink", .number(above: 0, below: 1), .yaml("0.5"), "Factor where a gradient turned."),
      Option("grow", .number(above: 1), .yaml("1.2"), "Factor where a gradient kept its sign."),
      Option("smallest", .number(above: 0), .yaml("1e-6"), "Least step size."),
      Option("largest", .number(above: 0), .yaml("50"), "Greatest step size."),
    ],
    doc: "A step size for every parameter that follows the signs of its gradients; for full batches.",
    source: "Riedmiller & Braun 1993; torch.optim.Rprop")
) { o in
  Rprop(
    learningRate: o.number("lr"), shrink: o.number("shrink"), grow: o.number("grow"), smallest: o.number("smallest"),
    largest: o.number("largest"))
}
