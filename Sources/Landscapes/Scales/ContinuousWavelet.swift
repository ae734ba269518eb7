internal import Tensors
internal import func Glibc.cos

/// A mother wavelet ψ of the continuous transform.
public enum ContinuousWavelet: String, CaseIterable, Hashable, Sendable {
  /// 2/(√3 π^¼) · (1 − x²) e^(−x²/2): the second derivative of a Gaussian, of norm 1.
  case mexicanHat = "mexican-hat"
  /// e^(−x²/2) cos 5x. Its integral is not quite zero (9·10⁻⁶), so that it is admissible only nearly.
  case morlet

  public func value(at x: Double) -> Double {
    let bell = exponential(-x * x / 2)
    return switch self {
    case .mexicanHat: 2 / (3.0.squareRoot() * fourthRootOfPi) * (1 - x * x) * bell
    case .morlet: bell * cos(5 * x)
    }
  }

  /// The scale at which the transform of a wave of this angular frequency is strongest: √(5/2)/ω for the Mexican hat,
  /// (5 + √27)/(2ω) for Morlet's.
  public func scale(ofAngularFrequency frequency: Double) -> Double {
    switch self {
    case .mexicanHat: 2.5.squareRoot() / frequency
    case .morlet: (5 + 27.0.squareRoot()) / 2 / frequency
    }
  }

  /// The transform W(a, b) = a^(−½) ∫ f(x) ψ((x − b)/a) dx of a sampled signal, by the sum over its samples; zero
  /// beyond its ends.
  ///
  /// - Parameters:
  ///   - spacing: the distance of two samples; scales are in its unit.
  /// - Returns: a row for each scale a, a column for each sample's place b.
  /// - Throws: `LandscapeError` for a scale or spacing that is not positive.
  ///
  /// Grossmann & Morlet, 1984; Mallat, "A Wavelet Tour of Signal Processing", 2009, chapter 4.
  public func transform(_ signal: [Double], scales: [Double], spacing: Double = 1) throws -> [[Double]] {
    guard spacing > 0, scales.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw LandscapeError("scales and spacing of a wavelet transform are positive numbers")
    }
    return scales.map { scale in
      // Beyond 9 deviations ψ is below 10⁻¹⁵.
      let reach = min(signal.count - 1, Int((9 * scale / spacing).rounded(.up)))
      guard reach >= 0 else { return [] }
      let samples = (-reach...reach).map { value(at: Double($0) * spacing / scale) * spacing / scale.squareRoot() }
      return signal.indices.map { place in
        var sum = 0.0
        for other in max(0, place - reach)...min(signal.count - 1, place + reach) {
          sum += signal[other] * samples[other - place + reach]
        }
        return sum
      }
    }
  }
}

private let fourthRootOfPi = Double.pi.squareRoot().squareRoot()
