import Optimizers
import Specs

let polynomialSchedule = schedule(
  "polynomial",
  options: [Option("power", .number(above: 0), .yaml("1"), "p in (1 − t/T)^p."), .over],
  doc: "(1 − t/T)^p, down to 0.", source: "torch.optim.lr_scheduler.PolynomialLR"
) { o, course in
  PolynomialDecay(exponent: o.number("power"), duration: o.optionalInteger("over") ?? course.length)
}
