import Optimizers
import Specs

let exponentialSchedule = schedule(
  "exponential",
  options: [Option("gamma", .number(above: 0, atMost: 1), .required, "What the rate is multiplied by each unit.")],
  doc: "The rate times gamma every unit.", source: "torch.optim.lr_scheduler.ExponentialLR"
) { o, _ in StepDecay(interval: 1, gamma: o.number("gamma")) }
