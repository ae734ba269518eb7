import Optimizers
import Specs

let muonEntry = OptimizerItem(
  CatalogEntry(
    "muon",
    options: [
      .rate("0.02"),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0.95"), "Share of the old momentum that is kept."),
      Option("nesterov", .boolean, .yaml("true"), "Look ahead along the momentum."),
      Option("iterations", .integer(1...100), .yaml("5"), "Newton–Schulz steps."), .decoupledDecay("0"),
      Option(
        "adamw",
        .options([
          .rate("0.0003"), .beta("beta1", "0.9"), .beta("beta2", "0.95"), .epsilon("1e-10"), .decoupledDecay("0"),
        ]), .yaml("{}"), "AdamW, which moves the first and the last layer's weights, biases and gains."),
    ],
    doc: "Hidden matrices step along their momentum made nearly orthogonal; all else steps by AdamW.",
    source: "Jordan et al. 2024, kellerjordan.github.io/posts/muon; torch.optim.Muon (in bfloat16)")
) { o in
  Muon(
    learningRate: o.number("lr"), momentum: o.number("momentum"), nesterov: o.boolean("nesterov"),
    iterations: o.integer("iterations"), weightDecay: o.number("weight-decay"),
    others: adam(o["adamw"]!.asOptions, isDecoupled: true))
}
