import Autodiff
import Networks
import Optimizers
import Tensors

extension Benchmarks {
  /// Full-batch steps of a 2-4-1 tanh network on 1,000 samples of x·y.
  static func fullBatch(_ rule: any Rule) {
    let model = Model.perceptron(inputs: 2, hidden: [4], outputs: 1, activation: .tanh)
    let objective = TracedObjective<Float>(model.training(with: .meanSquaredError))
    let optimizer = rule.makeOptimizer(for: model.layout, precision: Float.self)
    var stream = Stream(book: 0, run: 0, purpose: .data("benchmark"))
    let inputs = stream.normals(2000)
    let targets = (0..<1000).map { inputs[2 * $0] * inputs[2 * $0 + 1] }
    objective.set([Vector(inputs.map { Float($0) }), Vector(targets.map { Float($0) })], samples: 1000)
    var point = start(of: model)
    var state = optimizer.start(at: point)
    measure(repeats: 9, units: 2000) {
      var loss = 0.0
      for _ in 0..<2000 { loss = optimizer.step(&point, &state, on: objective, rateFactor: 1).loss }
      return loss
    }
  }
}
