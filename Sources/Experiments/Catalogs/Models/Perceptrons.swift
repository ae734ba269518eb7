import Networks
import Specs
import Tensors

let deepLinearEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "deep-linear",
    options: [
      Option("depth", .integer(1...10_000), .yaml("3"), "Linear layers."),
      Option("width", .integer(1...1_000_000), .yaml("64"), "Units between them."),
      Option("bias", .boolean, .yaml("false"), "Whether they add a bias."),
    ],
    doc: "Linear layers with nothing in between: a linear map with the learning dynamics of a deep network.",
    source: "Saxe, McClelland & Ganguli 2014, arXiv:1312.6120")
) { o, input, outputs in
  .perceptron(
    name: "deep-linear", inputs: input.count,
    hidden: Array(repeating: o.integer("width"), count: o.integer("depth") - 1), outputs: outputs,
    activation: .identity, bias: o.boolean("bias"))
}

let residualMLPEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "residual-mlp",
    options: [
      Option("blocks", .integer(0...10_000), .yaml("4"), "Residual blocks."),
      Option("width", .integer(1...1_000_000), .yaml("64"), "Units everywhere inside."),
      Option("skips", .boolean, .yaml("true"), "Whether blocks add what they got to what they give."),
      Option("normalize", .boolean, .yaml("true"), "Whether a branch starts with layer normalization, LN."),
      Option(
        "multiplier", .boolean, .yaml("false"), "Whether each branch is scaled by a learned number, 1 at the start."),
    ],
    doc: "Blocks x + W₂·relu(W₁·LN(x)) between a linear layer in and one out.")
) { o, input, outputs in
  try .residualPerceptron(
    blocks: o.integer("blocks"), width: o.integer("width"), skips: o.boolean("skips"),
    normalizes: o.boolean("normalize"), multiplier: o.boolean("multiplier"), inputs: input.count, outputs: outputs)
}
