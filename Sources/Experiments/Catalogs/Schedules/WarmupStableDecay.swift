import Optimizers
import Specs

let warmupStableDecaySchedule = schedule(
  "warmup-stable-decay", unit: .step,
  options: [
    Option("decay", .number(atLeast: 0, atMost: 1), .yaml("0.2"), "Share of the units after the warm-up that falls."),
    Option(
      "shape", .choice(StableDecay.Shape.allCases.map(\.rawValue)), .yaml("linear"),
      "How it falls; square-root is 1 − √progress."), .minimumShare,
  ],
  doc: "Warm-up, then the full rate, then down at the end.",
  source: "Hu et al. 2024, arXiv:2404.06395; Hägele et al. 2024, arXiv:2405.18392"
) { o, course in
  StableDecay(
    duration: course.length, decay: Int((o.number("decay") * Double(course.length)).rounded()),
    shape: StableDecay.Shape(rawValue: o.text("shape"))!, minimum: o.number("minimum"))
}
