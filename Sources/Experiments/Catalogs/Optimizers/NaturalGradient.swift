import Optimizers
import Specs

let naturalGradientEntry = OptimizerItem(
  CatalogEntry(
    "natural-gradient",
    options: [
      .rate("0.1"), .damping("0.01"),
      Option(
        "solver", .choice(["conjugate-gradient", "dense"]), .yaml("conjugate-gradient"),
        "How the linear system is solved; dense is for small models."),
      Option("iterations", .integer(1...100_000), .yaml("20"), "Most products of conjugate gradients."),
      Option("tolerance", .number(atLeast: 0, below: 1), .yaml("0.001"), "Residual at which conjugate gradients stop."),
    ],
    doc: "Steps in the metric of what the model says: the Fisher matrix, here the Gauss-Newton matrix of the batch.",
    source: "Amari 1998; Martens 2020, arXiv:1412.1193")
) { o in
  NaturalGradient(
    learningRate: o.number("lr"), damping: o.number("damping"),
    solver: o.text("solver") == "dense"
      ? .dense : .conjugateGradient(iterations: o.integer("iterations"), tolerance: o.number("tolerance")))
}
