import Autodiff
import Networks
import Optimizers
import Tensors

/// Training steps of networks for images, on noise of 3×32×32 and ten classes.
enum ImageNetworks {
  static let cases = ["cnn", "resnet20", "vit"]

  private static let images: Shape = [3, 32, 32]

  /// Microseconds of one step in train mode, the median of several after two to warm up.
  static func step(_ name: String) throws {
    switch name {
    case "cnn": try steps(of: cnn(), batch: 128, SGD(learningRate: 0.05, momentum: 0.9))
    case "resnet20":
      try steps(
        of: .resNet(blocks: 3, inputShape: images, outputs: 10), batch: 128, SGD(learningRate: 0.05, momentum: 0.9))
    default:
      try steps(
        of: .visionTransformer(
          patch: 4, units: 128, depth: 4, heads: 4, hidden: 512, inputShape: images, outputs: 10), batch: 64,
        Adam(learningRate: 0.001, weightDecay: 0.01, isDecoupled: true))
    }
  }

  /// Four times convolution 3×3, batch normalization, ReLU and pooling, then 768 units: 1.2 million parameters.
  private static func cnn() throws -> Model {
    let stages: [any Layer] = [32, 64, 128, 256].flatMap { channels -> [any Layer] in
      [
        Convolution(channels: channels, size: 3, padding: 1, bias: false), BatchNorm(), ActivationLayer(.relu),
        Pooling(.maximum, size: 2),
      ]
    }
    return try .chain(
      "cnn", stages + [Flatten(), Linear(units: 768), ActivationLayer(.relu), Linear(units: 10)], inputShape: images,
      outputs: 10)
  }

  private static func steps(of model: Model, batch: Int, _ rule: any Rule) throws {
    let objective = TracedObjective<Float>(model.training(with: .crossEntropy))
    objective.mode = .train
    var stream = Stream(book: 0, run: 0, purpose: .data("benchmark"))
    let inputs = stream.normals(batch * images.count).map { Float($0) }
    let labels = stream.uniforms(batch, from: 0, to: 10).map { Float($0.rounded(.down)) }
    objective.set([Vector(inputs), Vector(labels)], samples: batch)
    let optimizer = rule.makeOptimizer(for: model.layout, precision: Float.self)
    var point = Vector(Initializer.pytorch.parameters(for: .init(model: model, bookSeed: 0, seed: 1)).map { Float($0) })
    var state = optimizer.start(at: point)
    var loss = 0.0
    Benchmarks.measure(repeats: 7, units: 2) {
      for _ in 0..<2 { loss = optimizer.step(&point, &state, on: objective, rateFactor: 1).loss }
      return loss
    }
  }
}
