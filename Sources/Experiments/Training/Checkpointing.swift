import Specs

/// Gradients that compute activations again instead of keeping them.
enum Checkpointing {
  static let option = Option(
    "checkpointing", .either([.boolean, .integer(2...100_000)]), .yaml("false"),
    "Segments of the network whose activations the backward pass computes again instead of keeping them: a number, or "
      + "true for the square root of the number of layers. The gradients are the same, their memory is less.")

  /// What `TracedObjective` takes: 1 keeps everything, 0 is the square root of the number of layers.
  static func segments(_ options: Values) -> Int {
    let choice = options["checkpointing"]!
    if case .boolean(let isOn) = choice.value { return isOn ? 0 : 1 }
    return choice.asInteger
  }
}
