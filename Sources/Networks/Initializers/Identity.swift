import Autodiff
import Tensors

extension Initializer {
  /// Each output passes the input of the same number, times a gain: the identity for matrices, a centred unit impulse
  /// for filters `[outputs, inputs, height, width]`; what has no partner gets nothing. torch.nn.init.eye_, dirac_.
  public static func identity(gain: Double) -> Initializer {
    .eachWeight { slice, _ in
      var values = [Double](repeating: 0, count: slice.shape.count)
      let inputs = slice.shape.rank > 1 ? slice.shape[1] : 1
      for (index, tap) in centralTaps(slice) where index / inputs == index % inputs { values[tap] = gain }
      return values
    }
  }

  /// Filters whose only tap is the central one, and there an orthonormal matrix over channels: a convolution that keeps
  /// lengths. Matrices are orthogonal. Xiao et al. 2018, arXiv:1806.05393.
  public static func deltaOrthogonal(gain: Double) -> Initializer {
    .eachWeight { slice, stream in
      let inputs = slice.shape.rank > 1 ? slice.shape[1] : 1
      let taps = Matrix.orthonormal(rows: slice.shape[0], columns: inputs, &stream).elements
      var values = [Double](repeating: 0, count: slice.shape.count)
      for (index, tap) in centralTaps(slice) { values[tap] = gain * taps[index] }
      return values
    }
  }

  /// Where the central tap of every pair of output and input lies, numbered row by row.
  private static func centralTaps(_ slice: Slice) -> some Sequence<(Int, Int)> {
    let kernel = Array(slice.shape.lengths.dropFirst(2))
    let center = kernel.reduce(0) { $0 * $1 + $1 / 2 }
    let size = kernel.reduce(1, *)
    return (0..<slice.shape.count / size).lazy.map { ($0, $0 * size + center) }
  }
}
