public import Optimizers
public import Specs

/// Every optimizer that a spec can name, in the order that decides colours.
public let optimizerCatalog = MakerCatalog<@Sendable (Values) -> any Rule>(
  "optimizer",
  [
    .init(
      CatalogEntry(
        "sgd",
        options: [
          rate("0.01"), Option("momentum", .number(atLeast: 0, below: 1), .yaml("0"), "Share μ of the last velocity that is kept."),
          Option(
            "convention", .choice(SGD.Convention.allCases.map(\.rawValue)), .yaml("heavy-ball"),
            "heavy-ball: v ← μv + g. ema: v ← μv + (1−μ)g, steps 1−μ times as long."),
          Option("dampening", .number(atLeast: 0, atMost: 1), .yaml("0"), "v ← μv + (1−dampening)·g, heavy ball only."),
          Option("nesterov", .boolean, .yaml("false"), "Step along g + μv."), decay,
          Option("maximize", .boolean, .yaml("false"), "Climb instead."),
        ],
        doc: "Stochastic gradient descent, with momentum in either of its two conventions.",
        source: "Robbins & Monro 1951; Polyak 1964; Nesterov 1983; torch.optim.SGD")
    ) { o in
      SGD(
        learningRate: o.number("lr"), momentum: o.number("momentum"),
        convention: SGD.Convention(rawValue: o.text("convention"))!, dampening: o.number("dampening"),
        nesterov: o.boolean("nesterov"), weightDecay: o.number("weight-decay"), maximize: o.boolean("maximize"))
    },
    .init(
      CatalogEntry(
        "adagrad", options: [
          rate("0.01"), epsilon("1e-10"), decay,
          Option("initial", .number(atLeast: 0), .yaml("0"), "What the sum of squares starts at."),
        ],
        doc: "Steps divided by the root of the sum of all squared gradients so far.",
        source: "Duchi, Hazan & Singer 2011; torch.optim.Adagrad")
    ) { o in
      AdaGrad(
        learningRate: o.number("lr"), epsilon: o.number("epsilon"), weightDecay: o.number("weight-decay"),
        initial: o.number("initial"))
    },
    .init(
      CatalogEntry(
        "rmsprop",
        options: [
          rate("0.01"), Option("decay", .number(atLeast: 0, below: 1), .yaml("0.99"), "Share of the old mean square."),
          epsilon("1e-8"),
          Option(
            "epsilon-place", .choice(RMSProp.EpsilonPlace.allCases.map(\.rawValue)), .yaml("outside"),
            "outside the root as in PyTorch, inside as in Optax."),
          Option("centered", .boolean, .yaml("false"), "Subtract the squared mean gradient."),
          Option("momentum", .number(atLeast: 0, below: 1), .yaml("0"), "Momentum on the scaled gradient."), decay,
        ],
        doc: "Steps divided by the root of a running mean of squared gradients.",
        source: "Hinton 2012, lecture 6e; torch.optim.RMSprop")
    ) { o in
      RMSProp(
        learningRate: o.number("lr"), decay: o.number("decay"), epsilon: o.number("epsilon"),
        epsilonPlace: RMSProp.EpsilonPlace(rawValue: o.text("epsilon-place"))!, centered: o.boolean("centered"),
        momentum: o.number("momentum"), weightDecay: o.number("weight-decay"))
    },
    .init(
      CatalogEntry(
        "adam", options: [rate("0.001"), beta("beta1", "0.9"), beta("beta2", "0.999"), epsilon("1e-8"), decay],
        doc: "Momentum divided by the root of a running mean of squared gradients, both corrected for their start at 0.",
        source: "Kingma & Ba 2015, arXiv:1412.6980; torch.optim.Adam")
    ) { o in adam(o, isDecoupled: false) },
    .init(
      CatalogEntry(
        "adamw",
        options: [
          rate("0.001"), beta("beta1", "0.9"), beta("beta2", "0.999"), epsilon("1e-8"),
          Option("weight-decay", .number(atLeast: 0), .yaml("0.01"), "Weights shrink by 1 − lr·weight-decay a step."),
        ],
        doc: "Adam with weight decay apart from the gradient.",
        source: "Loshchilov & Hutter 2019, arXiv:1711.05101; torch.optim.AdamW")
    ) { o in adam(o, isDecoupled: true) },
    .init(
      CatalogEntry(
        "lion",
        options: [
          rate("0.0001"), beta("beta1", "0.9"), beta("beta2", "0.99"),
          Option("weight-decay", .number(atLeast: 0), .yaml("0"), "Decoupled: lr·weight-decay·w is subtracted."),
        ],
        doc: "The sign of an interpolated momentum: every parameter moves by lr.",
        source: "Chen et al. 2023, arXiv:2302.06675; optax.lion")
    ) { o in
      Lion(
        learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"),
        weightDecay: o.number("weight-decay"))
    },
  ])

private let decay = Option("weight-decay", .number(atLeast: 0), .yaml("0"), "λ: adds λw to the gradient.")
private func rate(_ value: String) -> Option { Option("lr", .number(above: 0), .yaml(value), "Learning rate η.") }
private func beta(_ name: String, _ value: String) -> Option {
  Option(name, .number(atLeast: 0, below: 1), .yaml(value), "Share of the old mean that is kept.")
}
private func epsilon(_ value: String) -> Option {
  Option("epsilon", .number(atLeast: 0), .yaml(value), "Keeps the divisor away from 0.")
}
private func adam(_ o: Values, isDecoupled: Bool) -> Adam {
  Adam(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"), isDecoupled: isDecoupled)
}
