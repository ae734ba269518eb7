public import Autodiff
public import Tensors

/// The matrices that are called the curvature of a loss, by name.
///
/// Only the first is the second derivative; all but it and its diagonal are positive semidefinite and so say nothing of
/// saddles: a negative eigenvalue takes the Hessian.
public enum Curvature: String, Hashable, Sendable, CaseIterable {
  case hessian
  case gaussNewton = "gauss-newton"
  /// With labels drawn from the model.
  case fisher
  /// With the labels of the data, in place of the model's.
  case empiricalFisher = "empirical-fisher"
  /// Kronecker-factored Fisher matrix, labels summed over.
  case kroneckerFactored = "k-fac"
  /// The Hessian's.
  case diagonal

  /// Whether no eigenvalue can be negative, given a loss that is convex in the outputs.
  public var isPositive: Bool { self != .hessian && self != .diagonal }

  /// Whether it takes a loss of a model's outputs.
  public var needsOutputs: Bool { isPositive }

  /// The operator at a point; see `LinearOperator.hessian(of:at:)` for what the objective promises.
  ///
  /// - Parameters:
  ///   - draws: labels that `fisher` draws for each sample.
  ///   - probes: products that estimate the diagonal (Hutchinson); `nil` for the exact one, by as many products as there are
  ///     parameters.
  /// - Throws: `LandscapeError` where the objective is no loss of a model's outputs but has to be, or as the operators do.
  public func linear<Element: Scalar>(
    of objective: any Objective<Element>, at point: Vector<Element>, draws: Int = 1, probes: Int? = nil,
    book: UInt64 = 0, run: UInt64 = 0
  ) throws -> LinearOperator<Element> {
    func model() throws -> any OutputObjective<Element> {
      guard let model = objective.withOutputs else {
        throw LandscapeError(
          "\(rawValue) is made from a model's outputs, and the objective has none",
          hints: Curvature.allCases.filter { !$0.needsOutputs }.map(\.rawValue))
      }
      return model
    }
    switch self {
    case .hessian: return .hessian(of: objective, at: point)
    case .gaussNewton: return .gaussNewton(of: try model(), at: point)
    case .fisher: return try .fisher(of: model(), at: point, labels: .drawn(draws), book: book, run: run)
    case .empiricalFisher: return try .fisher(of: model(), at: point, labels: .given)
    case .kroneckerFactored: return try KroneckerFactors(of: model(), at: point).linear()
    case .diagonal:
      let hessian = LinearOperator<Element>.hessian(of: objective, at: point)
      return LinearOperator(
        diagonal: try probes.map { try hutchinsonDiagonal(of: hessian, probes: $0, book: book, run: run) }
          ?? hessian.diagonal())
    }
  }
}
