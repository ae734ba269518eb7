import Optimizers
import Specs

let adagradEntry = OptimizerItem(
  CatalogEntry(
    "adagrad",
    options: [
      .rate("0.01"), .epsilon("1e-10"), .decay,
      Option("initial", .number(atLeast: 0), .yaml("0"), "What the sum of squares starts at."),
    ],
    doc: "Steps divided by the root of the sum of all squared gradients so far.",
    source: "Duchi, Hazan & Singer 2011; torch.optim.Adagrad")
) { o in
  AdaGrad(
    learningRate: o.number("lr"), epsilon: o.number("epsilon"), weightDecay: o.number("weight-decay"),
    initial: o.number("initial"))
}
