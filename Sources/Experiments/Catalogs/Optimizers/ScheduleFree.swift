import Optimizers
import Specs

let scheduleFreeSGDEntry = OptimizerItem(
  CatalogEntry(
    "schedule-free-sgd", options: [.rate("1"), interpolation, decay, warmup],
    doc: "Descent that is judged at a weighted mean of its points and needs no schedule.",
    source: "Defazio et al. 2024, arXiv:2405.15682; optax.contrib.schedule_free_sgd")
) { o in
  ScheduleFree(
    base: .sgd, learningRate: o.number("lr"), interpolation: o.number("interpolation"),
    weightDecay: o.number("weight-decay"), warmup: o.integer("warmup"))
}

let scheduleFreeAdamWEntry = OptimizerItem(
  CatalogEntry(
    "schedule-free-adamw",
    options: [.rate("0.0025"), interpolation, .beta("beta2", "0.999"), .epsilon("1e-8"), decay, warmup],
    doc: "AdamW whose momentum is replaced by averaging its points; needs no schedule.",
    source: "Defazio et al. 2024, arXiv:2405.15682; optax.contrib.schedule_free_adamw")
) { o in
  ScheduleFree(
    base: .adamW(beta2: o.number("beta2"), epsilon: o.number("epsilon")), learningRate: o.number("lr"),
    interpolation: o.number("interpolation"), weightDecay: o.number("weight-decay"), warmup: o.integer("warmup"))
}

private let interpolation = Option(
  "interpolation", .number(above: 0, below: 1), .yaml("0.9"),
  "Share β of the mean in the point where gradients are taken.")
private let decay = Option(
  "weight-decay", .number(atLeast: 0), .yaml("0"), "λ: adds λy to the direction, y where the gradient was taken.")
private let warmup = Option(
  "warmup", .integer(0...Int.max), .yaml("0"), "Steps over which the rate rises to lr.")
