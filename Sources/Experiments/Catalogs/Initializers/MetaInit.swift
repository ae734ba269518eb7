import Networks
import Specs

let metaInitEntry = InitializerItem(
  CatalogEntry(
    "meta-init",
    options: [
      tunedStart,
      Option("steps", .integer(1...1_000_000), .yaml("500"), "Signed gradient steps on the norms of the weights."),
      Option("samples", .integer(1...100_000), .yaml("64"), "Random inputs a step."),
      Option("rate", .number(above: 0), .yaml("0.1"), "How far a step changes a norm."),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0.9"), "Share of the last change that is kept."),
    ],
    doc:
      "Norms of the weight matrices tuned so that a gradient step changes the gradient little; random inputs, no data.",
    source: "Dauphin & Schoenholz 2019 (NeurIPS)")
) { o in
  o.tunedStart.metaInit(
    steps: o.integer("steps"), samples: o.integer("samples"), rate: o.number("rate"), momentum: o.number("momentum"))
}

/// The recipe that a tuning initializer begins with.
let tunedStart = Option(
  "start", .choice(["pytorch", "lecun", "kaiming-normal", "orthogonal"]), .yaml("kaiming-normal"),
  "The recipe whose weights are tuned.")

extension Values {
  /// What `tunedStart` says.
  var tunedStart: Initializer {
    switch text("start") {
    case "pytorch": .pytorch
    case "lecun": .lecun(.normal)
    case "orthogonal": .orthogonal(gain: 1)
    default: .kaiming(.normal, slope: 0, fan: .fanIn)
    }
  }
}
