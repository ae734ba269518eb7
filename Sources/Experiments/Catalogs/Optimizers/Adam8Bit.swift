import Optimizers
import Specs

let adam8BitEntry = OptimizerItem(
  CatalogEntry(
    "adam-8bit",
    options: [
      .rate("0.001"), .beta("beta1", "0.9"), .beta("beta2", "0.999"), .epsilon("1e-8"), .decay, .decoupled,
      Option("block", .integer(16...1_048_576), .yaml("2048"), "Numbers that share a scale; later work takes 256."),
    ],
    doc: "Adam that keeps its moments in one byte a number, in blocks with a scale each.",
    source: "Dettmers et al. 2022, arXiv:2110.02861")
) { o in EightBitAdam(adam(o, isDecoupled: o.boolean("decoupled")), block: o.integer("block")) }
