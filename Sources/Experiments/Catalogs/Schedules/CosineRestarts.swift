import Optimizers
import Specs

let cosineRestartsSchedule = schedule(
  "cosine-restarts",
  options: [
    Option("period", .integer(1...1_000_000_000), .required, "Units of the first wave."),
    Option("multiplier", .integer(1...1000), .yaml("1"), "How many times as long each wave is as the last."),
    .minimumShare,
  ],
  doc: "Half cosine waves one after another, each from the full rate: SGDR.",
  source: "Loshchilov & Hutter 2017, arXiv:1608.03983; torch.optim.lr_scheduler.CosineAnnealingWarmRestarts"
) { o, _ in
  CosineRestarts(
    period: o.integer("period"), multiplier: o.integer("multiplier"), minimum: o.number("minimum"))
}
