import Autodiff
import Tensors
import Testing

/// A function of one parameter vector made of a primitive, kept away from kinks.
struct Case: Sendable, CustomTestStringConvertible {
  var name: String
  var shapes: [Shape]
  var body: @Sendable ([Value]) -> Value
  /// Maps standard uniform numbers to where the function is smooth.
  var place: @Sendable (Double) -> Double = { 2 * $0 - 1 }

  var testDescription: String { name }

  var function: TracedFunction {
    var layout = ParameterLayout()
    for (index, shape) in shapes.enumerated() { layout.append("p\(index)", shape, role: .coordinate, layer: 1) }
    return TracedFunction(layout: layout) { TracedFunction.Result(value: body($0.parameters)) }
  }

  func point(_ index: Int) -> Vector<Double> {
    var stream = Stream(book: 1, run: UInt64(index), purpose: .data(name))
    return Vector(stream.uniforms(function.layout.count, from: 0, to: 1).map(place))
  }
}

/// Weights every element differently, so that no mistake cancels.
private func weighted(_ value: Value) -> Value {
  let weights = (0..<value.shape.count).map { 0.3 + 0.17 * Double($0 % 7) }
  return (value * value.trace.constant(weights, shape: value.shape)).sum()
}

/// Two heads of attention: weights are `[3d, d]` for queries, keys and values.
func attention(_ x: Value, _ weights: Value) -> Value {
  let (n, t, d) = (x.shape[0], x.shape[1], x.shape[2])
  let parts = x.product(weights.transposed).reshaped([n, t, 3, 2, d / 2])
  func heads(_ part: Int) -> Value {
    parts.slice(axis: 2, part..<part + 1).reshaped([n, t, 2, d / 2]).transposed([0, 2, 1, 3])
  }
  let scores = heads(0).product(heads(1).transposed) / Double(d / 2).squareRoot()
  return scores.softmax.product(heads(2)).transposed([0, 2, 1, 3]).reshaped([n, t, d])
}

private let positive: @Sendable (Double) -> Double = { 0.5 + $0 }

private let cases: [Case] = [
  Case(name: "add", shapes: [[3, 4], [4]]) { weighted(($0[0] + $0[1]).tanh) },
  Case(name: "subtract", shapes: [[3, 4], [3, 1]]) { weighted(($0[0] - $0[1]).squared) },
  Case(name: "multiply", shapes: [[3, 4], []]) { weighted($0[0] * $0[1]) },
  Case(name: "divide", shapes: [[3, 4], [3, 4]], body: { weighted($0[0] / $0[1]) }, place: positive),
  Case(name: "maximum", shapes: [[5], [5]]) { weighted(($0[0] * 3).maximum($0[1] + 0.1).squared) },
  Case(name: "minimum", shapes: [[5], [5]]) { weighted(($0[0] * 3).minimum($0[1] + 0.1).squared) },
  Case(name: "exp", shapes: [[6]]) { weighted($0[0].exp) },
  Case(name: "log", shapes: [[6]], body: { weighted($0[0].log) }, place: positive),
  Case(name: "square root", shapes: [[6]], body: { weighted($0[0].squareRoot) }, place: positive),
  Case(name: "tanh", shapes: [[6]]) { weighted($0[0].tanh) },
  Case(name: "erf", shapes: [[6]]) { weighted($0[0].erf) },
  Case(name: "sigmoid", shapes: [[6]]) { weighted($0[0].sigmoid) },
  Case(name: "sine", shapes: [[6]]) { weighted(($0[0] * 3).sin) },
  Case(name: "cosine", shapes: [[6]]) { weighted(($0[0] * 3).cos) },
  Case(name: "softplus", shapes: [[6]]) { weighted($0[0].softplus) },
  Case(name: "relu", shapes: [[6]]) { weighted(($0[0] * $0[0].relu)) },
  Case(name: "absolute", shapes: [[6]]) { weighted($0[0].absolute * $0[0]) },
  Case(name: "select", shapes: [[6], [6]]) { weighted($0[0].squared.selected(where: $0[1].step, else: $0[0] * $0[1])) },
  Case(name: "transpose", shapes: [[2, 3, 4], [4, 2, 3]]) { weighted(($0[0].transposed([2, 0, 1]) * $0[1]).tanh) },
  Case(name: "reshape", shapes: [[2, 6], [3, 4]]) { weighted($0[0].reshaped([3, 4]).exp * $0[1]) },
  Case(name: "sum over rows", shapes: [[5, 3]]) { weighted($0[0].tanh.sum(over: [0]).squared) },
  Case(name: "sum over columns", shapes: [[5, 3]]) { weighted($0[0].tanh.sum(over: [1]).squared) },
  Case(name: "sum over outer axes", shapes: [[3, 4, 2]]) { weighted($0[0].exp.sum(over: [0, 2]).squared) },
  Case(name: "product", shapes: [[3, 4], [4, 2]]) { weighted($0[0].product($0[1]).tanh) },
  Case(name: "product transposed", shapes: [[3, 4], [2, 4]]) { weighted($0[0].product($0[1].transposed).tanh) },
  Case(name: "product of a broadcast", shapes: [[1, 4], [4, 2]]) {
    weighted($0[0].broadcast(to: [3, 4]).product($0[1]).tanh)
  },
  Case(name: "log-sum-exp", shapes: [[4, 3]]) { weighted(($0[0] * 3).logSumExp.squared) },
  Case(name: "log-sum-exp of rank 3", shapes: [[2, 3, 4]]) { weighted(($0[0] * 3).logSumExp.squared) },
  Case(name: "softmax of rank 3", shapes: [[2, 3, 4]]) { weighted(($0[0] * 3).softmax.squared) },
  Case(name: "log-softmax", shapes: [[3, 4]]) { weighted(($0[0] * 3).logSoftmax.squared) },
  Case(name: "slice", shapes: [[4, 5, 3]]) { p in
    weighted(p[0].tanh.slice(start: [1, 0, 2], lengths: [2, 3, 1], step: [2, 2, 1]).squared)
  },
  Case(name: "slices of one array", shapes: [[4, 6]]) { p in
    weighted(p[0].slice(axis: 1, 0..<3) * p[0].slice(axis: 1, 3..<6).slice(start: [0, 2], lengths: [4, 1]).tanh)
  },
  Case(name: "place", shapes: [[2, 3], [5, 7]]) { p in
    weighted((p[0].exp.placed(in: [5, 7], start: [1, 0], step: [3, 2]) + p[1]).squared)
  },
  Case(name: "concatenation", shapes: [[2, 3], [2, 2]]) { p in
    weighted(p[0].concatenated(with: [p[1], p[0]], axis: 1).tanh)
  },
  Case(name: "batched product", shapes: [[2, 3, 4, 5], [2, 3, 5, 2]]) { weighted($0[0].product($0[1]).tanh) },
  Case(name: "batched product transposed", shapes: [[3, 5, 4], [3, 2, 5]]) {
    weighted($0[0].transposed.product($0[1].transposed).tanh)
  },
  Case(name: "rows of a batch through one matrix", shapes: [[2, 3, 4], [4, 2]]) {
    weighted($0[0].product($0[1]).tanh)
  },
  Case(name: "product of a part of a matrix", shapes: [[3, 6], [6, 5]]) { p in
    weighted(p[0].slice(axis: 1, 1..<4).product(p[1].slice(start: [0, 2], lengths: [3, 3], step: [2, 1])).tanh)
  },
  Case(name: "attention of two heads", shapes: [[2, 3, 4], [12, 4]]) { weighted(attention($0[0], $0[1])) },
  Case(name: "convolution", shapes: [[2, 4, 5, 2], [3, 3, 3, 2]]) {
    weighted($0[0].convolution($0[1], Window(3, padding: 1)).tanh)
  },
  Case(name: "convolution with strides, dilation and groups", shapes: [[2, 6, 5, 4], [2, 3, 2, 2]]) { p in
    let window = Window(.init(3, 2), stride: .init(2, 1), padding: .init(2, 1), dilation: .init(1, 2))
    return weighted(p[0].convolution(p[1], window, groups: 2).tanh)
  },
  Case(name: "pointwise convolution in groups", shapes: [[2, 2, 3, 4], [6, 1, 1, 2]]) {
    weighted($0[0].convolution($0[1], Window(1), groups: 2).tanh)
  },
  Case(name: "max pool", shapes: [[2, 5, 4, 3]]) { weighted(($0[0] * 3).maxPool(Window(2, stride: 2)).squared) },
  Case(name: "overlapping max pool", shapes: [[1, 5, 4, 9]]) {
    weighted(($0[0] * 3).maxPool(Window(3, stride: 2, padding: 1)).tanh * 2)
  },
  Case(name: "average pool", shapes: [[1, 5, 6, 9]]) {
    weighted($0[0].averagePool(Window(3, stride: 2, padding: 1)).tanh)
  },
  Case(name: "two layers", shapes: [[4, 3], [4], [2, 4], [2]]) { p in
    let x = p[0].trace.constant([0.3, -0.2, 0.9, 1.1, -0.7, 0.4], shape: [2, 3])
    let h = (x.product(p[0].transposed) + p[1]).tanh
    return weighted(h.product(p[2].transposed) + p[3])
  },
]

struct DerivativeTests {
  @Test("Gradients agree with central differences", arguments: cases)
  func gradients(_ example: Case) {
    let objective = TracedObjective<Double>(example.function)
    let point = example.point(1)
    var slope = Vector<Double>(zeros: point.count)
    _ = objective.gradient(at: point, into: &slope)
    let step = 1e-5
    for index in point.indices {
      var ahead = point
      var behind = point
      ahead[index] += step
      behind[index] -= step
      let difference = (objective.value(at: ahead) - objective.value(at: behind)) / (2 * step)
      #expect(abs(difference - slope[index]) <= 1e-7 * max(1, abs(difference)), "element \(index)")
    }
  }

  @Test("Hessian-vector products agree with differences of gradients", arguments: cases)
  func hessianProducts(_ example: Case) {
    let objective = TracedObjective<Double>(example.function)
    let point = example.point(2)
    let direction = example.point(3)
    var product = Vector<Double>(zeros: point.count)
    objective.hessianProduct(at: point, with: direction, into: &product, samePoint: false)
    let step = 1e-5
    func slope(_ sign: Double) -> Vector<Double> {
      var moved = point
      for index in point.indices { moved[index] += sign * step * direction[index] }
      var slope = Vector<Double>(zeros: point.count)
      _ = objective.gradient(at: moved, into: &slope)
      return slope
    }
    let ahead = slope(1)
    let behind = slope(-1)
    for index in point.indices {
      let difference = (ahead[index] - behind[index]) / (2 * step)
      #expect(abs(difference - product[index]) <= 1e-7 * max(1, abs(difference)), "element \(index)")
    }
  }

  @Test("Hessians are symmetric: u·Hv = v·Hu", arguments: cases)
  func symmetry(_ example: Case) {
    let objective = TracedObjective<Double>(example.function)
    let point = example.point(4)
    let u = example.point(5)
    let v = example.point(6)
    var hu = Vector<Double>(zeros: point.count)
    var hv = Vector<Double>(zeros: point.count)
    objective.hessianProduct(at: point, with: u, into: &hu, samePoint: false)
    objective.hessianProduct(at: point, with: v, into: &hv, samePoint: true)
    let first = point.indices.reduce(0.0) { $0 + v[$1] * hu[$1] }
    let second = point.indices.reduce(0.0) { $0 + u[$1] * hv[$1] }
    #expect(abs(first - second) <= 1e-12 * max(1, abs(first)))
  }

  @Test("A reused point gives the same product as a fresh one")
  func reusedPoint() {
    let example = cases.last!
    let objective = TracedObjective<Double>(example.function)
    let point = example.point(7)
    var fresh = Vector<Double>(zeros: point.count)
    var reused = fresh
    objective.hessianProduct(at: point, with: example.point(8), into: &fresh, samePoint: false)
    objective.hessianProduct(at: point, with: example.point(9), into: &reused, samePoint: false)
    objective.hessianProduct(at: point, with: example.point(8), into: &reused, samePoint: true)
    #expect(fresh == reused)
  }
}
