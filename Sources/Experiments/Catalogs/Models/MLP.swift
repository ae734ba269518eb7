import Networks
import Specs
import Tensors

let mlpEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "mlp",
    options: [
      Option("hidden", .list(.integer(1...1_000_000)), .yaml("[256, 192, 128, 64]"), "Width of each hidden layer."),
      Option(
        "depth", .integer(1...10_000), .absent, "Number of hidden layers, all `width` wide; instead of `hidden`."),
      Option("width", .integer(1...1_000_000), .yaml("256"), "Width of the hidden layers that `depth` counts."),
      activationOption("relu"), Option("bias", .boolean, .yaml("true"), "Whether linear layers add a bias."),
    ],
    doc: "A multi-layer perceptron: linear layers with one activation between them.")
) { o, input, outputs in
  let hidden =
    o.optionalInteger("depth").map { Array(repeating: o.integer("width"), count: $0) }
    ?? o.list("hidden").map(\.asInteger)
  return .perceptron(
    inputs: input.count, hidden: hidden, outputs: outputs, activation: o.activation, bias: o.boolean("bias"))
}
