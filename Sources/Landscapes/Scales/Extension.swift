/// What a signal is taken to be beyond its ends, where a filter reaches over them.
public enum Extension: String, CaseIterable, Hashable, Sendable {
  /// Mirrored, the last sample repeated: … b a | a b c | c b …; the usual choice.
  case symmetric
  /// Repeated: … b c | a b c | a b …
  case periodic
  /// Repeated, with as few coefficients as there are samples (an odd length repeats its last one): the transform is then
  /// orthonormal for even lengths.
  case periodization
}

extension Wavelet {
  /// Where the coefficients of a level are: the middle of the samples that coefficient k is made of, by number from 0.
  public func middle(level: Int, extension: Extension) -> @Sendable (_ k: Int) -> Double {
    let width = Double(1 << level)
    // Of level 1: the middle of 2k + offset − j over all taps j; each level does to the next finer one what it does.
    let start = `extension` == .periodization ? 0.5 : 1 - Double(scaling.count - 1) / 2
    return { width * Double($0) + (width - 1) * start }
  }
}

/// The samples that each coefficient of one level is made of: coefficient k is Σⱼ filter[j] · x[2k + offset − j].
struct Taps {
  /// Coefficients of each kind.
  let count: Int
  /// For coefficient k and tap j, at k · taps + j: the sample that is read, beyond the ends one that stands for it.
  let sources: [Int]
  /// The same, without what only stands for another: where a synthesis adds, or −1.
  let targets: [Int]

  init(length: Int, wavelet: Wavelet, extension: Extension) {
    let taps = wavelet.lowPass.count
    let wraps = `extension` == .periodization
    let even = length + length % 2
    count = wraps ? even / 2 : (length + taps - 1) / 2
    let offset = wraps ? taps / 2 : 1
    let places = (0..<count).flatMap { k in (0..<taps).map { 2 * k + offset - $0 } }
    func wrapped(_ place: Int, _ period: Int) -> Int { ((place % period) + period) % period }
    switch `extension` {
    case .symmetric:
      sources = places.map { place in
        let folded = wrapped(place, 2 * length)
        return folded < length ? folded : 2 * length - 1 - folded
      }
    case .periodic: sources = places.map { wrapped($0, length) }
    case .periodization: sources = places.map { min(wrapped($0, even), length - 1) }
    }
    targets = places.map { place in
      let target = wraps ? wrapped(place, even) : place
      return target >= 0 && target < length ? target : -1
    }
  }
}
