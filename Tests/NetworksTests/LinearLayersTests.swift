import Autodiff
import Networks
import Tensors
import Testing

struct LinearLayersTests {
  /// The names of weights that are linear layers to K-FAC, and of weights that are not.
  private func layers(_ model: Model) -> (found: [LinearLayer], missed: [String]) {
    let objective = TracedObjective<Float>(model.training(with: .crossEntropy))
    objective.set([], samples: 2)
    let found = objective.linearLayers
    let names = found.map(\.weight.name)
    return (found, model.layout.weights.map(\.name).filter { !names.contains($0) })
  }

  @Test(
    "Every weight of perceptrons, convolutional and residual networks and transformers is a linear layer with its bias")
  func networks() throws {
    let images: Shape = [3, 8, 8]
    let models = [
      Model.perceptron(inputs: 3, hidden: [5, 4], outputs: 3, activation: .relu),
      try Model.resNet(blocks: 1, inputShape: images, outputs: 3),
      try Model.visionTransformer(
        patch: 4, units: 8, depth: 1, heads: 2, hidden: 16, inputShape: images, outputs: 3),
    ]
    for model in models {
      let (found, missed) = layers(model)
      #expect(missed.isEmpty, "\(model.name): \(missed)")
      let biases = model.layout.slices.filter { $0.role == .bias && $0.name.hasSuffix(".bias") }.map(\.name)
      for layer in found {
        #expect(layer.inputs * layer.units == layer.weight.shape.count + (layer.bias?.shape.count ?? 0))
        let bias = layer.weight.name.replacing(".weight", with: ".bias")
        #expect((layer.bias?.name == bias) == biases.contains(bias), "\(model.name): \(layer.weight.name)")
      }
    }
    // Tokens are rows: two samples of four patches.
    let transformer = layers(models[2]).found
    #expect(transformer.contains { $0.rows == 8 || $0.rows == 10 })
  }

  @Test("A weight that is divided by its norm is no linear layer")
  func spectral() throws {
    let model = try Model.chain(
      "spectral", [Linear(units: 4, isSpectral: true), Linear(units: 2)], inputShape: [3], outputs: 2)
    let (found, missed) = layers(model)
    #expect(found.count == 1 && missed.count == 1)
  }
}
