import Optimizers
import Specs

let cyclicalSchedule = schedule(
  "cyclical", unit: .step,
  options: [
    Option("low", .number(atLeast: 0, atMost: 1), .yaml("0.1"), "The lowest rate, as a share of `lr`."),
    Option("up", .integer(1...1_000_000_000), .required, "Units from the lowest rate to `lr`."),
    Option("down", .integer(1...1_000_000_000), .absent, "Units back; as many as up when left out."),
    Option(
      "mode", .choice(Cyclical.Mode.allCases.map(\.rawValue)), .yaml("triangular"),
      "Whether peaks stay, halve from cycle to cycle (triangular2) or shrink by gamma a unit (exponential-range)."),
    Option("gamma", .number(above: 0, atMost: 1), .yaml("1"), "For exponential-range."),
  ],
  doc: "Up and down in straight lines, over and over. The momentum stays.",
  source: "Smith 2017, arXiv:1506.01186; torch.optim.lr_scheduler.CyclicLR"
) { o, _ in
  Cyclical(
    low: o.number("low"), up: o.integer("up"), down: o.optionalInteger("down") ?? o.integer("up"),
    mode: Cyclical.Mode(rawValue: o.text("mode"))!, gamma: o.number("gamma"))
}
