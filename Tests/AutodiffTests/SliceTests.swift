@testable import Autodiff
import Tensors
import Testing

struct SliceTests {
  private static func layout() -> ParameterLayout {
    var layout = ParameterLayout()
    layout.append("w", [3, 2], role: .weight, fanIn: 2, fanOut: 3, layer: 1)
    layout.append("b", [3], role: .bias, layer: 1)
    layout.append("v", [1, 3], role: .weight, fanIn: 3, fanOut: 1, layer: 2)
    return layout
  }
  private static func buffers() -> ParameterLayout {
    var layout = ParameterLayout()
    layout.append("m", [3], role: .mean, layer: 1)
    return layout
  }
  /// Mean of (v·tanh(Wx + b − m) − y)².
  private static let function = TracedFunction(
    layout: layout(), buffers: buffers(), data: { [[$0, 2], [$0, 1]] }
  ) { a in
    let hidden = (a.data[0].product(a.parameters[0].transposed) + a.parameters[1] - a.buffers[0]).tanh
    let error = (hidden.product(a.parameters[2].transposed) - a.data[1]).squared
    return .init(value: error.mean(), measures: [error.sum()])
  }
  private let point = Vector<Double>((0..<12).map { 0.3 * Double($0) - 1.5 })
  private let first = Vector<Double>((0..<12).map { 0.1 * Double($0 % 5) - 0.2 })
  private let second = Vector<Double>((0..<12).map { Double(($0 * 7) % 4) - 1 })
  private let data = [Vector<Double>([1, 2, -1, 0.5, 0.25, -2, 0.4, 0.3]), Vector<Double>([0.5, 1, -1, 2])]

  private func point(at x: Double, _ y: Double) -> Vector<Double> {
    var result = point
    result.add(x, times: first)
    result.add(y, times: second)
    return result
  }

  @Test("A slice has the function's values, and its derivatives along the directions")
  func values() {
    let buffers = Vector<Double>([0.1, -0.2, 0.3])
    let whole = TracedObjective<Double>(Self.function, buffers: buffers)
    whole.set(data, samples: 4)
    let slice = TracedObjective<Double>(Self.function.sliced(dimensions: 2), buffers: buffers)
    slice.set(data + [point, first, second], samples: 4)
    var gradient = Vector<Double>(zeros: 12)
    var along = Vector<Double>(zeros: 2)
    for (x, y) in [(0.0, 0.0), (0.5, -1), (-2, 0.25)] {
      let value = whole.gradient(at: point(at: x, y), into: &gradient)
      #expect(abs(slice.gradient(at: Vector([x, y]), into: &along) - value) < 1e-14 * value)
      #expect(abs(along[0] - gradient.dot(first)) < 1e-12 && abs(along[1] - gradient.dot(second)) < 1e-12)
      #expect(abs(along[0]) > 1e-3)
    }
  }

  @Test("Running statistics move along when they are to")
  func buffers() {
    let start = Vector<Double>([0.1, -0.2, 0.3])
    let step = Vector<Double>([1, 0.5, -1])
    let slice = TracedObjective<Double>(Self.function.sliced(dimensions: 1, movesBuffers: true))
    slice.set(data + [point, first, start, step], samples: 4)
    var moved = start
    moved.add(0.5, times: step)
    let whole = TracedObjective<Double>(Self.function, buffers: moved)
    whole.set(data, samples: 4)
    #expect(abs(slice.value(at: Vector([0.5])) - whole.value(at: point(at: 0.5, 0))) < 1e-14)
  }

  @Test("What data and first layer make is computed once for many points, and no product with the data is left")
  func hoisting() {
    func products(_ function: TracedFunction) -> [Bool] {
      let trace = Trace()
      let inputs = function.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
      let shapes = function.data(4)
      let result = function.body(
        .init(
          parameters: inputs, data: shapes.enumerated().map { trace.input(slot: 7 + $0, shape: $1) },
          buffers: function.buffers.slices.map { trace.input(slot: 5, offset: $0.offset, shape: $0.shape) }))
      // Of each product: whether it changes with the parameters.
      func changes(_ id: Int) -> Bool {
        if case .input(slot: 1, _) = trace.nodes[id].primitive { return true }
        return trace.nodes[id].inputs.contains { changes($0) }
      }
      _ = result
      return trace.nodes.indices.filter { trace.nodes[$0].primitive == .product }.map { changes($0) }
    }
    #expect(products(Self.function) == [true, true])
    // Three with the data, of the point and each direction; then the second layer.
    #expect(products(Self.function.sliced(dimensions: 2)) == [false, false, false, true])
  }
}
