import Networks
import Specs

let convEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "conv",
    options: [
      Option("channels", .integer(1...100_000), .required, "Channels that it gives."),
      Option("size", .integer(1...1000), .yaml("3"), "Height and width of the window."),
      Option("stride", .integer(1...1000), .yaml("1"), "How far the window moves."),
      Option(
        "padding", .either([.integer(0...1000), .choice(["same"])]), .yaml("0"),
        "Zeros on each side; same: as many as keep the image’s size at stride 1."),
      Option("dilation", .integer(1...1000), .yaml("1"), "Distance between the pixels that the window sees."),
      Option("groups", .integer(1...100_000), .yaml("1"), "Groups of channels that do not see each other."),
      Option("bias", .boolean, .yaml("true"), "Whether it adds a bias."), spectral,
    ], doc: "A convolution of images.", source: "torch.nn.Conv2d")
) { o, _ in
  let (size, dilation) = (o.integer("size"), o.integer("dilation"))
  let reach = dilation * (size - 1)
  let padding = o["padding"]!
  if padding.value == .text("same"), reach % 2 != 0 {
    throw Misfit("a window of size \(size) cannot be padded alike on both sides: same needs an odd size")
  }
  return Convolution(
    channels: o.integer("channels"), size: size, stride: o.integer("stride"),
    padding: padding.value == .text("same") ? reach / 2 : padding.asInteger, dilation: dilation,
    groups: o.integer("groups"), bias: o.boolean("bias"), isSpectral: o.boolean("spectral-norm"))
}

let maxPoolEntry = pooling("max-pool", .maximum, "The largest number that a window sees of each channel.")
let averagePoolEntry = pooling("average-pool", .average, "The mean of what a window sees of each channel.")

private func pooling(_ name: String, _ operation: Pooling.Operation, _ doc: String) -> MakerCatalog<LayerMaker>.Item {
  .init(
    CatalogEntry(
      name,
      options: [
        Option("size", .integer(1...1000), .yaml("2"), "Height and width of the window."),
        Option("stride", .integer(1...1000), .absent, "How far the window moves; its size when left out."),
        Option("padding", .integer(0...500), .yaml("0"), "Pixels on each side, at most half of the size."),
      ], doc: doc, source: "torch.nn.MaxPool2d, AvgPool2d")
  ) { o, _ in
    Pooling(
      operation, size: o.integer("size"), stride: o.optionalInteger("stride"), padding: o.integer("padding"))
  }
}

let globalAverageEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry("global-average", doc: "The mean over all pixels, or over all tokens.")
) { _, _ in GlobalAveragePooling() }

let basicBlockEntry = MakerCatalog<LayerMaker>.Item(
  CatalogEntry(
    "basic-block",
    options: [
      Option("channels", .integer(1...100_000), .required, "Channels that it gives."),
      Option("stride", .integer(1...1000), .yaml("1"), "How far the first window moves."),
      Option("skips", .boolean, .yaml("true"), "Whether what the block got is added to what it gives."),
    ], doc: "Two 3×3 convolutions with batch normalization and ReLU, and a shortcut without parameters.",
    source: "He et al. 2016, arXiv:1512.03385, option A")
) { o, _ in
  BasicBlock(channels: o.integer("channels"), stride: o.integer("stride"), skips: o.boolean("skips"))
}
