import Optimizers
import Specs

let multiStepSchedule = schedule(
  "multi-step",
  options: [
    Option("milestones", .list(.integer(0...1_000_000_000), count: 1...1000), .required, "Units after which it falls."),
    .decayFactor,
  ],
  doc: "The rate times gamma at each milestone.", source: "torch.optim.lr_scheduler.MultiStepLR"
) { o, _ in MilestoneDecay(milestones: o.list("milestones").map(\.asInteger), gamma: o.number("gamma")) }
