import Autodiff
import Diagnostics
import Experiments
import Optimizers
import Specs
import Tensors
import Testing

/// A function that every optimizer has to get along with, and where it starts.
private struct Problem: CustomTestStringConvertible, Sendable {
  var testDescription: String
  var function: TracedFunction
  var start: [Double]

  /// ½ Σ cᵢxᵢ² with c from 0.5 to 2.
  static let quadratic = coordinates(
    "a quadratic", [1, -1, 0.5, 2, -0.5, 1.5], curvatures: [0.5, 1, 2, 1.5, 0.7, 1.2])
  static let single = coordinates("one parameter", [1.5], curvatures: [0.7])

  private static func coordinates(_ name: String, _ start: [Double], curvatures: [Double]) -> Problem {
    var layout = ParameterLayout()
    layout.append("x", [start.count], role: .coordinate, layer: 1)
    return Problem(
      testDescription: name,
      function: TracedFunction(layout: layout) { arguments in
        let x = arguments.parameters[0]
        return .init(value: 0.5 * (x.squared * x.trace.constant(curvatures, shape: [start.count])).sum())
      }, start: start)
  }

  /// A small tanh network with four layers, so that there are hidden matrices, tall and wide.
  static let network: Problem = {
    let sizes = [3, 4, 6, 5, 2]
    var layout = ParameterLayout()
    for layer in 1..<sizes.count {
      layout.append(
        "\(layer).weight", [sizes[layer], sizes[layer - 1]], role: .weight, layer: layer, filterAxis: 0,
        location: layer == 1 ? .input : layer == 4 ? .output : .hidden)
      layout.append("\(layer).bias", [sizes[layer]], role: .bias, layer: layer)
    }
    var stream = Stream(book: 1, run: 1, purpose: .probes(0))
    let (inputs, targets) = (stream.normals(8 * 3), stream.normals(8 * 2))
    let weights = stream.normals(layout.count)
    let start = layout.slices.flatMap { slice in
      slice.role == .weight
        ? weights[slice.range].map { $0 / Double(slice.shape[1]).squareRoot() }
        : [Double](repeating: 0, count: slice.shape.count)
    }
    return Problem(
      testDescription: "a network",
      function: TracedFunction(layout: layout) { arguments in
        let p = arguments.parameters
        var h = p[0].trace.constant(inputs, shape: [8, 3])
        for layer in 0..<4 {
          let z = h.product(p[2 * layer].transposed) + p[2 * layer + 1]
          h = layer < 3 ? z.tanh : z
        }
        return .init(value: (h - h.trace.constant(targets, shape: [8, 2])).squared.mean())
      }, start: start)
  }()
}

private let problems = [Problem.quadratic, .single, .network]

/// An optimizer of the catalog at work on a problem, with its defaults.
private final class Descent<Element: Scalar> {
  let objective: TracedObjective<Element>
  let optimizer: any Optimizer<Element>
  var point: Vector<Element>
  var state: OptimizerState<Element>

  init(_ name: String, on problem: Problem) throws {
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse("optimizer: \(name)\n", at: Place(file: "test", line: 1, column: 1))
    let option = Option("optimizer", .entry(optimizerCatalog.catalog), .required, "")
    let selection = try #require(spec.read([option], owner: "test", into: &diagnostics)).entry("optimizer")
    objective = TracedObjective(problem.function)
    optimizer = optimizerCatalog.maker(of: selection)(selection.values).makeOptimizer(
      for: problem.function.layout, precision: Element.self)
    point = Vector(problem.start.map { Element($0) })
    state = optimizer.start(at: point)
  }

  var loss: Double { objective.value(at: optimizer.evaluationPoint(point, state)) }

  @discardableResult func step(_ count: Int, rateFactor: Double = 1) -> [StepReport] {
    (0..<count).map { _ in optimizer.step(&point, &state, on: objective, rateFactor: rateFactor) }
  }
}

private func isFinite(_ vector: Vector<Float>) -> Bool { vector.array.allSatisfy { $0.isFinite } }

/// All but those that need a model's outputs: see OptimizersTests/CurvatureRuleTests.
private let names = optimizerCatalog.catalog.names.filter { !["sophia-g", "natural-gradient"].contains($0) }
/// Rules that arrive on a quadratic within a few steps, and whose steps amplify rounding where curvature is nearly none.
private let solvers: Set = ["newton", "saddle-free-newton", "lbfgs"]

/// What every optimizer of the catalog promises, whatever its rule: a new entry is tested by existing.
struct OptimizerConformanceTests {
  @Test("Steps stay finite and reports are about the step that was taken", arguments: names, problems)
  fileprivate func finite(_ name: String, _ problem: Problem) throws {
    let descent = try Descent<Float>(name, on: problem)
    for step in 1...20 {
      let loss = descent.objective.value(at: descent.point)
      let report = descent.step(1)[0]
      #expect(report.loss.isFinite && report.gradientNorm.isFinite && report.updateNorm.isFinite)
      #expect(isFinite(descent.point))
      #expect(descent.state.steps == step)
      // A rule may look at other points too, but says what it saw where it stood (or where it looked ahead).
      if step == 1 { #expect(abs(report.loss - loss) <= 0.5 * (1 + abs(loss))) }
    }
    let here = descent.optimizer.evaluationPoint(descent.point, descent.state)
    #expect(here.count == descent.point.count && isFinite(here))
  }

  @Test("The defaults go downhill on a convex quadratic", arguments: names)
  func downhill(_ name: String) throws {
    let descent = try Descent<Double>(name, on: .quadratic)
    let start = descent.loss
    descent.step(100)
    #expect(descent.loss < start * 0.9999)
  }

  @Test("The same start gives the same bits", arguments: names, problems)
  fileprivate func deterministic(_ name: String, _ problem: Problem) throws {
    let (first, second) = (try Descent<Float>(name, on: problem), try Descent<Float>(name, on: problem))
    first.step(8)
    second.step(8)
    #expect(first.point == second.point)
    #expect(first.state == second.state)
  }

  @Test("Copying point and state is a checkpoint: going on from it gives the same bits", arguments: names, problems)
  fileprivate func checkpoints(_ name: String, _ problem: Problem) throws {
    let (first, second) = (try Descent<Float>(name, on: problem), try Descent<Float>(name, on: problem))
    first.step(7)
    let bytes = first.state.bytes
    (second.point, second.state) = (first.point, first.state)
    let kept = (first.point, first.state)
    first.step(13)
    second.step(13)
    #expect(first.point == second.point)
    #expect(first.state == second.state)
    #expect(second.state.bytes == bytes, "what is remembered does not grow")
    #expect(kept.1 != first.state, "the copy stays what it was")
    if !solvers.contains(name) { #expect(kept.0 != first.point) }
  }

  @Test("A schedule's factor scales the first step that moves", arguments: names, problems)
  fileprivate func rate(_ name: String, _ problem: Problem) throws {
    func displacement(_ factor: Double) throws -> (moved: [Double], rate: Double) {
      let descent = try Descent<Double>(name, on: problem)
      let start = descent.point.array
      // SOAP's first step only prepares.
      for _ in 0..<2 where descent.point.array == start { descent.step(1, rateFactor: factor) }
      return (
        zip(descent.point.array, start).map { $0 - $1 }, descent.optimizer.learningRate(rateFactor: factor)
      )
    }
    let (whole, half) = (try displacement(1), try displacement(0.5))
    // A rule without a learning rate has nothing to scale.
    guard whole.rate.isFinite else { return }
    #expect(half.rate == whole.rate / 2)
    let length = whole.moved.reduce(0) { $0 + $1 * $1 }.squareRoot()
    #expect(length > 0)
    for (a, b) in zip(whole.moved, half.moved) { #expect(abs(a / 2 - b) <= 1e-9 * length) }
  }

  @Test("Float and Double take the same way, to Float's precision", arguments: names, problems)
  fileprivate func precision(_ name: String, _ problem: Problem) throws {
    let (single, double) = (try Descent<Float>(name, on: problem), try Descent<Double>(name, on: problem))
    let start = double.loss
    single.step(5)
    double.step(5)
    let moved = zip(double.point.array, problem.start).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    let apart = zip(single.point.array, double.point.array).reduce(0) {
      $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1)
    }.squareRoot()
    if name == "soap" {
      // Where the first gradient has rank below a side's length, that side has many eigenbases: only the loss agrees.
      #expect(abs(single.loss - double.loss) <= 0.2 * (start - double.loss))
    } else if !solvers.contains(name) || problem.start.count <= 6 {
      #expect(apart <= 1e-3 * moved + 1e-6, "\(apart) apart after moving \(moved)")
    }
  }
}
