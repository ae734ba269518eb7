import Optimizers
import Specs

let oneCycleSchedule = schedule(
  "one-cycle", unit: .step,
  options: [
    Option("rise", .number(above: 0, below: 1), .yaml("0.3"), "Share of the run in which the rate rises to `lr`."),
    Option("anneal", .choice(OneCycle.Shape.allCases.map(\.rawValue)), .yaml("cosine"), "The shape of the ways."),
    Option("start-divisor", .number(atLeast: 1), .yaml("25"), "The first rate is lr / start-divisor."),
    Option(
      "end-divisor", .number(atLeast: 1), .yaml("10000"), "The last rate is lr / start-divisor / end-divisor."),
    Option("three-phase", .boolean, .yaml("false"), "Down to the first rate as fast as up, then on to the last."),
    .over,
  ],
  doc: "Up to the rate, then down to almost nothing. The momentum stays.",
  source: "Smith & Topin 2018, arXiv:1708.07120; torch.optim.lr_scheduler.OneCycleLR"
) { o, course in
  OneCycle(
    duration: o.optionalInteger("over") ?? course.length, rise: o.number("rise"),
    shape: OneCycle.Shape(rawValue: o.text("anneal"))!, startDivisor: o.number("start-divisor"),
    endDivisor: o.number("end-divisor"), hasThreePhases: o.boolean("three-phase"))
}
