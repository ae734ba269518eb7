import Networks
import Specs
import Tensors

let simpleNetworkEntry = MakerCatalog<ModelMaker>.Item(
  CatalogEntry(
    "simple-network", options: [activationOption("relu")],
    doc:
      "The sources' SimpleNetwork: a perceptron with hidden layers of 256, 192, 128 and 64; 283,914 parameters on "
      + "28×28 images of 10 classes, one more with PReLU.")
) { o, input, outputs in
  .perceptron(
    name: "simple-network", inputs: input.count, hidden: [256, 192, 128, 64], outputs: outputs,
    activation: o.activation)
}
