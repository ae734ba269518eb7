public import Autodiff
import Tensors

/// Which weights of a network stay when the least important ones become 0.
public struct PruningMask: Sendable, Hashable {
  /// One for each parameter; only weights are ever left out.
  public let keeps: [Bool]

  /// - Parameters:
  ///   - importance: of each parameter; among equals the first is left out.
  ///   - sparsities: the share that is left out of each group of layers by depth, as many groups as there are numbers;
  ///     weights of a group are ranked together.
  /// - Precondition: there are no more groups than weights.
  public init(importance: [Double], layout: ParameterLayout, sparsities: [Double]) {
    var keeps = [Bool](repeating: true, count: layout.count)
    for (group, sparsity) in zip(layout.weightsByDepth(sparsities.count), sparsities) {
      let indices = group.flatMap { Array($0.range) }
      let count = Int((sparsity * Double(indices.count)).rounded())
      let ranked = indices.sorted { (importance[$0], $0) < (importance[$1], $1) }
      for index in ranked.prefix(count) { keeps[index] = false }
    }
    self.keeps = keeps
  }

  public func apply(to parameters: inout [Double]) {
    for index in parameters.indices where !keeps[index] { parameters[index] = 0 }
  }

  /// How many numbers of a slice are left out.
  public func count(leftOutOf slice: ParameterLayout.Slice) -> Int { keeps[slice.range].count { !$0 } }
}

extension ParameterLayout {
  /// The weights in so many groups from the input up, as equal in number of layers as can be.
  public func weightsByDepth(_ groups: Int) -> [[Slice]] {
    let weights = weights
    precondition(1...weights.count ~= groups, "\(groups) groups of \(weights.count) weights")
    return (0..<groups).map { group in
      Array(weights[group * weights.count / groups..<(group + 1) * weights.count / groups])
    }
  }
}
