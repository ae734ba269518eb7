import Autodiff
import Tensors
import Testing

/// Outputs of some parameters and `[samples, 3]` of data; the value is a mean of squares.
private func objective(
  _ slices: [(String, Shape, ParameterLayout.Role)], _ outputs: @escaping @Sendable ([Value], Value) -> Value
) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  for (name, shape, role) in slices { layout.append(name, shape, role: role, layer: 1) }
  let function = TracedFunction(
    layout: layout, data: { [[$0, 3]] },
    body: { arguments in
      let outputs = outputs(arguments.parameters, arguments.data[0])
      return TracedFunction.Result(value: outputs.squared.mean(), outputs: outputs)
    })
  let objective = TracedObjective<Double>(function)
  objective.set([Vector([1, 2, 3, -1, 0, 1])], samples: 2)
  return objective
}

struct LinearLayersTests {
  private let matrix: [(String, Shape, ParameterLayout.Role)] = [("w", [2, 3], .weight), ("b", [2], .bias)]

  @Test("A product with a transposed weight is a linear layer; what is added to each of its rows is its bias")
  func linear() {
    let model = objective(matrix) { $1.product($0[0].transposed) + $0[1] }
    let layer = model.linearLayers[0]
    #expect(model.linearLayers.count == 1)
    #expect(layer.weight.name == "w" && layer.bias?.name == "b")
    #expect(layer.rows == 2 && layer.inputs == 4 && layer.units == 2)
    let plain = objective(matrix) { $1.product($0[0].transposed).tanh + $0[1] }
    #expect(plain.linearLayers.map(\.bias) == [nil] && plain.linearLayers[0].inputs == 3)
  }

  @Test("Weights that are read twice, divided by something or multiplied with as they are make no layer")
  func others() {
    let twice = objective([("w", [3, 3], .weight)]) { $1.product($0[0].transposed).tanh.product($0[0].transposed) }
    let scaled = objective([("w", [3, 3], .weight)]) { $1.product(($0[0] / 2).transposed) }
    let straight = objective([("w", [3, 3], .weight)]) { $1.product($0[0]) }
    let left = objective([("w", [3, 2], .weight)]) { $0[0].transposed.product($1.transposed) }
    let table = objective([("w", [3, 3], .embedding)]) { $1.product($0[0].transposed) }
    for model in [twice, scaled, straight, left, table] { #expect(model.linearLayers.isEmpty) }
    // A bias that two layers share is neither's.
    let shared = objective([("v", [3, 3], .weight), ("b", [3], .bias), ("w", [3, 3], .weight)]) { p, x in
      (x.product(p[0].transposed) + p[1]).tanh.product(p[2].transposed) + p[1]
    }
    #expect(shared.linearLayers.map(\.weight.name) == ["v", "w"] && shared.linearLayers.allSatisfy { $0.bias == nil })
  }

  @Test("Moments are the mean of āāᵀ over rows and the sum of ggᵀ of the derivatives")
  func moments() {
    let model = objective(matrix) { ($1.product($0[0].transposed) + $0[1]).squared }
    let point = Vector<Double>([1, 0, -1, 0.5, 0.5, 0, 1, -1])
    var moments = Vector<Double>(zeros: 16 + 4)
    model.layerMoments(at: point, with: Vector([1, 2, 3, 4]), into: &moments, samePoint: false)
    let rows: [[Double]] = [[1, 2, 3, 1], [-1, 0, 1, 1]]
    for i in 0..<4 {
      for j in 0..<4 { #expect(moments[i * 4 + j] == (rows[0][i] * rows[0][j] + rows[1][i] * rows[1][j]) / 2) }
    }
    // The sums are (−1, 0.5) and (−1, −1.5); their squares' slopes along the direction 2·sum·direction.
    let slopes: [[Double]] = [[2 * -1 * 1, 2 * 0.5 * 2], [2 * -1 * 3, 2 * -1.5 * 4]]
    for i in 0..<2 {
      for j in 0..<2 {
        #expect(moments[16 + i * 2 + j] == slopes[0][i] * slopes[0][j] + slopes[1][i] * slopes[1][j])
      }
    }
    // At the same point only the second changes, and the first stays.
    var again = moments
    model.layerMoments(at: point, with: Vector([2, 4, 6, 8]), into: &again, samePoint: true)
    for i in 0..<20 { #expect(again[i] == (i < 16 ? 1 : 4) * moments[i]) }
  }

  @Test("A convolution is the linear layer of what its window sees, in the order of its filters")
  func convolution() {
    let window = Window(2, stride: 1, padding: 0)
    var layout = ParameterLayout()
    layout.append("w", [1, 2, 2, 2], role: .weight, layer: 1)
    let function = TracedFunction(
      layout: layout, data: { [[$0, 2, 3, 2]] },
      body: { arguments in
        let seen = arguments.data[0].convolution(arguments.parameters[0].transposed([0, 2, 3, 1]), window)
        let outputs = seen.reshaped([arguments.data[0].shape[0], 2])
        return TracedFunction.Result(value: outputs.mean(), outputs: outputs)
      })
    let model = TracedObjective<Double>(function)
    let pixels = (0..<12).map { Double($0 * $0 % 7) }
    model.set([Vector(pixels)], samples: 1)
    let layer = model.linearLayers[0]
    #expect(layer.rows == 2 && layer.inputs == 8 && layer.units == 1)
    var moments = Vector<Double>(zeros: 65)
    model.layerMoments(at: Vector(zeros: 8), with: Vector([1, 3]), into: &moments, samePoint: false)
    func seen(_ place: Int, _ i: Int) -> Double {
      let (channel, y, x) = (i / 4, i / 2 % 2, i % 2)
      return pixels[(y * 3 + x + place) * 2 + channel]
    }
    for i in 0..<8 {
      for j in 0..<8 { #expect(moments[i * 8 + j] == (seen(0, i) * seen(0, j) + seen(1, i) * seen(1, j)) / 2) }
    }
    #expect(moments[64] == 10)
  }
}
