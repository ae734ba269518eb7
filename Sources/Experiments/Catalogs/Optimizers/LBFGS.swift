import Optimizers
import Specs

let lbfgsEntry = OptimizerItem(
  CatalogEntry(
    "lbfgs",
    options: [
      Option("lr", .number(above: 0), .yaml("1"), "The step length that the line search tries first."),
      Option("history", .integer(1...10_000), .yaml("10"), "Steps and gradient changes that are remembered."),
      Option(
        "line-search", .choice(["strong-wolfe", "none"]), .yaml("strong-wolfe"), "How the length of a step is found."),
    ],
    doc:
      "Quasi-Newton steps from the last few changes of the gradient, with a line search. Made for `batch: full`: the "
      + "gradients of different batches do not tell curvature.",
    source: "Liu & Nocedal 1989; torch.optim.LBFGS")
) { o in
  LBFGS(
    learningRate: o.number("lr"), history: o.integer("history"), searchesLine: o.text("line-search") != "none")
}
