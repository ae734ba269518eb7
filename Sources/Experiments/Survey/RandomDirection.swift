import Autodiff
import Landscapes
import Specs
import Tensors

/// How an author asks for a random direction, of a line or of a plane.
enum RandomDirection {
  static let options: [Option] = [
    Option(
      "normalization", .choice(DirectionNormalization.allCases.map(\.rawValue)), .yaml("filter"),
      "Which pieces are made as long as the point's: every filter, every layer (tensor), the whole model, or none."),
    Option(
      "vectors", .choice(VectorMovement.allCases.map(\.rawValue)), .yaml("zero"),
      "What biases, gains and other vectors do: zero (stay), weights (are scaled), or random."),
  ]

  /// A direction as these options say.
  static func drawn<Element: Scalar>(
    _ values: Values, from point: Vector<Element>, _ layout: ParameterLayout, _ stream: inout Stream
  ) -> Vector<Element> {
    randomDirection(
      from: point, layout, .init(rawValue: values.text("normalization"))!,
      vectors: .init(rawValue: values.text("vectors"))!, drawing: &stream)
  }
}
