import Optimizers
import Specs

let inverseSquareRootSchedule = schedule(
  "inverse-square-root", unit: .step,
  options: [
    Option(
      "timescale", .number(above: 0), .absent, "k in √(k/(k + t)); the length of the warm-up, or 1, when left out.")
  ],
  doc: "√(k/(k + t)): after a warm-up of k steps the Transformer's schedule.",
  source: "Vaswani et al. 2017, arXiv:1706.03762"
) { o, course in
  InverseSquareRoot(timescale: o.optionalNumber("timescale") ?? Double(max(1, course.warmup)))
}
