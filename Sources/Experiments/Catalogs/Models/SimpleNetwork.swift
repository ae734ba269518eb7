import Networks
import Specs
import Tensors

let simpleNetworkEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "simple-network",
    options: [
      activationOption("relu"),
      Option("no-act", .boolean, .yaml("false"), "No activation at all: a deep linear network of the same size."),
    ],
    doc:
      "The sources' SimpleNetwork: a perceptron with hidden layers of 256, 192, 128 and 64; 283,914 parameters on "
      + "28×28 images of 10 classes, one more with PReLU.")
) { o, input, outputs in
  .perceptron(
    name: "simple-network", inputs: input.count, hidden: [256, 192, 128, 64], outputs: outputs,
    activation: o.boolean("no-act") ? .identity : o.activation)
}
