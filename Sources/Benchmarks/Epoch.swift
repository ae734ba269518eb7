import Autodiff
import Datasets
import Networks
import Optimizers
import Tensors

extension Benchmarks {
  /// 784-256-128-64-10 with ReLU: the network of most cases.
  static let network = Model.perceptron(inputs: 784, hidden: [256, 128, 64], outputs: 10, activation: .relu)

  static func start(of model: Model) -> Vector<Float> {
    Vector(Initializer.pytorch.parameters(for: .init(model: model, bookSeed: 0, seed: 1)).map { Float($0) })
  }

  /// One epoch on FashionMNIST, batches drawn anew.
  static func epoch(batch: Int, _ rule: any Rule) throws {
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let objective = TracedObjective<Float>(network.training(with: .crossEntropy))
    let optimizer = rule.makeOptimizer(for: network.layout, precision: Float.self)
    var point = start(of: network)
    var state = optimizer.start(at: point)
    var number = 0
    measure(repeats: 5, units: 1) {
      var loss = 0.0
      for indices in Batches(count: data.count, size: batch, book: 0, run: 1, epoch: number) {
        objective.refill(counts: [indices.count * 784, indices.count], samples: indices.count) { slots in
          data.copyInputs(indices, into: &slots[0])
          data.copyTargets(indices, into: &slots[1])
        }
        let report = optimizer.step(&point, &state, on: objective, rateFactor: 1)
        loss += report.loss * Double(indices.count) / Double(data.count)
      }
      number += 1
      return loss
    }
  }
}
