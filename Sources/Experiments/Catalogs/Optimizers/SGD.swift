import Optimizers
import Specs

let sgdEntry = OptimizerItem(
  CatalogEntry(
    "sgd",
    options: [
      .rate("0.01"),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0"), "Share μ of the last velocity that is kept."),
      Option(
        "convention", .choice(SGD.Convention.allCases.map(\.rawValue)), .yaml("heavy-ball"),
        "heavy-ball: v ← μv + g. ema: v ← μv + (1−μ)g, whose steps become 1−μ times as long. Both start at v = g."),
      Option("dampening", .number(atLeast: 0, atMost: 1), .yaml("0"), "v ← μv + (1−dampening)·g, heavy ball only."),
      Option("nesterov", .boolean, .yaml("false"), "Step along g + μv."), .decay,
      Option("maximize", .boolean, .yaml("false"), "Climb instead."),
    ],
    doc: "Stochastic gradient descent, with momentum in either of its two conventions.",
    source: "Robbins & Monro 1951; Polyak 1964; Nesterov 1983; torch.optim.SGD")
) { o in
  SGD(
    learningRate: o.number("lr"), momentum: o.number("momentum"),
    convention: SGD.Convention(rawValue: o.text("convention"))!, dampening: o.number("dampening"),
    nesterov: o.boolean("nesterov"), weightDecay: o.number("weight-decay"), maximize: o.boolean("maximize"))
}
