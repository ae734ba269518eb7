/// sin and cos of a fraction of a full turn, the same bits on every machine: the fraction is reduced exactly to an
/// eighth of a turn, and two polynomials do the rest.
public func sineAndCosine(turns fraction: Double) -> (sine: Double, cosine: Double) {
  let quarters = (fraction * 4).rounded(.toNearestOrEven)
  let rest = fraction - quarters / 4
  let w = rest * rest
  var s = 3.7808689593022957
  for c in [
    -15.093804209987114, 42.058685020160894, -76.70585970427454, 81.60524927594804, -41.341702240399634,
    6.283185307179586,
  ] { s = c.addingProduct(s, w) }
  s *= rest
  var c = -1.6968494702918826
  for k in [
    7.903091687751697, -26.426250908622137, 60.244641328867296, -85.45681720652271, 64.93939402266795,
    -19.739208802178716, 1.0,
  ] { c = k.addingProduct(c, w) }
  switch Int(quarters) & 3 {
  case 0: return (s, c)
  case 1: return (c, -s)
  case 2: return (-s, -c)
  default: return (-c, s)
  }
}
