import Tensors

@testable import Datasets

extension Samples {
  /// All inputs, as a network would see them.
  var floats: [Float] { inputs.vector(Float.self).array }
  var doubles: [Double] { inputs.vector(Double.self).array }
  var labels: [Int32] { if case .labels(let labels) = targets { labels } else { [] } }
  var values: [Double] { if case .values(let values) = targets { values } else { [] } }
}
