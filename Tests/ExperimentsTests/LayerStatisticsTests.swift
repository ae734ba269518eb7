import Autodiff
import Fixtures
import Tables
import Tensors
import Testing

@testable import Experiments

private struct Reference: Decodable {
  struct Tensor: Decodable {
    var name: String
    var shape: [Int]
    var values: [Double]
    var mean: Double
    var deviation: Double
    var norm: Double
  }
  var tensors: [Tensor]
}

struct LayerStatisticsTests {
  @Test("Each tensor's mean, deviation and length are NumPy's, and `runs` shows the means over tensors")
  func statistics() throws {
    let tensors = try fixture("weight-statistics", as: Reference.self).tensors
    var layout = ParameterLayout()
    var values: [Double] = []
    for (index, tensor) in tensors.enumerated() {
      layout.append(tensor.name, Shape(tensor.shape), role: .weight, layer: index + 1)
      values += tensor.values
      // No part of any tensor.
      layout.append("\(tensor.name).bias", [2], role: .bias, layer: index + 1)
      values += [100, -50]
    }
    let statistics = LayerStatistics(values, layout, measures: [])
    #expect(statistics.rows.map(\.slice.name) == tensors.map(\.name))
    for (row, wanted) in zip(statistics.rows, tensors) {
      #expect(abs(row.mean - wanted.mean) < 1e-14)
      #expect(abs(row.deviation - wanted.deviation) < 1e-14)
      #expect(abs(row.norm - wanted.norm) < 1e-14)
      #expect(row.slice.shape.lengths == wanted.shape)
    }
    guard case .number(let mean)? = statistics.meanValues()["weight-deviation"] else {
      Issue.record("no mean")
      return
    }
    #expect(abs(mean - tensors.reduce(0) { $0 + $1.deviation } / 3) < 1e-14)
  }
}
