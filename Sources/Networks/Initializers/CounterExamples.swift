import Autodiff
import Tensors

extension Initializer {
  /// Uniform weights rescaled to the same root mean square √alpha whatever the layer's size: activations grow with
  /// √fan-in in every layer until they overflow. Kept as a counter-example; no paper is known.
  public static func lMomentum(alpha: Double) -> Initializer {
    .eachWeight { slice, stream in
      let values = Distribution.uniform.draw(slice.shape.count, variance: 2 / Double(slice.fanIn), &stream)
      let meanSquare = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      let scale = (alpha / meanSquare).squareRoot()
      return values.map { $0 * scale }
    }
  }

  /// Normal weights of deviation ν·√(2/fan-in) with ν = (1 + ln l / ln depth)/√fan-in in layer l: two factors where one
  /// belongs, so the deviation is of order 1/fan-in and signals vanish. Kept as a counter-example: what the sources
  /// print under the name of Li, George & Silva's recipe.
  public static let twiceDivided = Initializer { setting in
    let depth = setting.model.layout.weights.map(\.layer).max() ?? 1
    return Initializer.eachWeight { slice, stream in
      let fanIn = Double(slice.fanIn)
      let growth = depth > 1 ? 1 + logarithm(Double(slice.layer)) / logarithm(Double(depth)) : 1
      let deviation = growth / fanIn.squareRoot() * (2 / fanIn).squareRoot()
      return stream.normals(slice.shape.count).map { $0 * deviation }
    }.parameters(for: setting)
  }
}
