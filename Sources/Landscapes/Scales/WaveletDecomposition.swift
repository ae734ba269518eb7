/// A signal as what is left at a coarse scale and the details of each finer one.
///
/// Level 1 is the finest. Coefficients, their order and their numbers at the ends are those of PyWavelets' `wavedec`.
public struct WaveletDecomposition: Hashable, Sendable {
  public struct Detail: Hashable, Sendable {
    /// 1 is the finest.
    public var level: Int
    public var coefficients: [Double]
    /// The number of samples that the level was split from.
    var length: Int
  }

  public var wavelet: Wavelet
  public var `extension`: Extension
  /// The scaling coefficients of the coarsest level.
  public var approximation: [Double]
  /// Coarsest first.
  public var details: [Detail]

  /// - Throws: `LandscapeError` when the signal is too short for so many levels.
  public init(_ signal: [Double], wavelet: Wavelet, levels: Int, extension: Extension = .symmetric) throws {
    try wavelet.check(levels: levels, length: signal.count)
    self.wavelet = wavelet
    self.`extension` = `extension`
    approximation = signal
    details = []
    for level in 1...levels {
      let taps = Taps(length: approximation.count, wavelet: wavelet, extension: `extension`)
      let samples = approximation
      let filtered = { (filter: [Double]) in
        (0..<taps.count).map { k in
          filter.indices.reduce(0) { $0 + filter[$1] * samples[taps.sources[k * filter.count + $1]] }
        }
      }
      details.insert(Detail(level: level, coefficients: filtered(wavelet.highPass), length: samples.count), at: 0)
      approximation = filtered(wavelet.lowPass)
    }
  }

  /// The signal again, to rounding.
  public func reconstructed() -> [Double] {
    var signal = approximation
    let width = wavelet.lowPass.count
    for detail in details {
      let taps = Taps(length: detail.length, wavelet: wavelet, extension: `extension`)
      var finer = [Double](repeating: 0, count: detail.length)
      for k in 0..<taps.count {
        for j in 0..<width where taps.targets[k * width + j] >= 0 {
          finer[taps.targets[k * width + j]] +=
            wavelet.lowPass[j] * signal[k] + wavelet.highPass[j] * detail.coefficients[k]
        }
      }
      signal = finer
    }
    return signal
  }

  public var energy: WaveletEnergy {
    WaveletEnergy(
      approximation: squares(approximation),
      details: details.map { .init(level: $0.level, energy: squares($0.coefficients)) })
  }
}

func squares(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }

/// The sums of squares of a decomposition's parts. For an orthonormal transform (Haar on even sizes, any wavelet with
/// periodization on even sizes) they add up to that of the signal.
public struct WaveletEnergy: Hashable, Sendable {
  public struct Level: Hashable, Sendable {
    /// 1 is the finest.
    public var level: Int
    public var energy: Double
  }

  public var approximation: Double
  /// Coarsest first.
  public var details: [Level]

  public var total: Double { details.reduce(approximation) { $0 + $1.energy } }
  /// The details' share of the whole, 0–1; 0 when there is no energy.
  public var detailShare: Double { total > 0 ? details.reduce(0) { $0 + $1.energy } / total : 0 }
}
