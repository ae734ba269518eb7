import Autodiff
import Fixtures
import Networks
import Tensors
import Testing

private struct Reference: Decodable {
  struct Network: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var samples: Int
    var shape: [Int]
    var classes: Int
    var amplitude: Double
    var inputs: [Double]
    var labels: [Double]
    var outputs: [Double]
    var loss: Double
    var gradient: [Double]
    var testDescription: String { name }
  }
  var networks: [Network]
}

private let reference = try! fixture("models", as: Reference.self)

struct ModelTests {
  @Test("Models have exactly the parameters that are published")
  func counts() throws {
    let cifar: Shape = [3, 32, 32]
    #expect(try Model.cnn(inputShape: cifar, outputs: 100).layout.count == 1_194_084)
    #expect(try Model.mnistCNN(inputShape: [1, 28, 28], outputs: 10).layout.count == 1_199_882)
    #expect(
      try Model.simpleTransformer(
        units: 768, depth: 8, heads: 12, hidden: 3072, dropout: 0.1, inputShape: cifar, outputs: 100
      ).layout.count == 62_099_812)
    #expect(try Model.resNet(blocks: 3, inputShape: cifar, outputs: 10).layout.count == 269_722)
    #expect(try Model.resNet(blocks: 3, skips: false, inputShape: cifar, outputs: 10).layout.count == 269_722)
    #expect(
      try Model.visionTransformer(
        patch: 4, units: 128, depth: 4, heads: 4, hidden: 512, inputShape: cifar, outputs: 10
      ).layout.count == 809_098)
    let photograph: Shape = [3, 224, 224]
    #expect(try Model.resNet18(inputShape: photograph, outputs: 1000).layout.count == 11_689_512)
    #expect(try Model.resNet50(inputShape: photograph, outputs: 1000).layout.count == 25_557_032)
    #expect(try Model.vgg16(inputShape: photograph, outputs: 1000).layout.count == 138_357_544)
    #expect(
      try Model.residualPerceptron(blocks: 2, width: 5, multiplier: true, inputs: 3, outputs: 2).layout.count
        == 20 + 2 * (10 + 60 + 1) + 12)
    #expect(
      try Model.residualPerceptron(blocks: 2, width: 5, normalizes: false, inputs: 3, outputs: 2).layout.count
        == 20 + 2 * 60 + 12)
  }

  @Test("The CNN works on other images, and refuses those too small for it")
  func otherShapes() throws {
    #expect(try Model.cnn(inputShape: [1, 28, 28], outputs: 10).layout.weights[3].shape == [512, 9 * 128])
    #expect(throws: Misfit.self) { try Model.cnn(inputShape: [1, 7, 28], outputs: 10) }
    #expect(throws: Misfit.self) { try Model.cnn(inputShape: [784], outputs: 10) }
    #expect(throws: Misfit.self) {
      try Model.visionTransformer(
        patch: 5, units: 8, depth: 1, heads: 2, hidden: 8, inputShape: [1, 28, 28], outputs: 10)
    }
  }

  @Test("Every weight has its signal, in the same order and size", arguments: ["cnn", "resnet", "vit", "transformer"])
  func signals(_ name: String) throws {
    let shape: Shape = [2, 8, 8]
    let model: Model =
      switch name {
      case "cnn": try .cnn(inputShape: shape, outputs: 3)
      case "resnet": try .resNet(blocks: 1, channels: 2, inputShape: shape, outputs: 3)
      case "vit":
        try .visionTransformer(patch: 4, units: 6, depth: 2, heads: 2, hidden: 5, inputShape: shape, outputs: 3)
      default:
        try .simpleTransformer(
          units: 6, depth: 2, heads: 2, hidden: 5, dropout: 0.1, inputShape: shape, outputs: 3)
      }
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let pass = model.pass(parameters, trace.input(slot: 2, shape: [2, model.inputs]))
    #expect(pass.outputs.shape == [2, 3])
    #expect(pass.signals.map { $0.shape.lengths.last! } == model.layout.weights.map { $0.shape[0] })
  }

  @Test("Outputs, loss and gradient in eval mode agree with PyTorch", arguments: reference.networks)
  fileprivate func parity(_ wanted: Reference.Network) throws {
    let shape = Shape(wanted.shape)
    let model: Model =
      switch wanted.name {
      case "cnn": try .cnn(inputShape: shape, outputs: wanted.classes)
      case "mnist-cnn": try .mnistCNN(inputShape: shape, outputs: wanted.classes)
      case "resnet": try .resNet(blocks: 1, channels: 2, inputShape: shape, outputs: wanted.classes)
      case "resnet-noshort":
        try .resNet(blocks: 2, channels: 2, stride: 2, skips: false, inputShape: shape, outputs: wanted.classes)
      case "vit":
        try .visionTransformer(
          patch: 2, units: 4, depth: 2, heads: 2, hidden: 8, inputShape: shape, outputs: wanted.classes)
      default:
        try .simpleTransformer(
          units: 4, depth: 2, heads: 2, hidden: 6, dropout: 0.1, inputShape: shape, outputs: wanted.classes)
      }
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy))
    objective.set([Vector(wanted.inputs), Vector(wanted.labels)], samples: wanted.samples)
    let point = Vector(waves(model, amplitude: wanted.amplitude))
    var outputs = Vector<Double>(zeros: wanted.outputs.count)
    objective.outputs(at: point, into: &outputs)
    for (ours, theirs) in zip(outputs.array, wanted.outputs) {
      #expect(abs(ours - theirs) <= 1e-10 * max(1, abs(theirs)))
    }
    var gradient = Vector<Double>(zeros: model.layout.count)
    #expect(abs(objective.gradient(at: point, into: &gradient) - wanted.loss) < 1e-10)
    // Of large gradients the fixture holds the norm of every slice.
    let slopes =
      wanted.gradient.count == model.layout.count
      ? gradient.array
      : model.layout.slices.map { gradient[$0.range].reduce(0) { $0 + $1 * $1 }.squareRoot() }
    #expect(slopes.count == wanted.gradient.count)
    for (ours, theirs) in zip(slopes, wanted.gradient) { #expect(abs(ours - theirs) <= 1e-9 * max(1, abs(theirs))) }
    if wanted.name == "transformer" {
      // With one token softmax is 1 whatever the scores.
      for slice in model.layout.slices where slice.name.contains(".query.") || slice.name.contains(".key.") {
        #expect(gradient[slice.range].allSatisfy { $0 == 0 })
      }
    }
  }

  /// The parameters that the fixture was made with.
  private func waves(_ model: Model, amplitude: Double) -> [Double] {
    var values = [Double](repeating: 0, count: model.layout.count)
    for slice in model.layout.slices {
      for index in slice.range {
        values[index] = amplitude * wave(2.3 * Double(index) + 0.4) + (slice.role == .gain ? 1 : 0)
      }
    }
    return values
  }

  private func wave(_ x: Double) -> Double {
    // A triangle wave needs no library and is the same everywhere.
    let phase = x - x.rounded(.down)
    return abs(4 * phase - 2) - 1
  }
}
