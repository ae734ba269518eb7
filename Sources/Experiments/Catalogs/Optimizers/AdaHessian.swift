import Optimizers
import Specs

let adahessianEntry = OptimizerItem(
  CatalogEntry(
    "adahessian",
    options: [
      .rate("0.15"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-4"), .decoupledDecay("0"),
      Option("power", .number(above: 0, atMost: 1), .yaml("1"), "The Hessian power k: 1 divides by |D|, 0 by nothing."),
      Option("averaging", .boolean, .yaml("true"), "Whether |D| is averaged over the window of each filter."),
      .interval("1"),
    ],
    doc: "Adam with the diagonal of the Hessian, from one random probe a step, in place of the gradient.",
    source: "Yao et al. 2021, arXiv:2006.00719; amirgholami/adahessian")
) { o in
  AdaHessian(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"), hessianPower: o.number("power"), averages: o.boolean("averaging"),
    interval: o.integer("interval"))
}
