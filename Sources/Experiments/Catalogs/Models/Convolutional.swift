import Diagnostics
import Networks
import Specs
import Tensors

let cnnEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "cnn",
    doc:
      "The sources' network for CIFAR-100: three times convolution, batch normalization, ReLU and pooling, then 512 units "
      + "with dropout; 1,194,084 parameters on 3×32×32 images of 100 classes.")
) { _, input, outputs in try .cnn(inputShape: input, outputs: outputs) }

let mnistCNNEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "mnist-cnn",
    doc:
      "Two convolutions, pooling and two linear layers with dropout; 1,199,882 parameters on 1×28×28 images of 10 "
      + "classes.", source: "pytorch/examples, mnist/main.py")
) { _, input, outputs in try .mnistCNN(inputShape: input, outputs: outputs) }

let resNetEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "resnet",
    options: [
      Option("depth", .integer(8...2000), .yaml("20"), "Layers with weights: 6n + 2, such as 8, 14, 20, 56, 110."),
      Option("channels", .integer(1...10_000), .yaml("16"), "Channels of the first stage; then twice and four times."),
      Option("stride", .integer(1...1000), .yaml("1"), "Stride of the first convolution; 2 halves the image."),
      Option("skips", .boolean, .yaml("true"), "Whether blocks add what they got to what they give."),
    ],
    doc:
      "A residual network for small images: three stages of blocks of two 3×3 convolutions, shortcuts of option A (every second pixel, new channels zero, half of them before the old ones and half behind).",
    source: "He et al. 2016, arXiv:1512.03385, section 4.2")
) { o, input, outputs in
  let depth = o.integer("depth")
  let blocks = (depth - 2) / 6
  guard depth == 6 * blocks + 2 else {
    throw DiagnosticError(
      at: o.place("depth"),
      "a residual network of this family has 6n + 2 layers: \(6 * blocks + 2) or \(6 * blocks + 8), not \(depth)")
  }
  return try .resNet(
    blocks: blocks, channels: o.integer("channels"), stride: o.integer("stride"), skips: o.boolean("skips"),
    inputShape: input, outputs: outputs)
}
