import Autodiff
import Fixtures
import Tensors
import Testing

import func Foundation.sin

/// See scripts/fixtures/windows.py for the scalar function and the inputs.
struct WindowCase: Decodable, Sendable, CustomTestStringConvertible {
  var name: String
  var shapes: [[Int]]
  var kind: String?
  var size: [Int]?
  var stride: [Int]?
  var padding: [Int]?
  var dilation: [Int]?
  var groups: Int?
  var outputs: [Double]
  var gradient: [Double]
  var hessianVectorProduct: [Double]

  var testDescription: String { name }

  func window(_ size: [Int]) throws -> Window {
    func extent(_ pair: [Int]?) throws -> Window.Extent {
      let pair = try #require(pair)
      return Window.Extent(pair[0], pair[1])
    }
    return Window(
      try extent(size), stride: try extent(stride), padding: try extent(padding), dilation: try extent(dilation))
  }

  /// Compares outputs, gradient and Hessian-vector product of a function of the parts with torch's.
  func check(_ body: @escaping @Sendable ([Value]) -> Value) {
    var layout = ParameterLayout()
    for (index, shape) in shapes.enumerated() { layout.append("p\(index)", Shape(shape), role: .coordinate, layer: 1) }
    let function = TracedFunction(layout: layout) { a in
      let y = body(a.parameters)
      let weights = (0..<y.shape.count).map { 0.3 + 0.17 * Double($0 % 7) }
      let value = (y.trace.constant(weights, shape: y.shape) * y.squared).sum()
      return TracedFunction.Result(value: value, outputs: y)
    }
    let objective = TracedObjective<Double>(function)
    let point = Vector((0..<layout.count).map { sin(1.3 * Double($0) + 0.7 * Double($0 % 5)) })
    let direction = Vector((0..<layout.count).map { sin(1.9 * Double($0) + 0.2 + Double.pi / 2) })
    var outputs = Vector<Double>(zeros: self.outputs.count)
    var gradient = Vector<Double>(zeros: layout.count)
    var product = gradient
    objective.outputs(at: point, into: &outputs)
    _ = objective.gradient(at: point, into: &gradient)
    objective.hessianProduct(at: point, with: direction, into: &product, samePoint: false)
    agree(outputs.array, self.outputs, "outputs")
    agree(gradient.array, self.gradient, "gradient")
    agree(product.array, hessianVectorProduct, "Hessian-vector product")
  }

  private func agree(_ values: [Double], _ wanted: [Double], _ what: String) {
    #expect(values.count == wanted.count, "\(what)")
    let scale = wanted.map(abs).max() ?? 1
    for (value, other) in zip(values, wanted) { #expect(abs(value - other) <= 1e-12 * scale, "\(what)") }
  }
}

private struct Windows: Decodable {
  var convolutions: [WindowCase]
  var pools: [WindowCase]
  var attention: WindowCase
}

private let windows = try! fixture("windows", as: Windows.self)

struct ImagesTests {
  @Test("Convolutions agree with PyTorch, with both derivatives", arguments: windows.convolutions)
  func convolutions(_ example: WindowCase) throws {
    let window = try example.window(Array(example.shapes[1][1...2]))
    let groups = try #require(example.groups)
    example.check { $0[0].convolution($0[1], window, groups: groups) }
  }

  @Test("Pools agree with PyTorch, with both derivatives", arguments: windows.pools)
  func pools(_ example: WindowCase) throws {
    let window = try example.window(try #require(example.size))
    let isMaximum = example.kind == "max"
    example.check { isMaximum ? $0[0].maxPool(window) : $0[0].averagePool(window) }
  }

  @Test("Attention agrees with PyTorch, with both derivatives")
  func attentionOfTwoHeads() { windows.attention.check { attention($0[0], $0[1]) } }

  /// Runs one function of one array.
  private func run<T: Scalar>(_ shape: Shape, _ values: [T], _ body: (Value) -> Value) -> [T] {
    let trace = Trace()
    let result = body(trace.input(slot: 1, shape: shape))
    let program = Program([.init(result, slot: 2)])
    let workspace = program.makeWorkspace(of: T.self)
    workspace.slots[1] = Vector(values)
    workspace.slots[2] = Vector(repeating: .nan, count: result.shape.count)
    program.run(workspace)
    return workspace.slots[2].array
  }

  @Test("Of several largest pixels the first gets the derivative, and padding never wins")
  func ties() {
    func slope(_ x: Value) -> Value { gradient(of: x.maxPool(Window(2, stride: 2)).sum(), withRespectTo: [x])[0] }
    #expect(run([1, 2, 2, 1], [5.0, 5, 5, 5], slope) == [1, 0, 0, 0])
    #expect(run([1, 2, 2, 1], [4.0, 4, 5, 5], slope) == [0, 0, 1, 0])
    let padded = Window(3, stride: 1, padding: 1)
    #expect(run([1, 1, 2, 1], [-3.0, -2]) { $0.maxPool(padded) } == [-2, -2])
    // Also where eight channels go at once.
    let eight = run([1, 1, 2, 8], (0..<16).map { -Float($0) - 1 }) { $0.maxPool(padded) }
    #expect(Array(eight[8..<16]) == (0..<8).map { -Float($0) - 1 })
    let column = Window(.init(2, 1))
    #expect(run([1, 2, 1, 1], [.nan, 7.0]) { $0.maxPool(column) }[0].isNaN)
    #expect(run([1, 2, 1, 1], [-Double.infinity, -.infinity]) { $0.maxPool(column) } == [-.infinity])
  }

  @Test("A convolution of many tiles is the sum that defines it, in Float", arguments: [1, 2])
  func manyTiles(_ stride: Int) {
    // 9 · 12 numbers a place and 3 · 30 · 30 places: several tiles.
    let (n, size, c, o) = (3, 30, 12, 5)
    var stream = Stream(book: 0, run: 1, purpose: .data("tiles"))
    let x = stream.normals(n * size * size * c).map { Float($0) }
    let filters = stream.normals(o * 9 * c)
    let y = run([n, size, size, c], x) { x in
      x.convolution(x.trace.constant(filters, shape: [o, 3, 3, c]), Window(3, stride: stride, padding: 1))
    }
    let places = (size - 1) / stride + 1
    #expect(y.count == n * places * places * o)
    for index in Swift.stride(from: 0, to: y.count, by: 97) {
      let (out, place) = (index % o, index / o)
      let (column, row, sample) = (place % places, place / places % places, place / places / places)
      var wanted = 0.0
      for i in 0..<3 {
        for j in 0..<3 {
          let (h, w) = (row * stride + i - 1, column * stride + j - 1)
          guard (0..<size).contains(h), (0..<size).contains(w) else { continue }
          let pixel = ((sample * size + h) * size + w) * c
          let tap = ((out * 3 + i) * 3 + j) * c
          for channel in 0..<c { wanted += Double(x[pixel + channel]) * filters[tap + channel] }
        }
      }
      #expect(abs(Double(y[index]) - wanted) < 1e-4, "element \(index)")
    }
  }

  @Test("The adjoints of a convolution of many tiles are its adjoints: ⟨conv(x, w), g⟩ is linear in all three")
  func adjoints() {
    for (stride, groups) in [(1, 1), (2, 1), (1, 2), (3, 3)] {
      let x: Shape = [2, 33, 31, 6]
      let filters: Shape = [12, 3, 3, 6 / groups]
      let trace = Trace()
      let a = trace.input(slot: 1, shape: x)
      let b = trace.input(slot: 2, shape: filters)
      let y = a.convolution(b, Window(3, stride: stride, padding: 1), groups: groups)
      let g = trace.input(slot: 3, shape: y.shape)
      let form = (y * g).sum()
      let slopes = gradient(of: form, withRespectTo: [a, b])
      let totals = [form, (slopes[0] * a).sum(), (slopes[1] * b).sum()]
      let program = Program(totals.enumerated().map { .init($1, slot: 4, offset: $0) })
      let workspace = program.makeWorkspace(of: Double.self)
      var stream = Stream(book: 0, run: UInt64(stride), purpose: .data("adjoints"))
      for (slot, shape) in [x, filters, y.shape].enumerated() {
        workspace.slots[slot + 1] = Vector(stream.normals(shape.count))
      }
      workspace.slots[4] = Vector(zeros: 3)
      program.run(workspace)
      let result = workspace.slots[4].array
      #expect(abs(result[1] - result[0]) < 1e-9 && abs(result[2] - result[0]) < 1e-9 && abs(result[0]) > 1)
    }
  }

  @Test("Third derivatives go through convolution and pooling: those of a cubic are constant")
  func thirdDerivatives() {
    // f(t) = Σ pool(conv(t·d, w))³ = f(1)·t³ has the third derivative 6 f(1), and f(0.3) = 0.027 f(1).
    let result = run([1], [0.3]) { t in
      let trace = t.trace
      let direction = trace.constant((0..<32).map { sin(Double($0)) }, shape: [1, 4, 4, 2])
      let filters = trace.constant((0..<54).map { sin(0.7 * Double($0) + 1) }, shape: [3, 3, 3, 2])
      let x = direction * t.reshaped([1, 1, 1, 1])
      let y = x.convolution(filters, Window(3, padding: 1)).maxPool(Window(2, stride: 2))
      var f = (y * y.squared).sum()
      let value = f
      for _ in 0..<3 { f = gradient(of: f, withRespectTo: [t])[0].reshaped(.scalar) }
      return (f / (value * (6 / 0.027))).reshaped([1])
    }
    #expect(abs(result[0] - 1) < 1e-10)
  }
}
