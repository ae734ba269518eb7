import Optimizers
import Specs

let plateauSchedule = schedule(
  "plateau",
  options: [
    Option(
      "watch", .choice(Plateau.Watched.allCases.map(\.rawValue)), .yaml("test-loss"),
      "The loss that has to get better; `descend` has only one."),
    .decayFactor, Option("patience", .integer(0...1_000_000), .yaml("10"), "Units without a better loss that pass."),
    Option(
      "threshold", .number(atLeast: 0, below: 1), .yaml("0.0001"), "Better is below 1 − threshold times the best."),
    Option("cooldown", .integer(0...1_000_000), .yaml("0"), "Units after a fall that do not count."), .minimumShare,
  ],
  doc: "The rate times gamma whenever the loss stops getting better.",
  source: "torch.optim.lr_scheduler.ReduceLROnPlateau"
) { o, _ in
  Plateau(
    watching: Plateau.Watched(rawValue: o.text("watch"))!, gamma: o.number("gamma"), patience: o.integer("patience"),
    threshold: o.number("threshold"), cooldown: o.integer("cooldown"), minimum: o.number("minimum"))
}
