public import Autodiff
public import Tensors

/// Newton's method with the exact Hessian: w ← w − η(H + δI)⁻¹g. Undamped it solves a quadratic in one step, and goes to
/// whatever critical point is near: a saddle attracts it as a minimum does.
///
/// Saddle-free, |H| in place of H: the step goes down along directions of negative curvature, too. Dauphin et al. 2014,
/// arXiv:1406.2572. In a Krylov subspace of k dimensions only H's action on that subspace of the gradient counts.
///
/// The whole Hessian takes as many products as there are parameters and is decomposed by LAPACK: for small problems.
public struct Newton: Rule {
  public var learningRate: Double
  /// δ, added to every eigenvalue (to its size when saddle-free).
  public var damping: Double
  public var isSaddleFree: Bool
  /// Dimensions of the subspace; `nil` for all.
  public var subspace: Int?

  public init(learningRate: Double = 1, damping: Double = 0, isSaddleFree: Bool = false, subspace: Int? = nil) {
    self.learningRate = learningRate
    self.damping = damping
    self.isSaddleFree = isSaddleFree
    self.subspace = subspace
  }

  public func makeOptimizer<Element: Scalar>(
    for layout: ParameterLayout, precision: Element.Type
  ) -> any Optimizer<Element> { NewtonOptimizer<Element>(self, count: layout.count) }

  public func demands(for layout: ParameterLayout) -> Demands {
    let columns = min(subspace ?? layout.count, layout.count)
    return Demands(matrixBytes: 8 * layout.count * columns)
  }
}

private final class NewtonOptimizer<Element: Scalar>: Optimizer {
  private let rule: Newton
  private var gradient: Vector<Element>

  init(_ rule: Newton, count: Int) {
    self.rule = rule
    gradient = Vector(zeros: count)
  }

  func start(at point: Vector<Element>) -> OptimizerState<Element> { OptimizerState(vectors: Vector(zeros: 0)) }

  func step(
    _ point: inout Vector<Element>, _ state: inout OptimizerState<Element>, on objective: any Objective<Element>,
    rateFactor: Double
  ) -> StepReport {
    let loss = objective.gradient(at: point, into: &gradient)
    state.steps += 1
    let norm = gradient.norm
    let slope = gradient.array.map { Double($0) }
    let basis: Krylov<Element>? = rule.subspace.map { Krylov(objective, at: point, gradient, dimensions: $0) }
    let matrix = basis?.hessian ?? objective.hessianMatrix(at: point)
    let inside = basis.map { $0.coordinates(of: gradient) } ?? slope
    let step = matrix.solution(of: inside) { [rule] in (rule.isSaddleFree ? abs($0) : $0) + rule.damping }
    var change = Vector<Element>(zeros: point.count)
    if let basis { basis.combine(step, into: &change) } else { change.replace(from: 0, with: step.map { Element($0) }) }
    change.scale(by: -learningRate(rateFactor: rateFactor))
    point.add(1, times: change)
    return StepReport(loss: loss, gradientNorm: norm, updateNorm: change.norm)
  }

  func learningRate(rateFactor: Double) -> Double { rule.learningRate * rateFactor }
}

/// An orthonormal basis of the span of g, Hg, H²g, …, and the Hessian in it. Lanczos 1950, with full orthogonalisation.
private struct Krylov<Element: Scalar> {
  private(set) var basis: [Vector<Element>] = []
  private(set) var hessian = Matrix(rows: 0, columns: 0, [])

  init(_ objective: any Objective<Element>, at point: Vector<Element>, _ gradient: Vector<Element>, dimensions: Int) {
    var next = gradient
    var products: [Vector<Element>] = []
    let scale = gradient.norm
    while basis.count < min(dimensions, point.count) {
      // Twice is enough (Kahan).
      for _ in 0..<2 { for known in basis { next.add(-known.dot(next), times: known) } }
      let length = next.norm
      guard length > 1e-6 * (basis.isEmpty ? scale : products[products.count - 1].norm), length > 0 else { break }
      next.scale(by: 1 / length)
      basis.append(next)
      var product = Vector<Element>(zeros: point.count)
      objective.hessianProduct(at: point, with: next, into: &product, samePoint: products.count > 0)
      products.append(product)
      next = product
    }
    let count = basis.count
    hessian = Matrix(rows: count, columns: count, Array(repeating: 0, count: count * count))
    for i in 0..<count {
      for j in 0..<count { hessian[i, j] = (basis[i].dot(products[j]) + basis[j].dot(products[i])) / 2 }
    }
  }

  func coordinates(of vector: Vector<Element>) -> [Double] { basis.map { $0.dot(vector) } }
  func combine(_ coordinates: [Double], into vector: inout Vector<Element>) {
    for (direction, coordinate) in zip(basis, coordinates) { vector.add(coordinate, times: direction) }
  }
}

extension Matrix {
  /// Solves with this symmetric matrix after its eigenvalues went through `change`; directions whose eigenvalue is
  /// nothing beside the largest are left out. All NaN if an element is not finite.
  func solution(of right: [Double], eigenvalues change: (Double) -> Double) -> [Double] {
    guard let (values, vectors) = symmetricEigen() else { return Array(repeating: .nan, count: rows) }
    let changed = values.map(change)
    let largest = changed.reduce(0) { max($0, abs($1)) }
    var weights = [Double](repeating: 0, count: rows)
    for i in 0..<rows { for k in 0..<rows { weights[k] += vectors[i, k] * right[i] } }
    for k in 0..<rows { weights[k] = abs(changed[k]) > 1e-12 * largest ? weights[k] / changed[k] : 0 }
    return (0..<rows).map { i in
      var sum = 0.0
      for k in 0..<rows { sum += vectors[i, k] * weights[k] }
      return sum
    }
  }
}
