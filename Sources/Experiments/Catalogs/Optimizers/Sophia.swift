import Autodiff
import Optimizers
import Specs

let sophiaHEntry = OptimizerItem(
  CatalogEntry(
    "sophia-h",
    options: [
      .rate("0.001"), .beta("beta1", "0.965"), .beta("beta2", "0.99"), gamma("0.01"), .epsilon("1e-12"),
      .decoupledDecay("0"), .interval("10"),
      Option(
        "probes", .choice(ProbeDistribution.allCases.map(\.rawValue)), .yaml("gaussian"),
        "What the probes are drawn from."),
    ],
    doc: "Momentum divided by the Hessian's diagonal, estimated every few steps, no element above 1.",
    source: "Liu et al. 2023, arXiv:2305.14342")
) { o in sophia(o, .hutchinson(ProbeDistribution(rawValue: o.text("probes"))!)) }

let sophiaGEntry = OptimizerItem(
  CatalogEntry(
    "sophia-g",
    options: [
      .rate("0.001"), .beta("beta1", "0.965"), .beta("beta2", "0.99"), gamma("0.05"), .epsilon("1e-12"),
      .decoupledDecay("0"), .interval("10"),
    ],
    doc:
      "Sophia with the Gauss-Newton matrix's diagonal from a gradient whose labels are drawn from the model. For "
      + "classification.",
    source: "Liu et al. 2023, arXiv:2305.14342; Liuhong99/Sophia")
) { o in sophia(o, .gaussNewtonBartlett) }

let empiricalSophiaEntry = OptimizerItem(
  CatalogEntry(
    "empirical-sophia",
    options: [
      .rate("0.001"), .beta("beta1", "0.965"), .beta("beta2", "0.99"),
      Option("rho", .number(above: 0), .yaml("0.04"), "What the curvature is multiplied by."), .decay, .interval("10"),
    ],
    doc:
      "The sources' Sophia: the batch gradient's square in place of the curvature, from 1 on. Neither Sophia-H nor "
      + "Sophia-G.")
) { o in
  EmpiricalSophia(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), rho: o.number("rho"),
    weightDecay: o.number("weight-decay"), interval: o.integer("interval"))
}

private func gamma(_ value: String) -> Option {
  Option("gamma", .number(above: 0), .yaml(value), "What the curvature is multiplied by: larger clips less.")
}

private func sophia(_ o: Values, _ curvature: DiagonalCurvature) -> Sophia {
  Sophia(
    curvature, learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"),
    gamma: o.number("gamma"), epsilon: o.number("epsilon"), weightDecay: o.number("weight-decay"),
    interval: o.integer("interval"))
}
