import Optimizers
import Specs

let perturbedGradientDescentEntry = OptimizerItem(
  CatalogEntry(
    "perturbed-gd",
    options: [
      .rate("0.01"), Option("radius", .number(above: 0), .yaml("0.01"), "Radius of the ball that a push lands in."),
      Option("threshold", .number(atLeast: 0), .yaml("0.001"), "Gradient norm at or below which it is pushed."),
      Option("wait", .integer(0...1_000_000), .yaml("10"), "Steps between two pushes at least."),
    ],
    doc: "Gradient descent that is pushed at random where the gradient is small: it leaves saddles.",
    source: "Jin et al. 2017, arXiv:1703.00887")
) { o in
  PerturbedGradientDescent(
    learningRate: o.number("lr"), radius: o.number("radius"), threshold: o.number("threshold"), wait: o.integer("wait"))
}
