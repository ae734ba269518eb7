import Optimizers
import Specs

let constantSchedule = schedule(
  "constant",
  options: [
    Option("factor", .number(atLeast: 0), .yaml("1"), "What the rate is multiplied by."),
    Option("over", .integer(0...1_000_000_000), .absent, "Units with the factor, then 1; all when left out."),
  ],
  doc: "The rate as it is.", source: "torch.optim.lr_scheduler.ConstantLR"
) { o, _ in ConstantFactor(o.number("factor"), duration: o.optionalInteger("over")) }
