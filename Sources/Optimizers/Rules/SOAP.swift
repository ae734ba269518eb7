public import Autodiff
import Tensors

/// SOAP: Adam in the eigenbasis of Shampoo's second moments. Vyas et al. 2024, arXiv:2409.11321.
///
/// L, R are averages (β₂) of GGᵀ, GᵀG with eigenvectors Q_L, Q_R; G′ = Q_Lᵀ G Q_R, m and v are Adam's moments of G′, and
/// w ← (1−ηλ)w − η Q_L (m̂/(√v̂+ε)) Q_Rᵀ. The first step only looks at the gradient. Bases come from an
/// eigen-decomposition at first and then, every `every` steps, from one power step and a QR decomposition, with m turned
/// into the new basis and v put in the order of its eigenvalues. Sides longer than `largest` stay unrotated; vectors
/// step by Adam. Filters are matrices of one row each.
public struct SOAP: RefreshedRule {
  public var learningRate: Double
  public var beta1: Double
  public var beta2: Double
  public var epsilon: Double
  public var weightDecay: Double
  /// Steps between new bases.
  public var every: Int
  /// The longest side that is rotated.
  public var largest: Int

  public init(
    learningRate: Double = 0.003, beta1: Double = 0.95, beta2: Double = 0.95, epsilon: Double = 1e-8,
    weightDecay: Double = 0.01, every: Int = 10, largest: Int = 10_000
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.every = every
    self.largest = largest
  }

  /// m and v, then for each rotated side its second moment and its basis, which is 0 until there is one.
  public func memory(of slice: ParameterLayout.Slice, in layout: ParameterLayout) -> [StateArray] {
    let shape = slice.matrixShape ?? slice.shape
    return [StateArray(shape), StateArray(shape)]
      + slice.sides(upTo: largest).flatMap { side in
        [StateArray([side.length, side.length]), StateArray([side.length, side.length])]
      }
  }

  public func observe(_ g: Value, _ state: [Value], of slice: ParameterLayout.Slice) -> [Value?] { [] }

  /// What the last step's second moments call for.
  public func isDue(step: Int) -> Bool { step >= 2 && (step - 2) % every == 0 }

  public func refresh(_ arrays: inout [[Double]], of slice: ParameterLayout.Slice, step: Int) {
    guard let shape = slice.matrixShape else { return }
    var m = Matrix(rows: shape[0], columns: shape[1], arrays[0])
    var v = Matrix(rows: shape[0], columns: shape[1], arrays[1])
    for (index, side) in slice.sides(upTo: largest).enumerated() {
      let moment = Matrix(rows: side.length, columns: side.length, arrays[2 + 2 * index])
      let old = Matrix(rows: side.length, columns: side.length, arrays[3 + 2 * index])
      guard let (basis, order) = step == 2 ? eigenbasis(of: moment) : improved(old, for: moment) else { continue }
      arrays[3 + 2 * index] = basis.elements
      // Before the first basis there is nothing to turn.
      guard step > 2 else { continue }
      let turn = old.transposed.product(basis)
      if side.isRows {
        m = turn.transposed.product(m)
        v = v.rows(order)
      } else {
        m = m.product(turn)
        v = v.transposed.rows(order).transposed
      }
    }
    (arrays[0], arrays[1]) = (m.elements, v.elements)
  }

  /// Eigenvectors, largest eigenvalue first.
  private func eigenbasis(of moment: Matrix) -> (basis: Matrix, order: [Int])? {
    guard let (_, vectors) = moment.symmetricEigen() else { return nil }
    return (vectors.transposed.rows((0..<moment.rows).reversed()).transposed, Array(0..<moment.rows))
  }

  /// One power step from the old basis, its vectors in the order of their estimated eigenvalues.
  private func improved(_ basis: Matrix, for moment: Matrix) -> (basis: Matrix, order: [Int])? {
    guard moment.elements.allSatisfy(\.isFinite) else { return nil }
    let image = moment.product(basis)
    let values = (0..<moment.rows).map { column in
      (0..<moment.rows).reduce(0) { $0 + basis[$1, column] * image[$1, column] }
    }
    let order = values.indices.sorted { values[$0] == values[$1] ? $0 < $1 : values[$0] > values[$1] }
    return (image.transposed.rows(order).transposed.orthonormalFactor().q, order)
  }

  /// Rate, the new gradient's shares in both moments, their corrections, what decay leaves: the first step's change
  /// nothing.
  public func scalars(step: Int, learningRate: Double) -> [Double] {
    guard step > 1 else { return [0, 0, 0, 1, 1, 1] }
    return [
      learningRate, 1 - beta1, 1 - beta2, 1 / (1 - power(beta1, step - 1)),
      1 / (1 - power(beta2, step - 1)).squareRoot(), 1 - learningRate * weightDecay,
    ]
  }

  public func update(
    _ w: Value, _ g: Value, _ state: [Value], _ scalars: [Value], of slice: ParameterLayout.Slice,
    in layout: ParameterLayout
  ) -> (w: Value, state: [Value]) {
    let sides = slice.sides(upTo: largest)
    let gradient = slice.matrixShape.map { g.reshaped($0) } ?? g
    var rotated = gradient
    for (index, side) in sides.enumerated() { rotated = side.appliedInverse(state[3 + 2 * index], to: rotated) }
    let m = state[0] + scalars[1] * (rotated - state[0])
    let v = state[1] + scalars[2] * (rotated.squared - state[1])
    var direction = m * scalars[3] / (v.squareRoot * scalars[4] + epsilon)
    for (index, side) in sides.enumerated() { direction = side.applied(state[3 + 2 * index], to: direction) }
    // The first gradient counts whole in its share; the bases are only read here.
    let moments = sides.enumerated().flatMap { index, side -> [Value] in
      let old = state[2 + 2 * index]
      return [old + (1 - beta2) * (side.secondMoment(of: gradient) - old), state[3 + 2 * index]]
    }
    let kept = weightDecay == 0 ? w : w * scalars[5]
    return (kept - scalars[0] * direction.reshaped(slice.shape), [m, v] + moments)
  }
}

extension Matrix {
  /// The rows with these numbers, in this order.
  fileprivate func rows(_ numbers: some Sequence<Int>) -> Matrix {
    var elements: [Double] = []
    elements.reserveCapacity(self.elements.count)
    for row in numbers { elements += self.elements[row * columns..<(row + 1) * columns] }
    return Matrix(rows: elements.count / max(1, columns), columns: columns, elements)
  }
}
