public import Tensors

/// A rule of which it is known how much curvature it stands: on a quadratic whose Hessian, divided by the rule's
/// preconditioner, has an eigenvalue beyond the limit, steps along that eigenvector grow.
///
/// At the limit the slowest factor of the linear recurrence of point and velocity is −1. Cohen et al. 2021,
/// arXiv:2103.00065; Cohen et al. 2022, arXiv:2207.14484.
public protocol StabilityEdge: Rule {
  /// The limit with this learning rate; NaN where nothing is known of it.
  func curvatureLimit(learningRate: Double) -> Double
  /// What the rule divides gradients by, one number a parameter; `nil` for a rule that leaves them as they are.
  func preconditioner<Element: Scalar>(in state: OptimizerState<Element>) -> [Double]?
}

extension StabilityEdge {
  public func preconditioner<Element: Scalar>(in state: OptimizerState<Element>) -> [Double]? { nil }
}

extension SGD: StabilityEdge {
  /// 2(1+μ) / (η(1−d)) for heavy balls with dampening d (the average has d = μ), 2(1+μ) / (η(1+μ+μ(1−d))) for Nesterov's;
  /// less what weight decay adds to the curvature.
  public func curvatureLimit(learningRate: Double) -> Double {
    guard !maximize else { return .nan }
    let taken = momentum == 0 ? 1 : convention == .ema ? 1 - momentum : 1 - dampening
    let strength = nesterov ? 1 + momentum + momentum * taken : taken
    return 2 * (1 + momentum) / (learningRate * strength) - weightDecay
  }
}

extension Adam: StabilityEdge {
  /// 2(1+β₁) / (η(1−β₁)), 38/η with the usual β₁; decoupled decay λ makes it (2−ηλ)(1+β₁) / (η(1−β₁)).
  public func curvatureLimit(learningRate: Double) -> Double {
    guard weightDecay == 0 || isDecoupled else { return .nan }
    return (2 - learningRate * weightDecay) * (1 + beta1) / (learningRate * (1 - beta1))
  }

  /// (1 − β₁ᵗ)(√v̂ + ε), as the steps so far have left it.
  public func preconditioner<Element: Scalar>(in state: OptimizerState<Element>) -> [Double]? {
    guard state.steps > 0 else { return nil }
    let count = state.vectors.count / stateVectors.count
    let first = (stateVectors.count - 1) * count
    let correction = 1 - power(beta2, state.steps)
    return (first..<first + count).map { index in
      (1 - power(beta1, state.steps)) * ((Double(state.vectors[index]) / correction).squareRoot() + epsilon)
    }
  }
}
