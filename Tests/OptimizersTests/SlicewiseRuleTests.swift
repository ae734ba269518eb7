import Autodiff
import Fixtures
import Optimizers
import Tensors
import Testing

private struct Reference: Decodable {
  struct Slice: Decodable {
    var name: String
    var shape: [Int]
    var layer: Int
  }
  struct Rule: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var points: [[Double]]
    var testDescription: String { name }
  }
  var slices: [Slice]
  var start: [Double]
  var gradients: [[Double]]
  var rules: [Rule]

  var layout: ParameterLayout {
    var layout = ParameterLayout()
    for slice in slices {
      layout.append(
        slice.name, Shape(slice.shape), role: slice.shape.count > 1 ? .weight : .bias, layer: slice.layer,
        location: slice.layer == 1 ? .input : slice.layer == 5 ? .output : .hidden)
    }
    return layout
  }
}

private let reference = try! fixture("optimizers-slices", as: Reference.self)

/// The same rules as the fixture's, by its names.
private let rules: [String: any Rule] = [
  "adafactor": Adafactor(),
  "adafactor-unscaled": Adafactor(
    learningRate: 0.05, relativeStep: false, scalesByParameters: false, clipping: 0.5),
  "adafactor-weight-decay": Adafactor(learningRate: 0.7, weightDecay: 0.1),
  "lars": LARS(learningRate: 10),
  "lars-weight-decay": LARS(learningRate: 10, weightDecay: 0.1),
  "lamb": LAMB(learningRate: 0.02),
  "lamb-weight-decay": LAMB(learningRate: 0.02, weightDecay: 0.1),
  "muon": Muon(),
  "muon-weight-decay": Muon(learningRate: 0.05, momentum: 0.9, nesterov: false, weightDecay: 0.1),
  "shampoo": Shampoo(epsilon: 0.01),
  "shampoo-sides": Shampoo(epsilon: 0.01, largest: 3),
  "soap": SOAP(
    learningRate: 0.03, beta1: 0.9, beta2: 0.8, epsilon: 1e-4, weightDecay: 0.1, every: 2, largest: 3),
]

struct SlicewiseRuleTests {
  @Test("Every rule of the fixture is tested, and every one has a reference")
  func complete() { #expect(Set(reference.rules.map(\.name)) == Set(rules.keys)) }

  @Test("Steps agree with Optax, PyTorch and NumPy to 1e-10", arguments: reference.rules)
  fileprivate func steps(_ wanted: Reference.Rule) throws {
    let rule = try #require(rules[wanted.name])
    var step = 0
    let objective = Scripted(layout: reference.layout) { _ in reference.gradients[step] }
    let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
    var point = Vector(reference.start)
    var state = optimizer.start(at: point)
    for (index, expected) in wanted.points.enumerated() {
      step = index
      let before = point.array
      let report = optimizer.step(&point, &state, on: objective, rateFactor: 1)
      for (ours, theirs) in zip(point.array, expected) {
        #expect(abs(ours - theirs) <= 1e-10 * max(1e-3, abs(theirs)), "step \(index + 1)")
      }
      let moved = zip(before, point.array).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      let slope = reference.gradients[index].reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(report.updateNorm - moved) <= 1e-12 * moved)
      #expect(abs(report.gradientNorm - slope) <= 1e-12 * slope)
    }
  }

  @Test("Adafactor remembers a row and a column for a matrix and a number for each bias, Muon one momentum a matrix")
  func bytes() {
    func bytes(_ rule: any Rule) -> Int {
      rule.makeOptimizer(for: reference.layout, precision: Float.self).start(at: Vector(zeros: 0)).bytes
    }
    // Matrices 3×2, 4×3, 2×4, filters 2×8, 2×2; biases of 3 and 2.
    #expect(bytes(Adafactor()) == 4 * ((3 + 2) + (4 + 3) + (2 + 4) + (2 + 8) + (2 + 2) + 3 + 2))
    #expect(bytes(LARS()) == 4 * reference.start.count)
    #expect(bytes(LAMB()) == 8 * reference.start.count)
    #expect(bytes(Muon()) == 4 * (12 + 8 + 16) + 8 * (6 + 3 + 4 + 2))
  }

  @Test("Adafactor's factored second moment reproduces squared gradients of rank one exactly")
  func rankOne() {
    // g = a bᵀ: then g² = a² (b²)ᵀ, V = g², and every element of g/√V is a sign.
    let (a, b) = ([0.5, -2, 1, 3], [1, -0.25, 4])
    var layout = ParameterLayout()
    layout.append("w", [4, 3], role: .weight, layer: 1)
    let objective = Scripted(layout: layout) { _ in a.flatMap { row in b.map { row * $0 } } }
    let rule = Adafactor(learningRate: 0.1, relativeStep: false, scalesByParameters: false, clipping: 10)
    let optimizer = rule.makeOptimizer(for: layout, precision: Double.self)
    var point = Vector<Double>(zeros: 12)
    var state = optimizer.start(at: point)
    _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
    for (index, value) in point.array.enumerated() {
      let sign = a[index / 3] * b[index % 3] > 0 ? 1.0 : -1
      #expect(abs(value + 0.1 * sign) < 1e-14)
    }
  }

  @Test("Muon's step has singular values between a half and one and a half, whatever the gradient's were")
  func nearlyOrthogonal() {
    var layout = ParameterLayout()
    layout.append("first", [1, 1], role: .weight, layer: 1, location: .input)
    layout.append("hidden", [12, 20], role: .weight, layer: 2)
    layout.append("last", [1, 1], role: .weight, layer: 3, location: .output)
    var stream = Stream(book: 1, run: 1, purpose: .probes(0))
    let gradient = stream.normals(layout.count)
    let before = Matrix(rows: 12, columns: 20, Array(gradient[1..<241])).singularValues()
    #expect(before[0] / before[11] > 4)
    let optimizer = Muon(learningRate: 1).makeOptimizer(for: layout, precision: Double.self)
    var point = Vector<Double>(zeros: layout.count)
    var state = optimizer.start(at: point)
    _ = optimizer.step(&point, &state, on: Scripted(layout: layout) { _ in gradient }, rateFactor: 1)
    let after = Matrix(rows: 12, columns: 20, Array(point.array[1..<241])).singularValues()
    #expect(after.allSatisfy { $0 > 0.5 && $0 < 1.5 })
  }

  @Test("LARS moves every matrix by the same share of its length")
  func trust() {
    let objective = Scripted(layout: reference.layout) { _ in reference.gradients[0] }
    let optimizer = LARS(learningRate: 1, trust: 0.01).makeOptimizer(for: objective.layout, precision: Double.self)
    var point = Vector(reference.start)
    var state = optimizer.start(at: point)
    _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
    func length(_ values: some Sequence<Double>) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    for slice in reference.layout.weights {
      let before = reference.start[slice.range]
      let moved = zip(before, point[slice.range]).map { $0 - $1 }
      #expect(abs(length(moved) - 0.01 * length(before)) < 1e-14)
    }
  }
}
