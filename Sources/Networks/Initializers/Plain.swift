import Autodiff
import Tensors

extension Initializer {
  /// The same number everywhere: all units of a layer stay alike for ever, which is why weights are random.
  public static func constant(_ value: Double) -> Initializer {
    .eachWeight { slice, _ in Array(repeating: value, count: slice.shape.count) }
  }

  /// Independent normal weights, whatever the layer's size.
  public static func normal(mean: Double, deviation: Double) -> Initializer {
    .eachWeight { slice, stream in stream.normals(slice.shape.count).map { mean + deviation * $0 } }
  }

  /// Independent uniform weights, whatever the layer's size.
  public static func uniform(from low: Double, to high: Double) -> Initializer {
    .eachWeight { slice, stream in stream.uniforms(slice.shape.count, from: low, to: high) }
  }

  /// Independent normal weights, drawn again until they lie between two bounds, whatever the layer's size.
  /// - Precondition: the bounds hold some of the distribution, or drawing never ends.
  public static func truncatedNormal(
    mean: Double, deviation: Double, from low: Double, to high: Double
  ) -> Initializer {
    .eachWeight { slice, stream in
      stream.normals(slice.shape.count, within: (low - mean) / deviation, (high - mean) / deviation).map {
        mean + deviation * $0
      }
    }
  }
}
