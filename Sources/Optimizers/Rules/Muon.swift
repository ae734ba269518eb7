public import Autodiff
import Tensors

/// Muon: momentum whose matrix is made nearly orthogonal before it is taken. Jordan et al. 2024,
/// https://kellerjordan.github.io/posts/muon.
///
/// For hidden matrices M ← μM + (1−μ)G, U = (1−μ)G + μM, then five Newton–Schulz steps on X = U/‖U‖ (transposed if tall):
/// X ← aX + (bA + cA²)X with A = XXᵀ; w ← (1−ηλ)w − η √max(1, rows/columns)·X. Singular values end between about 0.5 and
/// 1.5, not at 1. Filters are matrices of one row each. Everything else (the first and the last layer's weights, biases,
/// gains) goes by AdamW, as the author says.
public struct Muon: SlicewiseRule {
  public var learningRate: Double
  public var momentum: Double
  public var nesterov: Bool
  /// Newton–Schulz steps.
  public var iterations: Int
  public var weightDecay: Double
  /// What moves the other slices; its weight decay is decoupled.
  public var others: Adam

  public init(
    learningRate: Double = 0.02, momentum: Double = 0.95, nesterov: Bool = true, iterations: Int = 5,
    weightDecay: Double = 0, others: Adam = Adam(learningRate: 3e-4, beta1: 0.9, beta2: 0.95, epsilon: 1e-10)
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.nesterov = nesterov
    self.iterations = iterations
    self.weightDecay = weightDecay
    self.others = others
    self.others.isDecoupled = true
  }

  /// The shape of a weight matrix between the input and the output; `nil` for all that AdamW moves.
  private func hiddenMatrix(_ slice: ParameterLayout.Slice) -> Shape? {
    slice.role == .weight && slice.location == .hidden ? slice.matrixShape : nil
  }

  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    hiddenMatrix(slice).map { [StateArray($0)] } ?? others.stateVectors.map { StateArray(slice.shape, start: $0) }
  }

  public func scalars(step: Int, learningRate: Double) -> [Double] {
    let factor = learningRate / self.learningRate
    return [learningRate, 1 - learningRate * weightDecay]
      + others.scalars(step: step, learningRate: others.learningRate * factor)
  }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    guard let matrix = hiddenMatrix(slice) else {
      return others.update(w, g, state, Array(scalars[2...]))
    }
    let gradient = g.reshaped(matrix)
    let m = momentum * state[0] + (1 - momentum) * gradient
    let direction = nesterov ? (1 - momentum) * gradient + momentum * m : m
    let step = nearlyOrthogonal(direction, iterations: iterations)
    let stretch = max(1, Double(matrix[0]) / Double(matrix[1])).squareRoot()
    let kept = weightDecay == 0 ? w : w * scalars[1]
    return (kept - scalars[0] * (stretch * step).reshaped(slice.shape), [m])
  }
}

/// U Vᵀ of a matrix U S Vᵀ, nearly: an odd polynomial applied again and again drives every singular value towards 1, by
/// matrix products alone.
func nearlyOrthogonal(_ matrix: Value, iterations: Int) -> Value {
  let isTall = matrix.shape[0] > matrix.shape[1]
  var x = isTall ? matrix.transposed : matrix
  x = x / (x.norm + 1e-7)
  for _ in 0..<iterations {
    let gram = x.product(x.transposed)
    x = 3.4445 * x + (-4.7750 * gram + 2.0315 * gram.product(gram)).product(x)
  }
  return isTall ? x.transposed : x
}
