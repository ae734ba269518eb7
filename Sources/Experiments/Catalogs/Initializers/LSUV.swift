import Networks
import Specs

let lsuvEntry = InitializerItem(
  CatalogEntry(
    "lsuv",
    options: [
      Option("samples", .integer(2...1_000_000), .yaml("512"), "Inputs of the run's data that it looks at."),
      Option("tolerance", .number(above: 0), .yaml("0.1"), "How far from 1 a layer's deviation may stay."),
      Option("tries", .integer(1...1000), .yaml("10"), "Rescalings of a layer at most."),
    ],
    doc: "Orthonormal weights, each layer's divided by the deviation of what it gives for a batch of the data.",
    source: "Mishkin & Matas 2016, arXiv:1511.06422")
) {
  .lsuv(samples: $0.integer("samples"), tolerance: $0.number("tolerance"), tries: $0.integer("tries"))
}
