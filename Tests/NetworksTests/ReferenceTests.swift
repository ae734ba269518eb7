import Autodiff
import Fixtures
import Networks
import Tensors
import Testing

private struct Reference: Decodable {
  struct Derivatives: Decodable, Sendable {
    var loss: Double
    var gradient: [Double]
    var hessianVectorProduct: [Double]
  }
  struct Network: Decodable, Sendable, CustomTestStringConvertible {
    struct Slice: Decodable, Sendable {
      var name: String
      var shape: [Int]
    }
    var name: String
    var sizes: [Int]
    var activation: String
    var slices: [Slice]
    var parameters: [Double]
    var direction: [Double]
    var outputs: [[Double]]
    var crossEntropy: Derivatives
    var mse: Derivatives
    var testDescription: String { name }

    /// A flat vector in PyTorch's order as one in ours: our slope comes last.
    func ordered(_ values: [Double]) -> [Double] {
      var offset = 0
      var ours: [Double] = []
      var slopes: [Double] = []
      for slice in slices {
        let count = slice.shape.reduce(1, *)
        let part = values[offset..<offset + count]
        if slice.shape == [1], activation == "prelu", slice.name != slices.last!.name {
          slopes += part
        } else {
          ours += part
        }
        offset += count
      }
      return ours + slopes
    }
  }
  var inputs: [[Double]]
  var labels: [Double]
  var targets: [[Double]]
  var networks: [Network]
}

private let reference = try! fixture("networks", as: Reference.self)

struct ReferenceTests {
  @Test("Outputs, losses, gradients and Hessian products agree with PyTorch", arguments: reference.networks)
  fileprivate func networks(_ wanted: Reference.Network) throws {
    let activation = try #require(Activation(rawValue: wanted.activation))
    let model = Model.perceptron(
      inputs: wanted.sizes[0], hidden: Array(wanted.sizes[1..<wanted.sizes.count - 1]), outputs: wanted.sizes.last!,
      activation: activation)
    let samples = reference.inputs.count
    let point = Vector(wanted.ordered(wanted.parameters))
    #expect(point.count == model.layout.count)
    for (loss, derivatives, targets) in [
      (Loss.crossEntropy, wanted.crossEntropy, reference.labels),
      (.meanSquaredError, wanted.mse, reference.targets.flatMap { $0 }),
    ] {
      let objective = TracedObjective<Double>(model.training(with: loss))
      objective.set([Vector(reference.inputs.flatMap { $0 }), Vector(targets)], samples: samples)
      var gradient = Vector<Double>(zeros: point.count)
      #expect(close(objective.gradient(at: point, into: &gradient), derivatives.loss))
      #expect(zip(gradient.array, wanted.ordered(derivatives.gradient)).allSatisfy(close))
      var product = gradient
      objective.hessianProduct(
        at: point, with: Vector(wanted.ordered(wanted.direction)), into: &product, samePoint: false)
      #expect(zip(product.array, wanted.ordered(derivatives.hessianVectorProduct)).allSatisfy(close))
      var outputs = Vector<Double>(zeros: samples * model.outputs)
      objective.outputs(at: point, into: &outputs)
      #expect(zip(outputs.array, wanted.outputs.flatMap { $0 }).allSatisfy(close))
    }
  }

  private func close(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-11 * max(1, abs(b)) }

  @Test("The sources' networks have the sizes that they print")
  func sizes() {
    func count(_ hidden: [Int], _ activation: Activation) -> Int {
      Model.perceptron(inputs: 784, hidden: hidden, outputs: 10, activation: activation).layout.count
    }
    #expect(count([256, 192, 128, 64], .gelu) == 283_914)
    #expect(count([256, 192, 128, 64], .prelu) == 283_915)
    #expect(count([512, 64], .relu) == 435_402)
  }

  @Test("Cross-entropy of equal outputs is ln C, and counts as right only what the first index says")
  func uniform() {
    let model = Model.perceptron(inputs: 3, hidden: [], outputs: 10, activation: .relu)
    let objective = TracedObjective<Double>(model.training(with: .crossEntropy))
    objective.set([Vector(repeating: 1, count: 12), Vector([0, 3, 0, 9])], samples: 4)
    #expect(abs(objective.value(at: Vector(zeros: model.layout.count)) - 2.302585092994046) < 1e-15)
    #expect(objective.measures == [2])
  }
}
