import Networks
import Specs

let linearEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "linear",
    options: [
      Option(
        "units", .either([.integer(1...1_000_000), .choice(["classes", "targets"])]), .required,
        "Numbers that it gives; classes or targets: as many as the data have."),
      Option("bias", .boolean, .yaml("true"), "Whether it adds a bias."), spectral,
    ], doc: "Wx + b, of a row or of every token.", source: "torch.nn.Linear")
) { o, outputs in
  let units = o["units"]!
  return Linear(
    units: { if case .integer(let count) = units.value { count } else { outputs } }(), bias: o.boolean("bias"),
    isSpectral: o.boolean("spectral-norm"))
}

let embeddingEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "embedding",
    options: [
      Option("symbols", .integer(1...1_000_000), .required, "How many symbols there are: whole numbers from 0."),
      Option("units", .integer(1...1_000_000), .required, "Numbers of each symbol’s vector."),
    ], doc: "Looks up a learned vector for each symbol of a row.", source: "torch.nn.Embedding")
) { o, _ in Embedding(symbols: o.integer("symbols"), units: o.integer("units")) }

let flattenEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry("flatten", doc: "All numbers of a sample in one row, an image channel by channel.")
) { _, _ in Flatten() }

let dropoutEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "dropout", options: [Option("rate", .number(atLeast: 0, below: 1), .yaml("0.5"), "Share that is dropped.")],
    doc: "While training, sets numbers to 0 at random and scales the others up; nothing else.",
    source: "Srivastava et al. 2014")
) { o, _ in Dropout(rate: o.number("rate")) }

let batchNormEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "batch-norm",
    options: [
      Option("momentum", .number(above: 0, atMost: 1), .yaml("0.1"), "How far running statistics move each step."),
      Option("epsilon", .number(above: 0), .yaml("1e-5"), "Added to the variance."),
    ], doc: "Normalises each feature or channel over the batch, and by running statistics when it is judged.",
    source: "Ioffe & Szegedy 2015, arXiv:1502.03167; torch.nn.BatchNorm2d")
) { o, _ in BatchNorm(momentum: o.number("momentum"), epsilon: o.number("epsilon")) }

let layerNormEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "layer-norm", options: [Option("epsilon", .number(above: 0), .yaml("1e-5"), "Added to the variance.")],
    doc: "Normalises each sample or token over its features.",
    source: "Ba, Kiros & Hinton 2016, arXiv:1607.06450; torch.nn.LayerNorm")
) { o, _ in LayerNorm(epsilon: o.number("epsilon")) }

/// One entry for each non-linearity.
let activationEntries = Activation.allCases.map { activation in
  MakerCatalog<LayerMaker>.Item(CatalogEntry(activation.rawValue, doc: activation.doc)) { _, _ in
    ActivationLayer(activation)
  }
}

/// The catalog that the layers of a branch are chosen from, which holds the residual layer itself.
private let anyLayer: Catalog = Catalog("layer", later: { layerCatalog.catalog.entries })

let residualEntry: MakerCatalog<LayerMaker>.Item = MakerCatalog.Item(
  CatalogEntry(
    "residual",
    options: [
      Option(
        "layers", .list(.entry(anyLayer), count: 1...1000), .required,
        "The branch f; residual layers in it count as part of it."),
      Option(
        "shortcut", .list(.entry(anyLayer), count: 0...1000), .yaml("[]"),
        "Layers on the way of x where f changes its shape; without any x stays as it is."),
      Option("multiplier", .boolean, .yaml("false"), "Whether f is scaled by a learned number, 1 at the start."),
    ], doc: "x + f(x): adds what a branch of layers gives to what it got.",
    source: "He et al. 2016, arXiv:1512.03385; Zhang, Dauphin & Ma 2019, arXiv:1901.09321")
) { o, outputs in
  let shortcut = o.list("shortcut")
  return Residual(
    try chain(o.list("layers"), outputs: outputs),
    shortcut: shortcut.isEmpty ? nil : try chain(shortcut, outputs: outputs), multiplier: o.boolean("multiplier"))
}

let spectral = Option(
  "spectral-norm", .boolean, .yaml("false"),
  "Whether the weight is divided by its largest singular value (Miyato et al. 2018, arXiv:1802.05957).")
