import Optimizers
import Specs

let adafactorEntry = OptimizerItem(
  CatalogEntry(
    "adafactor",
    options: [
      Option("lr", .number(above: 0), .yaml("0.01"), "Largest rate; with relative-step it falls as 1/√step."),
      Option("relative-step", .boolean, .yaml("true"), "Rate min(lr, 1/√step) instead of lr."),
      Option("scale-parameter", .boolean, .yaml("true"), "Multiply steps by the slice's root mean square."),
      Option("decay-exponent", .number(above: 0), .yaml("0.8"), "The second moment keeps 1 − step^−exponent."),
      Option("clipping", .number(above: 0), .yaml("1"), "Largest root mean square of an update."),
      Option("epsilon1", .number(above: 0), .yaml("1e-30"), "Added to squared gradients."),
      Option("epsilon2", .number(above: 0), .yaml("1e-3"), "Least root mean square that scales a step."),
      .decoupledDecay("0"),
    ],
    doc: "The second moment of a matrix from its row and column means alone.",
    source: "Shazeer & Stern 2018, arXiv:1804.04235; optax.adafactor, torch.optim.Adafactor")
) { o in
  Adafactor(
    learningRate: o.number("lr"), relativeStep: o.boolean("relative-step"),
    scalesByParameters: o.boolean("scale-parameter"), decayExponent: o.number("decay-exponent"),
    clipping: o.number("clipping"), epsilon1: o.number("epsilon1"), epsilon2: o.number("epsilon2"),
    weightDecay: o.number("weight-decay"))
}
