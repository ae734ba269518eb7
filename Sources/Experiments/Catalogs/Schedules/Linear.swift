import Optimizers
import Specs

let linearSchedule = schedule(
  "linear",
  options: [
    Option("start", .number(atLeast: 0), .yaml("1"), "Share of `lr` at the start."),
    Option("end", .number(atLeast: 0), .yaml("0"), "Share of `lr` at the end."), .over,
  ],
  doc: "A straight line, then level.", source: "torch.optim.lr_scheduler.LinearLR"
) { o, course in
  LinearRamp(
    from: o.number("start"), to: o.number("end"), duration: o.optionalInteger("over") ?? course.length)
}
