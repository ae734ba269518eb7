import Optimizers
import Specs

let stepSchedule = schedule(
  "step",
  options: [Option("every", .integer(1...1_000_000_000), .required, "Units between two steps."), .decayFactor],
  doc: "The rate times gamma every so many units.", source: "torch.optim.lr_scheduler.StepLR"
) { o, _ in StepDecay(interval: o.integer("every"), gamma: o.number("gamma")) }
