public import Tensors

/// A surface seen through ever wider Gaussian windows.
///
/// The window is the discrete Gaussian T(n, t) = e^(−t) Iₙ(t), I the modified Bessel function, in place of samples of
/// the bell curve: smoothing by t₁ and then by t₂ is exactly smoothing by t₁ + t₂, and in one dimension no extremum
/// appears. Beyond its border the surface is mirrored.
///
/// Lindeberg, "Scale-space for discrete signals", 1990.
///
/// - Parameter variance: t, in squared samples; 0 changes nothing.
/// - Throws: `LandscapeError` for a variance that is negative or not finite.
public func gaussianSmoothed(_ grid: Matrix, variance: Double) throws -> Matrix {
  guard variance >= 0, variance.isFinite else {
    throw LandscapeError("a window of variance \(variance)", hints: ["0 or more, in squared samples"])
  }
  guard variance > 0, !grid.elements.isEmpty else { return grid }
  let kernel = discreteGaussian(variance: variance)
  return smoothedRows(smoothedRows(grid, kernel).transposed, kernel).transposed
}

/// T(n, t) for n = 0, 1, … until it vanishes; T(−n, t) = T(n, t). By Miller's backward recurrence, normalised by the
/// sum over all n, which is 1.
func discreteGaussian(variance: Double) -> [Double] {
  let reach = Int((9 * variance.squareRoot()).rounded(.up)) + 20
  var values = [Double](repeating: 0, count: reach + 2)
  values[reach] = 1
  for n in stride(from: reach, to: 0, by: -1) {
    values[n - 1] = values[n + 1] + 2 * Double(n) / variance * values[n]
    if values[n - 1] > 0x1p500 { for i in n - 1...reach { values[i] *= 0x1p-500 } }
    if values[n - 1] > 0x1p500 {
      // The variance is so small that the neighbour does not count.
      for i in n...reach { values[i] = 0 }
      values[n - 1] = 1
    }
  }
  let total = 2 * values.dropFirst().reduce(0, +) + values[0]
  return values.prefix { $0 > total * 0x1p-60 }.map { $0 / total }
}

private func smoothedRows(_ grid: Matrix, _ kernel: [Double]) -> Matrix {
  let width = grid.columns
  let reach = kernel.count - 1
  let mirrored = (-reach..<width + reach).map { place in
    let folded = ((place % (2 * width)) + 2 * width) % (2 * width)
    return folded < width ? folded : 2 * width - 1 - folded
  }
  var result = grid
  for row in 0..<grid.rows {
    let samples = mirrored.map { grid.elements[row * width + $0] }
    for column in 0..<width {
      var sum = kernel[0] * samples[column + reach]
      for n in 1..<max(1, kernel.count) {
        sum += kernel[n] * (samples[column + reach - n] + samples[column + reach + n])
      }
      result.elements[row * width + column] = sum
    }
  }
  return result
}
