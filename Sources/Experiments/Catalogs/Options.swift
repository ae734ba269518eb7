import Specs

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
}
