import Tensors

/// The strength of one mode of a deep linear network whose D matrices start aligned and equally strong, in the limit of
/// small steps: u′ = D·u^(2−2/D)·(s − u). Saxe, McClelland & Ganguli 2014, arXiv:1312.6120.
struct ModeLaw {
  let depth: Int
  let start: Double

  /// The strength after 0, 1, … steps of gradient descent.
  func course(to target: Double, rate: Double, steps: Int) -> [Double] {
    if depth == 2 {
      return (0...steps).map { strength(at: rate * Double($0), target) }
    }
    var u = start
    return (0...steps).map { step in
      defer { u = advanced(u, target, by: rate) }
      return u
    }
  }

  /// Two matrices: u(t) = s·e^(2st) / (e^(2st) − 1 + s/u₀), written so that it does not overflow.
  func strength(at time: Double, _ target: Double) -> Double {
    guard target > 0 else { return start / (1 + 2 * start * time) }
    let fading = exponential(-2 * target * time)
    return target / (1 - fading + fading * target / start)
  }

  /// Two matrices: the time to a strength, ln[u(s−u₀) / (u₀(s−u))] / 2s; `nil` for other depths or out of reach.
  func time(to strength: Double, of target: Double) -> Double? {
    guard depth == 2, start < strength, strength < target else { return nil }
    return logarithm(strength * (target - start) / (start * (target - strength))) / (2 * target)
  }

  /// One step of Runge and Kutta's method of order 4, in four parts.
  private func advanced(_ start: Double, _ target: Double, by time: Double) -> Double {
    let h = time / 4
    var u = start
    for _ in 0..<4 {
      let a = slope(u, target)
      let b = slope(u + h / 2 * a, target)
      let c = slope(u + h / 2 * b, target)
      let d = slope(u + h * c, target)
      u += h / 6 * (a + 2 * b + 2 * c + d)
    }
    return u
  }

  /// D·u^(2−2/D)·(s − u); every matrix has strength u^(1/D).
  func slope(_ u: Double, _ target: Double) -> Double {
    let power = depth == 1 ? 1 : exponential((2 - 2 / Double(depth)) * logarithm(u))
    return Double(depth) * power * (target - u)
  }
}
