import Optimizers
import Specs

let larsEntry = OptimizerItem(
  CatalogEntry(
    "lars",
    options: [
      .rate("0.1"),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0.9"), "Share μ of the last velocity that is kept."),
      Option("trust", .number(above: 0), .yaml("0.001"), "τ: a matrix moves by lr·τ of its length."),
      Option("weight-decay", .number(atLeast: 0), .yaml("0"), "λ: adds λw to a matrix's gradient."),
    ],
    doc: "Momentum descent whose rate in each matrix is proportional to the matrix's length.",
    source: "You, Gitman & Ginsburg 2017, arXiv:1708.03888; optax.lars")
) { o in
  LARS(
    learningRate: o.number("lr"), momentum: o.number("momentum"), trust: o.number("trust"),
    weightDecay: o.number("weight-decay"))
}
