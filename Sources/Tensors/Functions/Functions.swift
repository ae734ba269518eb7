/// exp, tanh, erf, log and the logistic function, written so that a loop over them becomes vector instructions and
/// gives the same bits whether an element was in a vector or in the remainder.
///
/// Errors against exact values, measured in the tests: below 2 units in the last place for exp and log, 4 for tanh,
/// erf and sigmoid. No branch, no table, no library call. NaN stays NaN.
enum Functions<T: Scalar> {
  /// eˣ: x = n·ln 2 + r, eʳ by a polynomial, the power of two by its bits, in two halves so that subnormal results
  /// and the last binade come out right.
  @inline(__always) static func exp(_ x: T) -> T {
    let (n, r) = reduced(clamped(x))
    let (first, second) = powerOfTwoHalves(n)
    return (r.addingProduct(T.expm1Tail(r), r * r) + 1) * first * second
  }

  /// eˣ − 1 for 0 ≤ x ≤ 60 or so, accurate near zero.
  @inline(__always) static func expm1(_ x: T) -> T {
    let (n, r) = reduced(x)
    let power = powerOfTwo(n)
    return (power - 1).addingProduct(power, r.addingProduct(T.expm1Tail(r), r * r))
  }

  /// tanh|x| = (e²ˣ−1)/(e²ˣ+1) through expm1, so that small arguments keep their digits.
  @inline(__always) static func tanh(_ x: T) -> T {
    let magnitude = abs(x)
    let limit = T(22)
    let e = expm1(2 * (magnitude > limit ? limit : magnitude))
    return withSign(of: x, e / (e + 2))
  }

  /// 1 / (1 + e⁻ˣ).
  @inline(__always) static func sigmoid(_ x: T) -> T { 1 / (1 + exp(-x)) }

  /// The error function: x·P(x²) up to 1, above that 1 − e^(−x²)·Q, Q a polynomial in (x−k)/(x+k).
  @inline(__always) static func erf(_ x: T) -> T {
    let magnitude = abs(x)
    let near = x * T.erfNearZero(x * x)
    let limit = T(6)
    let capped = magnitude > limit ? limit : magnitude
    let tail = 1 - exp(-capped * capped) * T.scaledErfc(capped)
    let far = x < 0 ? -tail : tail
    return magnitude > 1 ? far : near + (x - x)
  }

  /// ln x = k·ln 2 + 2 artanh((m−1)/(m+1)), m in [√½, √2).
  @inline(__always) static func log(_ x: T) -> T {
    // Subnormal numbers are scaled up first.
    let tiny = x < T.leastNormalMagnitude
    let scaled = tiny ? x * (4 / T.ulpOfOne) : x
    let half = (T(1) / 2).squareRoot().bits
    let exponentField = (scaled.bits &- half) >> T.Bits(T.significandBitCount)
    let m = T(bits: scaled.bits &- (exponentField << T.Bits(T.significandBitCount)))
    // The exponent as a signed number, by way of the rounding shift: exact for all exponents.
    let signed = T(bits: T.roundingShift.bits &+ signExtended(exponentField)) - T.roundingShift
    let k = tiny ? signed - T(T.significandBitCount + 2) : signed
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    let series = (2 * s) * z * T.logTail(z)
    let correction = (2 * s) + series
    let finite = (k * T.ln2Low + correction).addingProduct(k, T.ln2High)
    let ordinary = x < T.infinity ? finite : x
    return x > 0 ? ordinary : (x == 0 ? -T.infinity : T.nan)
  }

  // MARK: pieces

  @inline(__always) private static func clamped(_ x: T) -> T {
    let low = x < T.expUnderflow ? T.expUnderflow : x
    return low > T.expOverflow ? T.expOverflow : low
  }

  /// x = n·ln 2 + r with |r| ≤ ln 2 / 2; n still carries the rounding shift.
  @inline(__always) private static func reduced(_ x: T) -> (n: T, r: T) {
    let shifted = T.roundingShift.addingProduct(x, T(1.4426950408889634))
    let n = shifted - T.roundingShift
    let r = x.addingProduct(-n, T.ln2High).addingProduct(-n, T.ln2Low)
    return (shifted, r)
  }

  /// A number that is not negative, with another's sign.
  @inline(__always) private static func withSign(of x: T, _ magnitude: T) -> T {
    T(bits: magnitude.bits | (x.bits & T.signBit))
  }

  /// 2ⁿ where that is an ordinary number.
  @inline(__always) private static func powerOfTwo(_ shifted: T) -> T {
    let n = shifted.bits &- T.roundingShift.bits
    return T(bits: (n &+ T.exponentBiasBits) << T.Bits(T.significandBitCount))
  }

  /// 2^(n/2 rounded down) and 2^(the rest): their product overflows and underflows as 2ⁿ should.
  @inline(__always) private static func powerOfTwoHalves(_ shifted: T) -> (T, T) {
    // n as a small non-negative number, so that shifting right is a division.
    let offset: T.Bits = 2048
    let n = (shifted.bits &- T.roundingShift.bits) &+ offset
    let first = n >> 1
    let second = n &- first
    let shift = T.Bits(T.significandBitCount)
    let bias = T.exponentBiasBits &- (offset >> 1)
    return (T(bits: (first &+ bias) << shift), T(bits: (second &+ bias) << shift))
  }

  /// The exponent field wrapped around for numbers below √½; adding it to the rounding shift needs it sign-extended.
  @inline(__always) private static func signExtended(_ field: T.Bits) -> T.Bits {
    let sign: T.Bits = 1 << T.Bits(T.exponentBitCount)
    return (field ^ sign) &- sign
  }
}

/// ln x, the same bits on every machine.
public func logarithm(_ x: Double) -> Double { Functions<Double>.log(x) }
/// eˣ, the same bits on every machine.
public func exponential(_ x: Double) -> Double { Functions<Double>.exp(x) }
/// erf x, the same bits on every machine.
public func errorFunction(_ x: Double) -> Double { Functions<Double>.erf(x) }
