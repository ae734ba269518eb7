public import Autodiff
import Tensors
import func Glibc.pow

/// Shampoo: a matrix's gradient between the inverse roots of its row and column second moments.
/// L ← L + GGᵀ, R ← R + GᵀG from εI, w ← w − η L^−¼ G R^−¼. Gupta, Koren & Singer 2018, arXiv:1802.09568.
///
/// Filters are matrices of one row each. A side longer than `largest` has no preconditioner; the other's root is then
/// the inverse square root. Vectors step by AdaGrad's diagonal, s ← s + g², w ← w − η g/√(s+ε). Roots are computed in
/// Double, every so many steps.
public struct Shampoo: RefreshedRule {
  public var learningRate: Double
  public var epsilon: Double
  /// Steps between new roots.
  public var every: Int
  /// The longest side that has a preconditioner.
  public var largest: Int
  public var weightDecay: Double

  public init(
    learningRate: Double = 0.1, epsilon: Double = 1e-6, every: Int = 1, largest: Int = 10_000, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    self.epsilon = epsilon
    self.every = every
    self.largest = largest
    self.weightDecay = weightDecay
  }

  /// For each preconditioned side its second moment without εI and its inverse root.
  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    guard slice.matrixShape != nil else { return [StateArray(slice.shape)] }
    return slice.sides(upTo: largest).flatMap { side in
      [StateArray([side.length, side.length]), StateArray([side.length, side.length])]
    }
  }

  public func observe(_ g: Value, _ state: [Value], of slice: ParameterLayout.Slice) -> [Value?] {
    guard let matrix = slice.matrixShape else { return [state[0] + g.squared] }
    let gradient = g.reshaped(matrix)
    return slice.sides(upTo: largest).enumerated().flatMap { index, side in
      [state[2 * index] + side.secondMoment(of: gradient), nil]
    }
  }

  public func isDue(step: Int) -> Bool { (step - 1) % every == 0 }

  public func refresh(_ arrays: inout [[Double]], of slice: ParameterLayout.Slice, step: Int) {
    let sides = slice.sides(upTo: largest)
    for (index, side) in sides.enumerated() {
      let moment = Matrix(rows: side.length, columns: side.length, arrays[2 * index])
      guard let (values, vectors) = moment.symmetricEigen() else { continue }
      // V Λ^(−1/2k) Vᵀ; εI joins here, where it keeps directions without gradient from growing without bound.
      var scaled = vectors
      let powers = values.map { pow(max($0, 0) + epsilon, -0.5 / Double(sides.count)) }
      for row in 0..<side.length { for column in 0..<side.length { scaled[row, column] *= powers[column] } }
      arrays[2 * index + 1] = scaled.product(vectors.transposed).elements
    }
  }

  public func scalars(step: Int, learningRate: Double) -> [Double] { [learningRate, 1 - learningRate * weightDecay] }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    let kept = weightDecay == 0 ? w : w * scalars[1]
    guard let matrix = slice.matrixShape else {
      return (kept - scalars[0] * g / (state[0] + epsilon).squareRoot, state)
    }
    var direction = g.reshaped(matrix)
    for (index, side) in slice.sides(upTo: largest).enumerated() {
      direction = side.applied(state[2 * index + 1], to: direction)
    }
    return (kept - scalars[0] * direction.reshaped(slice.shape), state)
  }
}

/// The rows or the columns of a matrix.
struct Side {
  var isRows: Bool
  var length: Int

  /// GGᵀ for rows, GᵀG for columns.
  func secondMoment(of gradient: Value) -> Value {
    isRows ? gradient.product(gradient.transposed) : gradient.transposed.product(gradient)
  }

  /// Q·X for rows, X·Qᵀ for columns: out of the basis of Q's columns.
  func applied(_ q: Value, to x: Value) -> Value { isRows ? q.product(x) : x.product(q.transposed) }
  /// Qᵀ·X for rows, X·Q for columns: into the basis of Q's columns.
  func appliedInverse(_ q: Value, to x: Value) -> Value { isRows ? q.transposed.product(x) : x.product(q) }
}

extension ParameterLayout.Slice {
  /// The sides of the slice's matrix that are not longer than `largest`, rows first.
  func sides(upTo largest: Int) -> [Side] {
    guard let matrix = matrixShape else { return [] }
    return [Side(isRows: true, length: matrix[0]), Side(isRows: false, length: matrix[1])].filter {
      $0.length <= largest
    }
  }
}
