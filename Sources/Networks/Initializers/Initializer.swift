public import Autodiff
import Tensors

/// How weights start. Biases start at 0 (unless the rule says otherwise), learned slopes at 0.25, norm gains at 1.
public enum Initializer: Sendable, Hashable {
  /// Variance `gain²·2 / (fan-in + fan-out)`. Glorot & Bengio 2010.
  case xavier(Distribution, gain: Double)
  /// Variance `2 / ((1+a²)·fan)`. He et al. 2015, arXiv:1502.01852.
  case kaiming(Distribution, slope: Double, fan: Fan)
  /// Variance `1 / fan-in`. LeCun et al. 1998.
  case lecun(Distribution)
  /// A random matrix with orthonormal rows or columns, times a gain. Saxe et al. 2014, arXiv:1312.6120.
  case orthogonal(gain: Double)
  /// An orthonormal matrix times √(2/fan-in): it shrinks every layer, and with a few of them nothing is left to learn
  /// from. Kept as a counter-example.
  case scaledOrthogonal
  /// Uniform weights rescaled to the same root mean square √alpha whatever the layer's size: activations grow with
  /// √fan-in in every layer until they overflow. Kept as a counter-example; no paper is known.
  case lMomentum(alpha: Double)
  /// What a PyTorch Linear does when left alone: weights and biases uniform on ±1/√fan-in.
  case pytorch

  public enum Distribution: String, Sendable { case normal, uniform }
  public enum Fan: String, Sendable, CaseIterable { case fanIn = "fan-in", fanOut = "fan-out" }
}

extension Initializer {
  /// Starting parameters, in double precision whatever the training's, so that both start from the same numbers.
  public func parameters(for layout: ParameterLayout, bookSeed: UInt64, seed: UInt64) -> [Double] {
    var values = [Double](repeating: 0, count: layout.count)
    for slice in layout.slices {
      var stream = Stream(book: bookSeed, run: seed, purpose: .weights(slice.name))
      values.replaceSubrange(slice.range, with: start(slice, &stream))
    }
    return values
  }

  private func start(_ slice: ParameterLayout.Slice, _ stream: inout Stream) -> [Double] {
    let count = slice.shape.count
    switch slice.role {
    case .weight: return weights(slice, &stream)
    case .bias:
      guard self == .pytorch else { return Array(repeating: 0, count: count) }
      let limit = 1 / Double(slice.fanIn).squareRoot()
      return stream.uniforms(count, from: -limit, to: limit)
    case .slope: return Array(repeating: 0.25, count: count)
    case .gain: return Array(repeating: 1, count: count)
    case .coordinate: return Array(repeating: 0, count: count)
    }
  }

  private func weights(_ slice: ParameterLayout.Slice, _ stream: inout Stream) -> [Double] {
    let fanIn = Double(slice.fanIn)
    let fanOut = Double(slice.fanOut)
    switch self {
    case .xavier(let distribution, let gain):
      return draw(slice, distribution, variance: gain * gain * 2 / (fanIn + fanOut), &stream)
    case .kaiming(let distribution, let slope, let fan):
      let n = fan == .fanIn ? fanIn : fanOut
      return draw(slice, distribution, variance: 2 / ((1 + slope * slope) * n), &stream)
    case .lecun(let distribution): return draw(slice, distribution, variance: 1 / fanIn, &stream)
    case .pytorch: return draw(slice, .uniform, variance: 1 / (3 * fanIn), &stream)
    case .orthogonal(let gain): return orthonormal(slice, &stream).map { $0 * gain }
    case .scaledOrthogonal:
      let scale = (2 / fanIn).squareRoot()
      return orthonormal(slice, &stream).map { $0 * scale }
    case .lMomentum(let alpha):
      let values = draw(slice, .uniform, variance: 2 / fanIn, &stream)
      let meanSquare = values.reduce(0) { $0 + $1 * $1 } / Double(values.count)
      let scale = (alpha / meanSquare).squareRoot()
      return values.map { $0 * scale }
    }
  }

  private func draw(
    _ slice: ParameterLayout.Slice, _ distribution: Distribution, variance: Double, _ stream: inout Stream
  ) -> [Double] {
    switch distribution {
    case .normal:
      let deviation = variance.squareRoot()
      return stream.normals(slice.shape.count).map { $0 * deviation }
    case .uniform:
      let limit = (3 * variance).squareRoot()
      return stream.uniforms(slice.shape.count, from: -limit, to: limit)
    }
  }

  /// A matrix with orthonormal rows or columns, uniform over all such: QR of a Gaussian matrix, each column's sign fixed
  /// by the diagonal of R (Mezzadri 2007). Axes after the first count as one.
  private func orthonormal(_ slice: ParameterLayout.Slice, _ stream: inout Stream) -> [Double] {
    let rows = slice.shape[0]
    let columns = slice.shape.count / max(1, rows)
    let tall = Matrix(rows: max(rows, columns), columns: min(rows, columns), stream.normals(rows * columns))
    var (q, diagonal) = tall.orthonormalFactor()
    for column in 0..<q.columns where diagonal[column] < 0 {
      for row in 0..<q.rows { q[row, column] = -q[row, column] }
    }
    return (rows >= columns ? q : q.transposed).elements
  }
}
