import Autodiff
import Tensors

extension Initializer {
  /// Training residual networks without normalization: with L branches of m weight layers each, the layers of a branch
  /// start as He's scaled by L^(−1/(2m−2)), its last one and the classifier at 0, so every branch starts as nothing and
  /// a step changes the output by an amount that does not depend on L. Zhang, Dauphin & Ma 2019, arXiv:1901.09321.
  ///
  /// A branch of a single layer starts at 0.
  public static let fixup = Initializer.kaiming(.normal, slope: 0, fan: .fanIn).followed(
    refusing: needsBranches("fixup")
  ) { parameters, setting in
    for slice in setting.model.layout.weights {
      scale(&parameters, slice, by: fixupFactor(slice))
    }
  }

  /// What a Fixup weight is scaled by.
  static func fixupFactor(_ slice: Slice) -> Double {
    guard let branch = slice.branch else { return slice.location == .output ? 0 : 1 }
    guard branch.layer < branch.length else { return 0 }
    return exponential(-logarithm(Double(branch.count)) / Double(2 * branch.length - 2))
  }

  /// Another recipe's weights, and every residual branch multiplied by a number that starts at 0: the network starts as
  /// its skips alone. ReZero (Bachlechner et al. 2020, arXiv:2003.04887); SkipInit (De & Smith 2020, arXiv:2002.10444).
  public func zeroBranches() -> Initializer {
    followed(refusing: { model in
      model.layout.slices.contains { $0.role == .multiplier }
        ? nil : "zero-branches needs residual branches with a learned multiplier, and this model has none"
    }) { parameters, setting in
      for slice in setting.model.layout.slices where slice.role == .multiplier {
        for index in slice.range { parameters[index] = 0 }
      }
    }
  }

  private static func needsBranches(_ name: String) -> @Sendable (Model) -> String? {
    { model in
      model.layout.weights.contains { $0.branch != nil }
        ? nil : "\(name) is for networks with residual branches, and this model has none"
    }
  }

  private static func scale(_ parameters: inout [Double], _ slice: Slice, by factor: Double) {
    for index in slice.range { parameters[index] *= factor }
  }
}
