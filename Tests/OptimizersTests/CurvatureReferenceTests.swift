import Autodiff
import Fixtures
import Optimizers
import Tensors
import Testing

private struct Reference: Decodable {
  struct Path: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var points: [[Double]]
    var testDescription: String { name }
  }
  struct Search: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var start: [Double]
    var options: [String: Double]
    var evaluations: Int
    var points: [[Double]]
    var testDescription: String { name }
  }
  var start: [Double]
  var A: [[Double]]
  var b: [Double]
  var c: Double
  var lbfgs: [Search]
  var sam: [Path]
  var diagonal: [Path]
}

private let reference = try! fixture("curvature", as: Reference.self)

/// x·Ax/2 − b·x + c Σx⁴/4 on a slice of any shape.
private func quartic(_ shape: Shape = [6]) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  layout.append("x", shape, role: .coordinate, layer: 1)
  return TracedObjective(
    TracedFunction(layout: layout) { arguments in
      let x = arguments.parameters[0].reshaped([6, 1])
      let a = x.trace.constant(reference.A.flatMap { $0 }, shape: [6, 6])
      let b = x.trace.constant(reference.b, shape: [6, 1])
      let bowl = 0.5 * (x * a.product(x)).sum() - (b * x).sum()
      return TracedFunction.Result(value: bowl + 0.25 * reference.c * x.squared.squared.sum())
    })
}

/// Rosenbrock's function of any number of coordinates, counting how often it is looked at.
private final class Rosenbrock: Objective {
  let layout: ParameterLayout
  private(set) var evaluations = 0

  init(_ count: Int) {
    var layout = ParameterLayout()
    layout.append("x", [count], role: .coordinate, layer: 1)
    self.layout = layout
  }

  func value(at point: Vector<Double>) -> Double { 0 }
  func gradient(at point: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    evaluations += 1
    var value = 0.0
    for i in 0..<point.count { gradient[i] = 0 }
    for i in 0..<point.count - 1 {
      let bend = point[i + 1] - point[i] * point[i]
      let rest = 1 - point[i]
      value += 100 * bend * bend + rest * rest
      gradient[i] += -400 * point[i] * bend - 2 * rest
      gradient[i + 1] += 200 * bend
    }
    return value
  }
  func hessianProduct(
    at point: Vector<Double>, with direction: Vector<Double>, into product: inout Vector<Double>, samePoint: Bool
  ) {}
}

/// The points after each step.
private func path(
  _ rule: any Rule, on objective: any Objective<Double>, from start: [Double], steps: Int
) -> [[Double]] {
  let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self, seeds: Seeds(book: 1, run: 7))
  var point = Vector(start)
  var state = optimizer.start(at: point)
  return (0..<steps).map { _ in
    _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
    return point.array
  }
}

private func expectEqual(_ ours: [[Double]], _ theirs: [[Double]], to tolerance: Double = 1e-10) {
  #expect(ours.count == theirs.count)
  for (step, (a, b)) in zip(ours, theirs).enumerated() {
    for (x, y) in zip(a, b) { #expect(abs(x - y) <= tolerance * max(1e-3, abs(y)), "step \(step + 1)") }
  }
}

private let lookAheads: [String: any Rule] = [
  "sam-sgd": SAM(SGD(learningRate: 0.05), radius: 0.05),
  "sam-momentum": SAM(SGD(learningRate: 0.05, momentum: 0.9), radius: 0.2),
  "sam-adam": SAM(Adam(learningRate: 0.05), radius: 0.1),
  "asam-momentum": SAM(SGD(learningRate: 0.05, momentum: 0.9), radius: 0.5, isAdaptive: true),
]

private let diagonals: [String: any Rule] = [
  "adahessian": AdaHessian(),
  "adahessian-decay-power": AdaHessian(
    learningRate: 0.05, beta1: 0.8, beta2: 0.9, epsilon: 1e-3, weightDecay: 0.1, hessianPower: 0.5),
  "adahessian-window": AdaHessian(learningRate: 0.05),
  "sophia-h": Sophia(.hutchinson(.rademacher), learningRate: 0.02, gamma: 0.5, interval: 4),
  "sophia-h-decay": Sophia(
    .hutchinson(.rademacher), learningRate: 0.02, gamma: 5, weightDecay: 0.1, interval: 1),
  "empirical-sophia": EmpiricalSophia(learningRate: 0.02, weightDecay: 0.1, interval: 4),
]

struct CurvatureReferenceTests {
  @Test("Every path of the fixture is tested")
  func complete() {
    #expect(Set(reference.sam.map(\.name)) == Set(lookAheads.keys))
    #expect(Set(reference.diagonal.map(\.name)) == Set(diagonals.keys))
  }

  @Test("L-BFGS steps and counts of evaluations agree with PyTorch's", arguments: reference.lbfgs)
  fileprivate func lbfgs(_ wanted: Reference.Search) {
    let rule = LBFGS(
      learningRate: wanted.options["lr"] ?? 1, history: Int(wanted.options["history_size"]!),
      searchesLine: wanted.name != "fixed-length")
    let objective = Rosenbrock(wanted.start.count)
    // A line search amplifies rounding from step to step.
    expectEqual(path(rule, on: objective, from: wanted.start, steps: wanted.points.count), wanted.points, to: 1e-6)
    #expect(objective.evaluations == wanted.evaluations)
  }

  @Test("SAM and ASAM agree with their two gradients written out over PyTorch's rules", arguments: reference.sam)
  fileprivate func sam(_ wanted: Reference.Path) throws {
    let rule = try #require(lookAheads[wanted.name])
    expectEqual(path(rule, on: quartic(), from: reference.start, steps: wanted.points.count), wanted.points)
  }

  @Test("AdaHessian and Sophia agree with NumPy's with the same probes", arguments: reference.diagonal)
  fileprivate func diagonal(_ wanted: Reference.Path) throws {
    let rule = try #require(diagonals[wanted.name])
    let shape: Shape = wanted.name == "adahessian-window" ? [2, 1, 3] : [6]
    expectEqual(path(rule, on: quartic(shape), from: reference.start, steps: wanted.points.count), wanted.points)
  }
}
