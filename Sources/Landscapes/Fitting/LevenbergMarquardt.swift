public import Tensors

/// The parameters of a model that make the sum of squared residuals least, by damped Gauss–Newton steps.
///
/// A step solves (JᵀJ + λ diag JᵀJ) δ = −Jᵀr; λ follows how well the quadratic model predicted the decrease. J is
/// analytic: no differences are taken.
///
/// Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", 1963; Moré 1978 (scaling); Nielsen
/// 1999 (damping).
public struct LeastSquaresFit: Hashable, Sendable {
  public var parameters: [Double]
  /// Data minus model at the parameters.
  public var residuals: [Double]
  /// Whether a step or the gradient became negligible before the steps ran out.
  public var converged: Bool
  public var steps: Int
  /// (JᵀJ)⁻¹ · Σr²/(m − n), the parameters' estimated covariances; `nil` where JᵀJ is singular or m = n.
  public var covariance: Matrix?

  public var squaredResiduals: Double { squares(residuals) }

  /// 1 − Σr² / Σ(data − mean)²: the share of the data's variance that the model accounts for.
  public func determination(of data: [Double]) -> Double {
    let mean = data.reduce(0, +) / Double(max(1, data.count))
    let total = data.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return total > 0 ? 1 - squaredResiduals / total : squaredResiduals == 0 ? 1 : 0
  }
}

/// Fits a model to data.
///
/// - Parameters:
///   - data: the m numbers to be met.
///   - start: the n parameters to start from.
///   - model: at the given parameters writes the m values and the m × n derivatives (row-major) of the model.
/// - Throws: `LandscapeError` for fewer data than parameters, or a start where the model is not finite.
public func leastSquares(
  _ data: [Double], from start: [Double], maximumSteps: Int = 500,
  model: (_ parameters: [Double], _ values: inout [Double], _ derivatives: inout [Double]) -> Void
) throws -> LeastSquaresFit {
  let (m, n) = (data.count, start.count)
  guard m >= n else {
    throw LandscapeError("\(n) parameters cannot be fitted to \(m) data", hints: ["\(n) or more data"])
  }
  var values = [Double](repeating: 0, count: m)
  var jacobian = [Double](repeating: 0, count: m * n)
  model(start, &values, &jacobian)
  var parameters = start
  var residuals = zip(data, values).map { $0 - $1 }
  guard residuals.allSatisfy(\.isFinite), jacobian.allSatisfy(\.isFinite) else {
    throw LandscapeError("the model is not finite at the start of the fit, \(start), or the data are not")
  }
  var cost = squares(residuals)
  var normal = NormalEquations(jacobian, residuals, count: n)
  var damping = 1e-3
  var growth = 2.0
  var converged = false
  var steps = 0
  while steps < maximumSteps, !converged {
    steps += 1
    guard let step = normal.step(damping: damping) else {
      damping *= growth
      growth *= 2
      continue
    }
    let trial = zip(parameters, step).map { $0 + $1 }
    model(trial, &values, &jacobian)
    let trialResiduals = zip(data, values).map { $0 - $1 }
    let trialCost = squares(trialResiduals)
    let length = squares(step).squareRoot()
    let negligible = length <= 1e-14 * (squares(parameters).squareRoot() + 1e-14)
    if trialCost.isFinite, jacobian.allSatisfy(\.isFinite), trialCost <= cost {
      let predicted = normal.predictedDecrease(step, damping: damping)
      let quality = predicted > 0 ? (cost - trialCost) / predicted : 0
      converged = negligible || cost - trialCost <= 1e-16 * cost && predicted <= 1e-16 * cost
      parameters = trial
      residuals = trialResiduals
      cost = trialCost
      normal = NormalEquations(jacobian, residuals, count: n)
      let cube = 2 * quality - 1
      damping *= max(1 / 3, 1 - cube * cube * cube)
      growth = 2
    } else {
      converged = negligible
      damping *= growth
      growth *= 2
    }
  }
  let spread = m > n ? cost / Double(m - n) : 0
  return LeastSquaresFit(
    parameters: parameters, residuals: residuals, converged: converged, steps: steps,
    covariance: m > n ? normal.inverse(times: spread) : nil)
}

/// JᵀJ and Jᵀr.
private struct NormalEquations {
  let n: Int
  var products: Matrix
  var slope: [Double]

  init(_ jacobian: [Double], _ residuals: [Double], count n: Int) {
    self.n = n
    let j = Matrix(rows: residuals.count, columns: n, jacobian)
    products = j.times(j, transposed: true)
    slope = j.times(Matrix(rows: residuals.count, columns: 1, residuals), transposed: true).elements
  }

  private func scale(_ i: Int) -> Double { max(products[i, i], .leastNormalMagnitude) }

  func step(damping: Double) -> [Double]? {
    var damped = products
    for i in 0..<n { damped[i, i] += damping * scale(i) }
    return Cholesky(damped)?.solve(slope)
  }

  /// How much Σr² falls if the model is linear.
  func predictedDecrease(_ step: [Double], damping: Double) -> Double {
    (0..<n).reduce(0) { $0 + step[$1] * (slope[$1] + damping * scale($1) * step[$1]) }
  }

  func inverse(times factor: Double) -> Matrix? {
    guard let cholesky = Cholesky(products) else { return nil }
    var result = products
    for column in 0..<n {
      var unit = [Double](repeating: 0, count: n)
      unit[column] = factor
      for (row, value) in cholesky.solve(unit).enumerated() { result[row, column] = value }
    }
    return result
  }
}
