import Networks
import Specs
import Tensors

let visionTransformerEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "vit",
    options: [
      Option("patch", .integer(1...1000), .yaml("4"), "Height and width of a patch; it divides the image’s."),
      Option("units", .integer(1...100_000), .yaml("128"), "Numbers of a token."),
      Option("depth", .integer(0...1000), .yaml("4"), "Encoder layers."),
      Option(
        "hidden", .integer(1...1_000_000), .absent, "Units between an encoder’s linear layers; 4·units when left out."),
    ] + attentionOptions(heads: "4", dropout: "0") + [normsOption],
    doc: "A vision transformer: patches, learned positions, encoder layers, the mean over tokens.",
    source: "Dosovitskiy et al. 2021, arXiv:2010.11929")
) { o, input, outputs in
  try .visionTransformer(
    patch: o.integer("patch"), units: o.integer("units"), depth: o.integer("depth"), heads: o.integer("heads"),
    hidden: o.optionalInteger("hidden") ?? 4 * o.integer("units"), dropout: o.number("dropout"),
    scale: o.attentionScale, norms: o.boolean("norms"), inputShape: input, outputs: outputs)
}

let transformerEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "transformer",
    options: [
      Option("units", .integer(1...100_000), .yaml("768"), "Numbers of the one token."),
      Option("depth", .integer(0...1000), .yaml("8"), "Encoder layers."),
      Option("heads", .integer(1...10_000), .yaml("12"), "Heads of the attention; they divide the units."),
      Option("hidden", .integer(1...1_000_000), .yaml("3072"), "Units between an encoder’s linear layers."),
      Option("dropout", .number(atLeast: 0, below: 1), .yaml("0.1"), "Share that is dropped while training."),
    ],
    doc:
      "The sources' SimpleTransformer, a counter-example: its sequence has one token, so queries and keys learn nothing. "
      + "62,099,812 parameters on 3×32×32 images of 100 classes.")
) { o, input, outputs in
  try .simpleTransformer(
    units: o.integer("units"), depth: o.integer("depth"), heads: o.integer("heads"), hidden: o.integer("hidden"),
    dropout: o.number("dropout"), inputShape: input, outputs: outputs)
}
