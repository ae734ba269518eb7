/// Sine and cosine from arithmetic alone, so that a figure's bytes do not depend on a C library.

/// The sine of an angle in degrees, within a few units in the last place; exact at multiples of 90°.
func sine(degrees angle: Double) -> Double { cosine(degrees: angle - 90) }

/// The cosine of an angle in degrees: the nearest quarter turn is taken off, the rest (45° at most) goes into a series.
func cosine(degrees angle: Double) -> Double {
  guard angle.isFinite else { return .nan }
  let turn = angle.remainder(dividingBy: 360)
  let quarters = (turn / 90).rounded()
  let x = (turn - quarters * 90) * (Double.pi / 180)
  let square = x * x
  var (even, odd) = (1.0, 1.0)
  for k in stride(from: 20.0, through: 2, by: -2) {
    even = 1 - even * square / (k * (k - 1))
    odd = 1 - odd * square / (k * (k + 1))
  }
  switch Int(quarters) {
  case 0: return even
  case 1: return -x * odd
  case -1: return x * odd
  default: return -even
  }
}
