/// Comparisons of eight numbers at once. Written for each type, since only then they become vector instructions.
extension Float {
  @inline(__always)
  public static func take(
    _ value: SIMD8<Float>, _ number: Float, over best: inout SIMD8<Float>, _ place: inout SIMD8<Float>
  ) {
    let wins = (value .> best) .| ((value .!= value) .& (best .== best))
    best.replace(with: value, where: wins)
    place.replace(with: number, where: wins)
  }

  @inline(__always)
  public static func select(_ value: SIMD8<Float>, where a: SIMD8<Float>, is b: Float, else other: SIMD8<Float>)
    -> SIMD8<Float>
  {
    other.replacing(with: value, where: a .== SIMD8(repeating: b))
  }
}

extension Double {
  @inline(__always)
  public static func take(
    _ value: SIMD8<Double>, _ number: Double, over best: inout SIMD8<Double>, _ place: inout SIMD8<Double>
  ) {
    let wins = (value .> best) .| ((value .!= value) .& (best .== best))
    best.replace(with: value, where: wins)
    place.replace(with: number, where: wins)
  }

  @inline(__always)
  public static func select(
    _ value: SIMD8<Double>, where a: SIMD8<Double>, is b: Double, else other: SIMD8<Double>
  ) -> SIMD8<Double> {
    other.replacing(with: value, where: a .== SIMD8(repeating: b))
  }
}
