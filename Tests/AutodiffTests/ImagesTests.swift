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

  /// Sizes around which kernels differ: narrow and wide channels, strides, groups; several tiles.
  struct Sizes: Sendable, CustomTestStringConvertible {
    var (size, channels, filters, window, groups): (Int, Int, Int, Window, Int)
    var testDescription: String { "\(channels)-\(filters), \(window.size.height), \(window.stride.height), \(groups)" }

    init(_ size: Int, _ channels: Int, _ filters: Int, _ window: Window, groups: Int = 1) {
      (self.size, self.channels, self.filters, self.window, self.groups) = (size, channels, filters, window, groups)
    }
  }

  static let sizes = [
    Sizes(30, 12, 5, Window(3, padding: 1)), Sizes(30, 12, 5, Window(3, stride: 2, padding: 1)),
    Sizes(17, 3, 16, Window(3, padding: 1)), Sizes(17, 16, 32, Window(3, stride: 2, padding: 1)),
    Sizes(9, 32, 16, Window(1)), Sizes(16, 3, 24, Window(4, stride: 4)),
    Sizes(12, 16, 8, Window(5, padding: 2, dilation: 2)),
    Sizes(11, 16, 32, Window(3, padding: 1), groups: 2), Sizes(33, 6, 12, Window(3, stride: 3, padding: 1), groups: 3),
  ]

  @Test("Convolutions and their adjoints are the sums that define them, in both precisions", arguments: sizes)
  func definition(_ sizes: Sizes) {
    check(sizes, Double.self, tolerance: 1e-11)
    check(sizes, Float.self, tolerance: 1e-4)
  }

  private func check<T: Scalar>(_ sizes: Sizes, _ type: T.Type, tolerance: Double) {
    let (n, size, c, o, window) = (3, sizes.size, sizes.channels, sizes.filters, sizes.window)
    let (k, places) = (window.size.height, window.places(height: size, width: size).height)
    let width = c / sizes.groups
    let trace = Trace()
    let images = trace.input(slot: 1, shape: [n, size, size, c])
    let filters = trace.input(slot: 2, shape: [o, k, k, width])
    let y = images.convolution(filters, window, groups: sizes.groups)
    #expect(y.shape == [n, places, places, o])
    let g = trace.input(slot: 3, shape: y.shape)
    let slopes = gradient(of: (y * g).sum(), withRespectTo: [images, filters])
    let values = [y] + slopes
    let program = Program(values.enumerated().map { .init($1, slot: 4 + $0) })
    let workspace = program.makeWorkspace(of: T.self)
    var stream = Stream(book: 0, run: 1, purpose: .data("convolutions"))
    for (slot, shape) in [images, filters, g].map(\.shape).enumerated() {
      workspace.slots[slot + 1] = Vector(stream.normals(shape.count).map { T($0) })
    }
    for (index, value) in values.enumerated() {
      workspace.slots[4 + index] = Vector(repeating: .nan, count: value.shape.count)
    }
    program.run(workspace)
    let (x, w, slope) = (workspace.slots[1], workspace.slots[2], workspace.slots[3])
    var wanted = values.map { [Double](repeating: 0, count: $0.shape.count) }
    for place in 0..<n * places * places {
      let (sample, row, column) = (place / places / places, place / places % places, place % places)
      for i in 0..<k {
        for j in 0..<k {
          let h = row * window.stride.height - window.padding.height + i * window.dilation.height
          let v = column * window.stride.width - window.padding.width + j * window.dilation.width
          guard (0..<size).contains(h), (0..<size).contains(v) else { continue }
          for out in 0..<o {
            let pixel = ((sample * size + h) * size + v) * c + out / (o / sizes.groups) * width
            let tap = ((out * k + i) * k + j) * width
            let g = Double(slope[place * o + out])
            for channel in 0..<width {
              wanted[0][place * o + out] += Double(x[pixel + channel]) * Double(w[tap + channel])
              wanted[1][pixel + channel] += g * Double(w[tap + channel])
              wanted[2][tap + channel] += g * Double(x[pixel + channel])
            }
          }
        }
      }
    }
    for index in values.indices {
      let scale = wanted[index].map(abs).max()!
      let error = zip(workspace.slots[4 + index].array, wanted[index]).map { abs(Double($0) - $1) }.max()!
      #expect(error <= tolerance * scale, "\(["results", "images", "filters"][index])")
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
