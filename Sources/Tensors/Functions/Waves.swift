/// sin, cos and softplus, on the same terms as the other functions.
extension Functions {
  /// Within 2 units in the last place (but near multiples of π, absolutely so) up to |x| = 10⁵; the error grows with x
  /// from there.
  @inline(__always) static func sin(_ x: T) -> T { T(turned(Double(x), quarters: 0)) }

  /// As `sin`.
  @inline(__always) static func cos(_ x: T) -> T { T(turned(Double(x), quarters: 1)) }

  /// ln(1 + eˣ) = max(x, 0) + ln(1 + e^−|x|), with the digits that 1 + e loses put back (Kahan).
  @inline(__always) static func softplus(_ x: T) -> T {
    let e = exp(-abs(x))
    let sum = 1 + e
    let rest = sum == 1 ? e : log(sum) * (e / (sum - 1))
    return (x < 0 ? 0 : x) + rest
  }

  /// sin(x + quarters·π/2): x = n·π/2 + r, then the polynomial that the quadrant asks for. The polynomials are those of
  /// fdlibm, written out from their published coefficients.
  @inline(__always) private static func turned(_ x: Double, quarters: UInt64) -> Double {
    let shifted = Double.roundingShift.addingProduct(x, 0.636_619_772_367_581_4)
    let n = shifted - Double.roundingShift
    let r = x.addingProduct(-n, 1.570_796_326_794_896_6).addingProduct(-n, 6.123_233_995_736_766e-17)
    let quadrant = shifted.bitPattern &+ quarters
    let z = r * r
    var p = 1.589_690_995_211_55e-10
    p = (-2.505_076_025_340_686_3e-8).addingProduct(p, z)
    p = (2.755_731_370_707_006_8e-6).addingProduct(p, z)
    p = (-1.984_126_982_985_795e-4).addingProduct(p, z)
    p = (8.333_333_333_322_49e-3).addingProduct(p, z)
    p = (-1.666_666_666_666_663_2e-1).addingProduct(p, z)
    let sine = r.addingProduct(r * z, p)
    var q = -1.135_964_755_778_819_5e-11
    q = (2.087_572_321_298_175e-9).addingProduct(q, z)
    q = (-2.755_731_435_139_066_3e-7).addingProduct(q, z)
    q = (2.480_158_728_947_673e-5).addingProduct(q, z)
    q = (-1.388_888_888_887_411e-3).addingProduct(q, z)
    q = (4.166_666_666_666_66e-2).addingProduct(q, z)
    let half = 0.5 * z
    let w = 1 - half
    let cosine = w + (((1 - w) - half) + z * (z * q))
    let value = quadrant & 1 == 0 ? sine : cosine
    return quadrant & 2 == 0 ? value : -value
  }
}
