public import Tensors

/// Heights z of a surface at places (x, y).
public struct SurfaceSamples: Hashable, Sendable {
  public var x: [Double]
  public var y: [Double]
  public var z: [Double]

  /// - Precondition: as many of each.
  public init(x: [Double], y: [Double], z: [Double]) {
    precondition(x.count == z.count && y.count == z.count)
    self.x = x
    self.y = y
    self.z = z
  }

  /// A grid of heights, rows along `y`, columns along `x`.
  public init(grid: Matrix, x: [Double], y: [Double]) {
    precondition(grid.rows == y.count && grid.columns == x.count)
    self.init(x: y.flatMap { _ in x }, y: y.flatMap { value in x.map { _ in value } }, z: grid.elements)
  }

  /// Without samples whose height is not finite.
  var finite: SurfaceSamples {
    let kept = z.indices.filter { z[$0].isFinite }
    return kept.count == z.count
      ? self : SurfaceSamples(x: kept.map { x[$0] }, y: kept.map { y[$0] }, z: kept.map { z[$0] })
  }

  /// The centre and the deviations of what lies below a level, as if it were mass.
  func moments(below level: Double) -> (centre: SIMD2<Double>, width: SIMD2<Double>) {
    var mass = 0.0
    var first = SIMD2<Double>.zero
    for i in z.indices {
      mass += level - z[i]
      first += (level - z[i]) * SIMD2(x[i], y[i])
    }
    let centre = first / mass
    var second = SIMD2<Double>.zero
    for i in z.indices {
      let d = SIMD2(x[i], y[i]) - centre
      second += (level - z[i]) * d * d
    }
    let width = (second / mass).squareRoot()
    return (centre, SIMD2(width.x > 0 ? width.x : 1, width.y > 0 ? width.y : 1))
  }

  /// The widths of a Gaussian bowl whose part below half its depth is `level`: from the samples below it that are nearer
  /// to this centre than to the others. The weights level − z there spread by 0.2171 σ².
  func width(around centre: SIMD2<Double>, among centres: [SIMD2<Double>], below level: Double) -> SIMD2<Double> {
    func squaredDistance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { ((a - b) * (a - b)).sum() }
    var mass = 0.0
    var second = SIMD2<Double>.zero
    for i in z.indices where z[i] < level {
      let place = SIMD2(x[i], y[i])
      let distance = squaredDistance(place, centre)
      if centres.contains(where: { squaredDistance(place, $0) < distance }) { continue }
      mass += level - z[i]
      second += (level - z[i]) * (place - centre) * (place - centre)
    }
    let width = (second / mass / 0.2171).squareRoot()
    // A bowl of one sample is about as wide as samples are apart.
    let step = z.indices.map { squaredDistance(SIMD2(x[$0], y[$0]), centre) }.filter { $0 > 0 }.min() ?? 1
    return SIMD2(width.x > 0 ? width.x : step.squareRoot(), width.y > 0 ? width.y : step.squareRoot())
  }
}
