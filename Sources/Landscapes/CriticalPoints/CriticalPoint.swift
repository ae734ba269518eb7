public import Autodiff
internal import Tensors

/// Where a search for a critical point ended.
public struct CriticalPoint: Hashable, Sendable {
  public var point: [Double]
  public var loss: Double
  /// ‖∇L‖ there.
  public var gradientNorm: Double
  /// ‖H∇L‖/(‖H‖‖∇L‖) there, 0–1: 0 where the gradient lies in the Hessian's kernel, a minimum of ‖∇L‖ that no step of the
  /// search leaves; NaN where the gradient is zero. The relative co-kernel residual of Frye et al. 2021, arXiv:2003.10397.
  public var cokernelResidual: Double
  /// Of the Hessian there, rising; empty where that is not finite.
  public var eigenvalues: [Double]
  /// The largest |eigenvalue| at the start: what is usual for the function.
  public var startingCurvature: Double
  /// Steps taken.
  public var steps: Int
  /// Whether ‖∇L‖ came below the tolerance.
  public var converged: Bool

  public init(
    point: [Double], loss: Double, gradientNorm: Double, cokernelResidual: Double = .nan, eigenvalues: [Double],
    startingCurvature: Double, steps: Int, converged: Bool
  ) {
    self.point = point
    self.loss = loss
    self.gradientNorm = gradientNorm
    self.cokernelResidual = cokernelResidual
    self.eigenvalues = eigenvalues
    self.startingCurvature = startingCurvature
    self.steps = steps
    self.converged = converged
  }
}

extension Objective where Element == Double {
  /// Looks for a critical point near a start, of whatever kind: minimum, saddle or maximum.
  ///
  /// Levenberg–Marquardt on ½‖∇L‖²: in the Hessian's eigenbasis a step is −λg/(λ² + μ), Newton's where λ² ≫ μ and none where
  /// λ = 0, so that singular Hessians do no harm. The damping μ follows how well ∇L + Hδ predicted the new gradient. Every
  /// step takes the whole Hessian and its eigenvectors: for at most some hundred parameters.
  ///
  /// - Parameters:
  ///   - tolerance: the ‖∇L‖ that is sought.
  ///   - isCancelled: asked before every Hessian; the answer then is what was reached.
  ///
  /// Marquardt 1963; Nielsen 1999 (damping); Dauphin et al. 2014, arXiv:1406.2572.
  public func criticalPoint(
    near start: [Double], tolerance: Double = 1e-10, maximumSteps: Int = 200, isCancelled: () -> Bool = { false }
  ) -> CriticalPoint {
    var point = Vector(start)
    var slope = Vector<Double>(zeros: start.count)
    var loss = gradient(at: point, into: &slope)
    var norm = slope.norm
    var found = CriticalPoint(
      point: start, loss: loss, gradientNorm: norm, eigenvalues: [], startingCurvature: .nan, steps: 0,
      converged: false)
    var damping = Double.nan
    var growth = 2.0
    var hasMoved = true
    var eigen: (values: [Double], vectors: Matrix)?
    var coefficients: [Double] = []
    while loss.isFinite, norm.isFinite {
      if hasMoved {
        if isCancelled() { break }
        guard let next = hessianMatrix(at: point).symmetricEigen() else { break }
        eigen = next
        coefficients = next.vectors.times(Matrix(rows: start.count, columns: 1, slope.array), transposed: true).elements
        let largest = next.values.reduce(0) { max($0, abs($1)) }
        if found.steps == 0 {
          found.startingCurvature = largest
          damping = 1e-3 * largest * largest
        }
        found.point = point.array
        found.loss = loss
        found.gradientNorm = norm
        found.eigenvalues = next.values
        found.converged = norm <= tolerance
        // ∇½‖∇L‖² = H∇L vanishes although ∇L does not: no way on.
        let rest = zip(coefficients, next.values).reduce(0) { $0 + $1.0 * $1.0 * $1.1 * $1.1 }.squareRoot()
        found.cokernelResidual = rest / (largest * norm)
        if found.converged || rest <= 1e-12 * largest * norm { break }
      }
      guard found.steps < maximumSteps, let eigen else { break }
      found.steps += 1
      let change = zip(coefficients, eigen.values).map { -$1 * $0 / ($1 * $1 + damping) }
      let step = eigen.vectors.times(Matrix(rows: start.count, columns: 1, change)).elements
      let trial = Vector(zip(found.point, step).map { $0 + $1 })
      let trialLoss = gradient(at: trial, into: &slope)
      let trialNorm = slope.norm
      hasMoved = trialLoss.isFinite && trialNorm < norm
      if hasMoved {
        let left = zip(coefficients, eigen.values).reduce(0) { sum, pair in
          let share = pair.0 * damping / (pair.1 * pair.1 + damping)
          return sum + share * share
        }
        let quality = (norm * norm - trialNorm * trialNorm) / (norm * norm - left)
        point = trial
        loss = trialLoss
        norm = trialNorm
        let cube = 2 * quality - 1
        damping *= quality > 0.9 ? 0.1 : max(1 / 3, 1 - cube * cube * cube)
        growth = 2
      } else {
        damping *= growth
        growth *= 2
        if !damping.isFinite { break }
      }
    }
    return found
  }
}

extension [CriticalPoint] {
  /// The points that differ, in the order in which they were found, each with the places of all that ended there; the one
  /// of smallest gradient stands for them. Two are one when both their losses and their places are near.
  ///
  /// - Parameters:
  ///   - distance: how far apart at most.
  ///   - lossTolerance: how far their losses, over 1 + |loss|.
  public func distinct(within distance: Double, lossTolerance: Double = 1e-6) -> [(point: CriticalPoint, places: [Int])]
  {
    var groups: [(point: CriticalPoint, places: [Int])] = []
    for (place, found) in enumerated() {
      let same = groups.firstIndex { group in
        abs(group.point.loss - found.loss) <= lossTolerance * (1 + abs(found.loss))
          && zip(group.point.point, found.point).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } <= distance * distance
      }
      guard let same else {
        groups.append((found, [place]))
        continue
      }
      groups[same].places.append(place)
      if found.gradientNorm < groups[same].point.gradientNorm { groups[same].point = found }
    }
    return groups
  }

  /// The order by index, then loss, then coordinates, in which points stand whatever start found them first. Losses are
  /// alike up to a millionth, as those of one point are, and so are coordinates: rounding decides nothing.
  ///
  /// - Parameter indices: the share of negative eigenvalues of each point.
  public func order(byIndex indices: [Double]) -> [Int] {
    let rising = self.indices.sorted { self[$0].loss < self[$1].loss }
    var steps = [Int](repeating: 0, count: count)
    for (before, after) in zip(rising, rising.dropFirst()) {
      let isSame = self[after].loss - self[before].loss <= 1e-6 * (1 + abs(self[before].loss))
      steps[after] = steps[before] + (isSame ? 0 : 1)
    }
    let places = map { $0.point.map { ($0 * 1e6).rounded() } }
    return self.indices.sorted { a, b in
      if indices[a] != indices[b] { return indices[a] < indices[b] }
      if steps[a] != steps[b] { return steps[a] < steps[b] }
      return places[a].lexicographicallyPrecedes(places[b])
    }
  }
}
