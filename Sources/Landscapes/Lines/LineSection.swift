public import Autodiff
internal import Tensors

/// A loss along a line through a point, φ(x) = L(θ + xu), and its Taylor models there: φ(0) + φ′(0)x and that with ½φ″(0)x².
///
/// With ‖u‖ = 1 and M no less than |φ‴| the second model is wrong by at most M|x|³/6. So where φ′(0) = 0 and φ″(0) = λ < 0
/// the loss falls, φ(x) < φ(0), for 0 < |x| < 3|λ|/M: a direction of negative curvature leads down for steps that are small
/// enough, and only for those.
public struct LineSection: Hashable, Sendable {
  public struct Place: Hashable, Sendable {
    public var x: Double
    /// φ(x), φ′(x) = ∇L·u and φ″(x) = uᵀHu.
    public var value: Double
    public var slope: Double
    public var curvature: Double

    public init(x: Double, value: Double, slope: Double, curvature: Double) {
      (self.x, self.value, self.slope, self.curvature) = (x, value, slope, curvature)
    }

    /// - Parameter direction: of any length; x counts in units of it.
    public init(
      of objective: any Objective<Double>, through point: [Double], along direction: [Double], at x: Double
    ) {
      let u = Vector(direction)
      let here = Vector(zip(point, direction).map { $0 + x * $1 })
      var gradient = Vector<Double>(zeros: point.count)
      let value = objective.gradient(at: here, into: &gradient)
      var product = Vector<Double>(zeros: point.count)
      objective.hessianProduct(at: here, with: u, into: &product, samePoint: false)
      self.init(x: x, value: value, slope: gradient.dot(u), curvature: product.dot(u))
    }
  }

  /// Where the models touch.
  public var origin: Place
  public var places: [Place]

  public init(origin: Place, places: [Place]) { (self.origin, self.places) = (origin, places) }

  /// - Parameter direction: of any length; x counts in units of it.
  public init(
    of objective: any Objective<Double>, through point: [Double], along direction: [Double], at places: [Double]
  ) {
    func place(_ x: Double) -> Place { Place(of: objective, through: point, along: direction, at: x) }
    self.init(origin: place(0), places: places.map(place))
  }

  /// The Taylor model of order 1 or 2.
  public func model(_ order: Int, at x: Double) -> Double {
    origin.value + x * (origin.slope + (order > 1 ? x * origin.curvature / 2 : 0))
  }

  /// The largest |φ‴| on the line, from differences of φ″ between neighbours; places must rise.
  public var largestThirdDerivative: Double {
    zip(places, places.dropFirst()).reduce(0) {
      max($0, abs(($1.1.curvature - $1.0.curvature) / ($1.1.x - $1.0.x)))
    }
  }
}

/// How fast a Taylor model's error falls towards the point.
public struct TaylorErrors: Hashable, Sendable {
  public struct Size: Hashable, Sendable {
    /// |x|.
    public var size: Double
    /// The larger of the errors on both sides, for the models of first and of second order.
    public var errors: [Double]
  }

  /// From the largest |x| down, halved each time.
  public var sizes: [Size]
  /// Below this an error is rounding.
  public var rounding: Double

  public init(
    of objective: any Objective<Double>, through point: [Double], along direction: [Double], from size: Double,
    halvings: Int = 20
  ) {
    let places = TaylorErrors.places(from: size, halvings: halvings)
    self.init(LineSection(of: objective, through: point, along: direction, at: places))
  }

  /// Where the models are compared with the loss: on one side from the largest distance down, then on the other.
  public static func places(from size: Double, halvings: Int = 20) -> [Double] {
    let falling = (0...halvings).map { size / Double(1 << $0) }
    return falling + falling.map { -$0 }
  }

  /// - Parameter section: at `places(from:halvings:)`.
  public init(_ section: LineSection) {
    let count = section.places.count / 2
    rounding = 4e-15 * section.places.reduce(abs(section.origin.value)) { max($0, abs($1.value)) }
    sizes = (0..<count).map { i in
      let both = [section.places[i], section.places[i + count]]
      return Size(
        size: both[0].x,
        errors: [1, 2].map { order in both.map { abs($0.value - section.model(order, at: $0.x)) }.max()! }
      )
    }
  }

  /// The power of |x| with which the error of a model of order 1 or 2 falls: the slope of its logarithm between the two
  /// smallest sizes at which it is a thousand times rounding; NaN where it never is, as of a model that is exact.
  public func power(_ order: Int) -> Double {
    let good = sizes.filter { $0.errors[order - 1] > 1000 * rounding && $0.errors[order - 1].isFinite }
    guard good.count > 1 else { return .nan }
    let (a, b) = (good[good.count - 2], good[good.count - 1])
    return (logarithm(a.errors[order - 1]) - logarithm(b.errors[order - 1])) / (logarithm(a.size) - logarithm(b.size))
  }
}
