import Optimizers
import Specs

let rmspropEntry = OptimizerItem(
  CatalogEntry(
    "rmsprop",
    options: [
      .rate("0.01"), Option("decay", .number(atLeast: 0, below: 1), .yaml("0.99"), "Share of the old mean square."),
      .epsilon("1e-8"),
      Option(
        "epsilon-place", .choice(RMSProp.EpsilonPlace.allCases.map(\.rawValue)), .yaml("outside"),
        "outside the root as in PyTorch, inside as in Optax."),
      Option("centered", .boolean, .yaml("false"), "Subtract the squared mean gradient."),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0"), "Momentum on the scaled gradient."), .decay,
    ],
    doc: "Steps divided by the root of a running mean of squared gradients.",
    source: "Hinton 2012, lecture 6e; torch.optim.RMSprop")
) { o in
  RMSProp(
    learningRate: o.number("lr"), decay: o.number("decay"), epsilon: o.number("epsilon"),
    epsilonPlace: RMSProp.EpsilonPlace(rawValue: o.text("epsilon-place"))!, centered: o.boolean("centered"),
    momentum: o.number("momentum"), weightDecay: o.number("weight-decay"))
}
