import Networks
import Specs

let patchesEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "patches",
    options: [
      Option("size", .integer(1...1000), .yaml("4"), "Height and width of a patch."),
      Option("units", .integer(1...100_000), .yaml("128"), "Numbers of a token."),
    ], doc: "Cuts an image into squares and maps each to a token.",
    source: "Dosovitskiy et al. 2021, arXiv:2010.11929")
) { o, _ in Patches(size: o.integer("size"), units: o.integer("units")) }

let positionsEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "positions",
    options: [Option("form", .choice(["learned", "sinusoidal"]), .yaml("learned"), "What is added to each token.")],
    doc: "Tells tokens apart by where they stand.", source: "Vaswani et al. 2017, arXiv:1706.03762")
) { o, _ -> any Layer in
  if o.text("form") == "learned" { LearnedPositions() } else { SinusoidalPositions() }
}

let attentionEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "attention", options: attentionOptions(heads: "4", dropout: "0"), doc: "Multi-head softmax attention.",
    source: "Vaswani et al. 2017, arXiv:1706.03762; torch.nn.MultiheadAttention")
) { o, _ in MultiHeadAttention(heads: o.integer("heads"), dropout: o.number("dropout"), scale: o.attentionScale) }

let encoderEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "encoder",
    options: attentionOptions(heads: "4", dropout: "0") + [
      Option("hidden", .integer(1...1_000_000), .yaml("512"), "Units between the two linear layers."),
      activationOption("gelu"), normsOption,
    ], doc: "A transformer layer with norms first: attention and two linear layers, each in a residual branch.",
    source: "torch.nn.TransformerEncoderLayer")
) { o, _ in
  TransformerEncoder(
    heads: o.integer("heads"), hidden: o.integer("hidden"), dropout: o.number("dropout"), activation: o.activation,
    scale: o.attentionScale, norms: o.boolean("norms"))
}

/// Whether a transformer normalises.
let normsOption = Option(
  "norms", .boolean, .yaml("true"), "Whether layers are normalised; without, `init: t-fixup` is made for them.")

/// The options of layers and models that attend.
func attentionOptions(heads: String, dropout: String) -> [Option] {
  [
    Option("heads", .integer(1...10_000), .yaml(heads), "Heads side by side; they divide a token’s numbers."),
    Option("dropout", .number(atLeast: 0, below: 1), .yaml(dropout), "Share that is dropped while training."),
    Option(
      "scale", .choice(MultiHeadAttention.Scale.allCases.map(\.rawValue)), .yaml("root"),
      "What query·key is divided by: the root of a head’s width, or in full as muP asks."),
  ]
}

extension Values {
  var attentionScale: MultiHeadAttention.Scale { MultiHeadAttention.Scale(rawValue: text("scale"))! }
}
