public import Networks
public import Specs

/// Every model that a spec can name. A maker gets the number of inputs and outputs from the data.
public let modelCatalog = MakerCatalog<@Sendable (Values, _ inputs: Int, _ outputs: Int) -> Model>(
  "model",
  [
    .init(
      CatalogEntry(
        "mlp",
        options: [
          Option("hidden", .list(.integer(1...1_000_000)), .yaml("[256, 192, 128, 64]"), "Width of each hidden layer."),
          Option(
            "depth", .integer(1...10_000), .absent, "Number of hidden layers, all `width` wide; instead of `hidden`."),
          Option("width", .integer(1...1_000_000), .yaml("256"), "Width of the hidden layers that `depth` counts."),
          activation("relu"), Option("bias", .boolean, .yaml("true"), "Whether linear layers add a bias."),
        ],
        doc: "A multi-layer perceptron: linear layers with one activation between them.")
    ) { o, inputs, outputs in
      let hidden =
        o.optionalInteger("depth").map { Array(repeating: o.integer("width"), count: $0) }
        ?? o.list("hidden").map(\.asInteger)
      return .perceptron(
        inputs: inputs, hidden: hidden, outputs: outputs, activation: Activation(rawValue: o.text("activation"))!,
        bias: o.boolean("bias"))
    },
    .init(
      CatalogEntry(
        "simple-network", options: [activation("relu")],
        doc:
          "The sources' SimpleNetwork: a perceptron with hidden layers of 256, 192, 128 and 64; 283,914 parameters on "
          + "28×28 images of 10 classes, one more with PReLU.")
    ) { o, inputs, outputs in
      .perceptron(
        name: "simple-network", inputs: inputs, hidden: [256, 192, 128, 64], outputs: outputs,
        activation: Activation(rawValue: o.text("activation"))!)
    },
  ])

private func activation(_ name: String) -> Option {
  Option(
    "activation", .choice(Activation.allCases.map(\.rawValue)), .yaml(name),
    Activation.allCases.map { "\($0.rawValue): \($0.doc)" }.joined(separator: " "))
}
