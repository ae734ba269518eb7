public import Autodiff
import Tensors
import func Glibc.pow

/// Adafactor: the second moment of a matrix from its row and column means alone. Shazeer & Stern 2018, arXiv:1804.04235.
///
/// With β₂ₜ = 1 − t^−0.8: R ← β₂ₜR + (1−β₂ₜ) rowmean(g²+ε₁), C likewise by columns, V = R Cᵀ / mean(R), U = g/√V,
/// U ← U / max(1, RMS(U)/d), w ← w − max(ε₂, RMS(w))·ρₜ·U with ρₜ = min(η, 1/√t). Vectors keep V whole. Filters are
/// matrices of one row each. Weight decay is decoupled.
public struct Adafactor: SlicewiseRule {
  public var learningRate: Double
  /// Whether the rate falls with 1/√t once that is below η.
  public var relativeStep: Bool
  /// Whether steps are multiplied by the slice's own root mean square.
  public var scalesByParameters: Bool
  /// The exponent of t in β₂ₜ.
  public var decayExponent: Double
  /// d: the largest root mean square of an update.
  public var clipping: Double
  public var epsilon1: Double
  public var epsilon2: Double
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.01, relativeStep: Bool = true, scalesByParameters: Bool = true,
    decayExponent: Double = 0.8, clipping: Double = 1, epsilon1: Double = 1e-30, epsilon2: Double = 1e-3,
    weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.relativeStep = relativeStep
    self.scalesByParameters = scalesByParameters
    self.decayExponent = decayExponent
    self.clipping = clipping
    self.epsilon1 = epsilon1
    self.epsilon2 = epsilon2
    self.weightDecay = weightDecay
  }

  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    guard let matrix = slice.matrixShape else { return [StateArray(slice.shape)] }
    return [StateArray([matrix[0], 1]), StateArray([1, matrix[1]])]
  }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    // A schedule's factor is in `learningRate`: it scales the falling rate as well.
    let falling = learningRate / self.learningRate / Double(step).squareRoot()
    return [
      relativeStep ? min(learningRate, falling) : learningRate, pow(Double(step), -decayExponent),
      1 - learningRate * weightDecay,
    ]
  }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    let matrix = slice.matrixShape
    let gradient = matrix.map { g.reshaped($0) } ?? g
    let square = gradient.squared + epsilon1
    func averaged(_ old: Value, _ new: Value) -> Value { old + scalars[1] * (new - old) }

    let direction: Value
    let next: [Value]
    if let matrix {
      let rows = averaged(state[0], square.sum(over: [1]) / Double(matrix[1]))
      let columns = averaged(state[1], square.sum(over: [0]) / Double(matrix[0]))
      // Roots are taken apart, so that in Float the product of two small means does not vanish.
      direction = gradient / ((rows / rows.mean()).squareRoot * columns.squareRoot)
      next = [rows, columns]
    } else {
      next = [averaged(state[0], square)]
      direction = gradient / next[0].squareRoot
    }
    let one = w.trace.constant(1)
    let clipped = direction / (direction.rootMeanSquare / clipping).maximum(one)
    let size = scalesByParameters ? w.rootMeanSquare.maximum(w.trace.constant(epsilon2)) : one
    let kept = weightDecay == 0 ? w : w * scalars[2]
    return (kept - (size * scalars[0]) * clipped.reshaped(slice.shape), next)
  }
}
