public import Tensors

/// How rough a surface is, 0–1: the share of its variation that lies in the wavelet details of the finest `levels`.
///
/// The mean is taken off first, so that adding a constant to a loss changes nothing, nor does a factor. A smooth surface
/// has a little too: its slope over the width of the filter.
///
/// - Throws: `LandscapeError` when the grid is too small for so many levels or not finite.
public func roughness(
  of grid: Matrix, wavelet: Wavelet = .haar, levels: Int, extension: Extension = .symmetric
) throws -> Double {
  guard grid.elements.allSatisfy(\.isFinite) else {
    throw LandscapeError("the surface is not finite everywhere", hints: ["choose a range where it is"])
  }
  let mean = grid.elements.reduce(0, +) / Double(max(1, grid.elements.count))
  let centred = Matrix(rows: grid.rows, columns: grid.columns, grid.elements.map { $0 - mean })
  return try WaveletDecomposition2D(centred, wavelet: wavelet, levels: levels, extension: `extension`).energy
    .detailShare
}
