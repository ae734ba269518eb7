import Optimizers
import Specs

let shampooEntry = OptimizerItem(
  CatalogEntry(
    "shampoo",
    options: [
      .rate("0.1"),
      Option("epsilon", .number(above: 0), .yaml("1e-6"), "What the second moments start at, times the identity."),
      Option(
        "every", .integer(1...1_000_000), .yaml("1"),
        "Steps between new inverse roots. Old roots stretch what they have not seen: above 1, take a larger epsilon."),
      largest, .decoupledDecay("0"),
    ],
    doc: "A matrix's gradient between the inverse roots of its row and column second moments.",
    source: "Gupta, Koren & Singer 2018, arXiv:1802.09568")
) { o in
  Shampoo(
    learningRate: o.number("lr"), epsilon: o.number("epsilon"), every: o.integer("every"),
    largest: o.integer("largest"), weightDecay: o.number("weight-decay"))
}

let soapEntry = OptimizerItem(
  CatalogEntry(
    "soap",
    options: [
      .rate("0.003"), .beta("beta1", "0.95"), .beta("beta2", "0.95"), .epsilon("1e-8"), .decoupledDecay("0.01"),
      Option("every", .integer(1...1_000_000), .yaml("10"), "Steps between new bases."), largest,
    ],
    doc: "Adam in the eigenbasis of Shampoo's second moments.",
    source: "Vyas et al. 2024, arXiv:2409.11321")
) { o in
  SOAP(
    learningRate: o.number("lr"), beta1: o.number("beta1"), beta2: o.number("beta2"), epsilon: o.number("epsilon"),
    weightDecay: o.number("weight-decay"), every: o.integer("every"), largest: o.integer("largest"))
}

private let largest = Option(
  "largest", .integer(1...100_000), .yaml("10000"),
  "The longest side of a matrix that gets a matrix of its own; longer sides stay as they are.")
