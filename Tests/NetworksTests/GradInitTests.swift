import Autodiff
import Fixtures
import Tensors
import Testing

@testable import Networks

private struct Reference: Decodable {
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var step: String
    var learningRate: Double
    var bound: Double
    var boundedSteps: Int
    var floor: Double
    var factors: [[Double]]
    var testDescription: String { "\(step), bound \(bound)" }
  }
  var inputs: [Double]
  var labels: [Double]
  var start: [Double]
  var cases: [Case]
}

private let reference = try! fixture("grad-init", as: Reference.self)

struct GradInitTests {
  @Test("Factors after every step are PyTorch's, differentiated through the gradient", arguments: reference.cases)
  fileprivate func parity(_ wanted: Reference.Case) throws {
    let model = Model.perceptron(inputs: 3, hidden: [4], outputs: 2, activation: .tanh)
    let batch = Initializer.Batch(inputs: reference.inputs, targets: reference.labels)
    for (index, factors) in wanted.factors.enumerated() {
      let method = GradInit(
        step: try #require(GradInit.Step(rawValue: wanted.step)), steps: index + 1,
        learningRate: wanted.learningRate, factorRate: 0.05, bound: wanted.bound, floor: wanted.floor)
      let ours = method.factors(
        for: model, loss: .crossEntropy, from: reference.start, seeds: Seeds(book: 1, run: 1)
      ) { _ in (batch, batch) }
      for (mine, theirs) in zip(ours, factors) { #expect(abs(mine - theirs) < 1e-10, "after \(index + 1) steps") }
    }
  }

  @Test("The cases meet the bound always, sometimes and never")
  func cases() { #expect(reference.cases.map(\.boundedSteps) == [0, 8, 6, 0, 8]) }

  @Test("A deep network started too large learns in its first step after GradInit, and its gradient is short")
  func repair() {
    let model = Model.perceptron(inputs: 6, hidden: Array(repeating: 12, count: 5), outputs: 3, activation: .relu)
    var stream = Stream(book: 1, run: 1, purpose: .data("test"))
    let inputs = stream.normals(32 * 6)
    let labels = (0..<32).map { inputs[6 * $0] > 0.4 ? 2.0 : inputs[6 * $0] > -0.4 ? 1 : 0 }
    let examples = Initializer.Examples(loss: .crossEntropy, count: 32) { indices in
      .init(inputs: indices.flatMap { inputs[6 * $0..<6 * $0 + 6] }, targets: indices.map { labels[$0] })
    }
    let setting = Initializer.Setting(model: model, bookSeed: 1, seed: 1, examples: examples)
    let large = Initializer.varianceScaling(8, over: .fanIn)
    let method = GradInit(steps: 150, samples: 32, learningRate: 0.1, factorRate: 0.02)
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy))
    objective.set([Vector(inputs), Vector(labels)], samples: 32)
    func look(_ initializer: Initializer) -> (length: Double, before: Double, after: Double) {
      var point = Vector(initializer.parameters(for: setting))
      var gradient = Vector<Double>(zeros: point.count)
      let before = objective.gradient(at: point, into: &gradient)
      point.add(-0.1, times: gradient)
      return (gradient.norm, before, objective.value(at: point))
    }
    let (plain, tuned) = (look(large), look(large.gradInit(method)))
    #expect(plain.length > 10)
    #expect(tuned.length < 1.2 && tuned.after < tuned.before && tuned.after < 0.5 * plain.after, "\(tuned) \(plain)")
    // The same again, and the directions are the recipe's.
    let first = large.gradInit(method).parameters(for: setting)
    #expect(first == large.gradInit(method).parameters(for: setting))
    let base = large.parameters(for: setting)
    for slice in model.layout.weights {
      let ratios = slice.range.map { first[$0] / base[$0] }
      #expect(ratios.max()! - ratios.min()! < 1e-12)
    }
  }
}
