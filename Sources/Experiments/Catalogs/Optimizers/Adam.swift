import Optimizers
import Specs

let adamEntry = OptimizerItem(
  CatalogEntry(
    "adam",
    options: [.rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"), .decay, .amsgrad],
    doc:
      "Momentum divided by the root of a running mean of squared gradients, both corrected for their start at 0.",
    source: "Kingma & Ba 2015, arXiv:1412.6980; torch.optim.Adam")
) { o in adam(o, isDecoupled: false, amsgrad: o.boolean("amsgrad")) }

/// Adam's options as they were read, with either form of weight decay.
func adam(_ o: Values, isDecoupled: Bool, amsgrad: Bool = false) -> Adam {
  Adam(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"), isDecoupled: isDecoupled,
    amsgrad: amsgrad)
}
