import Autodiff
import Tensors

/// Which of a weight's two sizes its variance is divided by.
public enum Fan: String, Sendable, CaseIterable {
  /// Inputs that one output sums over: keeps the forward signal's size.
  case fanIn = "fan-in"
  /// Outputs that one input feeds: keeps the backward signal's size.
  case fanOut = "fan-out"
  /// The mean of the two.
  case fanAverage = "fan-average"

  func callAsFunction(_ slice: Initializer.Slice) -> Double {
    switch self {
    case .fanIn: Double(slice.fanIn)
    case .fanOut: Double(slice.fanOut)
    case .fanAverage: Double(slice.fanIn + slice.fanOut) / 2
    }
  }
}

extension Initializer {
  /// Independent weights of variance `scale / fan`: the family that LeCun's, Glorot's and He's recipes belong to.
  public static func varianceScaling(
    _ scale: Double, over fan: Fan, _ distribution: Distribution = .normal
  ) -> Initializer {
    .eachWeight { slice, stream in
      distribution.draw(slice.shape.count, variance: scale / fan(slice), &stream)
    }
  }

  /// Variance `1 / fan-in`. LeCun, Bottou, Orr & Müller 1998.
  public static func lecun(_ distribution: Distribution) -> Initializer {
    .varianceScaling(1, over: .fanIn, distribution)
  }

  /// Variance `gain²·2 / (fan-in + fan-out)`. Glorot & Bengio 2010.
  public static func xavier(_ distribution: Distribution, gain: Double) -> Initializer {
    // In this order the quotient rounds as PyTorch's does.
    .eachWeight { slice, stream in
      distribution.draw(
        slice.shape.count, variance: gain * gain * 2 / (Double(slice.fanIn) + Double(slice.fanOut)), &stream)
    }
  }

  /// Variance `2 / ((1+a²)·fan)` for an activation of slope a below zero. He et al. 2015, arXiv:1502.01852.
  public static func kaiming(_ distribution: Distribution, slope: Double, fan: Fan) -> Initializer {
    .eachWeight { slice, stream in
      distribution.draw(slice.shape.count, variance: 2 / ((1 + slope * slope) * fan(slice)), &stream)
    }
  }

  /// What a PyTorch Linear does when left alone: weights and biases uniform on ±1/√fan-in.
  public static let pytorch = Initializer.eachWeight(
    biases: { slice, stream in
      let limit = 1 / Double(slice.fanIn).squareRoot()
      return stream.uniforms(slice.shape.count, from: -limit, to: limit)
    },
    { slice, stream in
      Distribution.uniform.draw(slice.shape.count, variance: 1 / (3 * Double(slice.fanIn)), &stream)
    })
}
