public import Tensors

/// A surface as what is left at a coarse scale and the details of each finer one, in three orientations.
///
/// Level 1 is the finest. Coefficients, names and order are those of PyWavelets' `wavedec2`: a 2×2 block a b / c d gives
/// for Haar (a+b+c+d)/2, horizontal (a+b−c−d)/2, vertical (a−b+c−d)/2, diagonal (a−b−c+d)/2. For a smooth surface these
/// are its slopes at that scale; the size of a coefficient says nothing about the height of the surface.
public struct WaveletDecomposition2D: Hashable, Sendable {
  public struct Detail: Hashable, Sendable {
    /// 1 is the finest.
    public var level: Int
    /// Changes from row to row, along columns; PyWavelets' cH.
    public var horizontal: Matrix
    /// Changes from column to column, along rows; cV.
    public var vertical: Matrix
    /// Changes of both; cD.
    public var diagonal: Matrix
    /// The size that the level was split from.
    var rows: Int
    var columns: Int

    /// √(H² + V² + D²) at each place.
    public var magnitude: Matrix {
      var result = horizontal
      for i in result.elements.indices {
        let (h, v, d) = (horizontal.elements[i], vertical.elements[i], diagonal.elements[i])
        result.elements[i] = (h * h + v * v + d * d).squareRoot()
      }
      return result
    }
  }

  public var wavelet: Wavelet
  public var `extension`: Extension
  /// The scaling coefficients of the coarsest level.
  public var approximation: Matrix
  /// Coarsest first.
  public var details: [Detail]

  /// - Throws: `LandscapeError` when the grid is too small for so many levels.
  public init(_ grid: Matrix, wavelet: Wavelet, levels: Int, extension: Extension = .symmetric) throws {
    try wavelet.check(levels: levels, length: min(grid.rows, grid.columns))
    self.wavelet = wavelet
    self.`extension` = `extension`
    approximation = grid
    details = []
    for level in 1...levels {
      let (rows, columns) = (approximation.rows, approximation.columns)
      let across = Taps(length: columns, wavelet: wavelet, extension: `extension`)
      let along = Taps(length: rows, wavelet: wavelet, extension: `extension`)
      let (low, high) = splitRows(approximation, across, wavelet)
      let (lowLow, highLow) = splitColumns(low, along, wavelet)
      let (lowHigh, highHigh) = splitColumns(high, along, wavelet)
      approximation = lowLow
      details.insert(
        Detail(level: level, horizontal: highLow, vertical: lowHigh, diagonal: highHigh, rows: rows, columns: columns),
        at: 0)
    }
  }

  /// The surface again, to rounding.
  public func reconstructed() -> Matrix {
    var surface = approximation
    for detail in details {
      let across = Taps(length: detail.columns, wavelet: wavelet, extension: `extension`)
      let along = Taps(length: detail.rows, wavelet: wavelet, extension: `extension`)
      let low = joinColumns(surface, detail.horizontal, along, detail.rows, wavelet)
      let high = joinColumns(detail.vertical, detail.diagonal, along, detail.rows, wavelet)
      surface = joinRows(low, high, across, detail.columns, wavelet)
    }
    return surface
  }

  public var energy: WaveletEnergy {
    WaveletEnergy(
      approximation: squares(approximation.elements),
      details: details.map { detail in
        let parts = [detail.horizontal, detail.vertical, detail.diagonal]
        return .init(level: detail.level, energy: parts.reduce(0) { $0 + squares($1.elements) })
      })
  }
}

private func splitRows(_ grid: Matrix, _ taps: Taps, _ wavelet: Wavelet) -> (low: Matrix, high: Matrix) {
  let width = wavelet.lowPass.count
  var low = [Double](repeating: 0, count: grid.rows * taps.count)
  var high = low
  for row in 0..<grid.rows {
    let start = row * grid.columns
    for k in 0..<taps.count {
      var (l, h) = (0.0, 0.0)
      for j in 0..<width {
        let x = grid.elements[start &+ taps.sources[k &* width &+ j]]
        l += wavelet.lowPass[j] * x
        h += wavelet.highPass[j] * x
      }
      low[row &* taps.count &+ k] = l
      high[row &* taps.count &+ k] = h
    }
  }
  return (
    Matrix(rows: grid.rows, columns: taps.count, low), Matrix(rows: grid.rows, columns: taps.count, high)
  )
}

private func splitColumns(_ grid: Matrix, _ taps: Taps, _ wavelet: Wavelet) -> (low: Matrix, high: Matrix) {
  let width = wavelet.lowPass.count
  let columns = grid.columns
  var low = [Double](repeating: 0, count: taps.count * columns)
  var high = low
  for k in 0..<taps.count {
    for j in 0..<width {
      let (a, b) = (wavelet.lowPass[j], wavelet.highPass[j])
      let source = taps.sources[k * width + j] * columns
      let target = k * columns
      for column in 0..<columns {
        let x = grid.elements[source &+ column]
        low[target &+ column] += a * x
        high[target &+ column] += b * x
      }
    }
  }
  return (Matrix(rows: taps.count, columns: columns, low), Matrix(rows: taps.count, columns: columns, high))
}

private func joinColumns(_ low: Matrix, _ high: Matrix, _ taps: Taps, _ rows: Int, _ wavelet: Wavelet) -> Matrix {
  let width = wavelet.lowPass.count
  let columns = low.columns
  var result = [Double](repeating: 0, count: rows * columns)
  for k in 0..<taps.count {
    for j in 0..<width where taps.targets[k * width + j] >= 0 {
      let target = taps.targets[k * width + j] * columns
      for column in 0..<columns {
        result[target &+ column] +=
          wavelet.lowPass[j] * low.elements[k &* columns &+ column]
          + wavelet.highPass[j] * high.elements[k &* columns &+ column]
      }
    }
  }
  return Matrix(rows: rows, columns: columns, result)
}

private func joinRows(_ low: Matrix, _ high: Matrix, _ taps: Taps, _ columns: Int, _ wavelet: Wavelet) -> Matrix {
  let width = wavelet.lowPass.count
  var result = [Double](repeating: 0, count: low.rows * columns)
  for row in 0..<low.rows {
    for k in 0..<taps.count {
      for j in 0..<width where taps.targets[k * width + j] >= 0 {
        result[row &* columns &+ taps.targets[k &* width &+ j]] +=
          wavelet.lowPass[j] * low.elements[row &* taps.count &+ k]
          + wavelet.highPass[j] * high.elements[row &* taps.count &+ k]
      }
    }
  }
  return Matrix(rows: low.rows, columns: columns, result)
}
