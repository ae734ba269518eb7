import Specs
import Tensors

/// Options that kinds share, so that one idea has one spelling.
enum SharedOption {
  static let seed = Option(
    "seed", .integer(0...Int.max), .yaml("1"), "Decides weights, batch order and every other random draw of the run.")

  static func precision(_ value: String) -> Option {
    Option("precision", .choice(["float", "double"]), .yaml(value), "The numbers that the run computes with.")
  }

  static let optimizer = Option(
    "optimizer", .entry(optimizerCatalog.catalog), .required, "The rule that moves the point.")
  static let model = Option("model", .entry(modelCatalog.catalog), .required, "The network.")
  static let initializer = Option("init", .entry(initializerCatalog.catalog), .yaml("pytorch"), "How weights start.")
  static let inputs = Option(
    "inputs", .either([.integer(1...10_000_000), .list(.integer(1...100_000), count: 3...3)]), .yaml("784"),
    "Numbers in one sample, or an image: [channels, height, width].")
  static let outputs = Option("outputs", .integer(1...10_000_000), .yaml("10"), "Outputs of the network.")
}

extension Values {
  /// What `inputs` says of one sample.
  var inputShape: Shape {
    let inputs = self["inputs"]!
    return if case .list(let lengths) = inputs.value { Shape(lengths.map(\.asInteger)) } else { [inputs.asInteger] }
  }
}
