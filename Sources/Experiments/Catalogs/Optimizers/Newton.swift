import Optimizers
import Specs

let newtonEntry = OptimizerItem(
  CatalogEntry(
    "newton", options: [unitRate, .damping("0")],
    doc: "Newton's method with the exact Hessian, for small problems. It goes to saddles as to minima.",
    source: "Nocedal & Wright 2006")
) { o in Newton(learningRate: o.number("lr"), damping: o.number("damping")) }

let saddleFreeNewtonEntry = OptimizerItem(
  CatalogEntry(
    "saddle-free-newton",
    options: [
      unitRate, .damping("0"),
      Option(
        "krylov", .integer(1...10_000), .absent,
        "Dimensions of the subspace spanned by the gradient and the Hessian's powers on it; the whole space when left out."
      ),
    ],
    doc: "Newton's method with the size of every eigenvalue: down along negative curvature, too.",
    source: "Dauphin et al. 2014, arXiv:1406.2572")
) { o in
  Newton(
    learningRate: o.number("lr"), damping: o.number("damping"), isSaddleFree: true,
    subspace: o.optionalInteger("krylov"))
}

private let unitRate = Option.rate("1")
