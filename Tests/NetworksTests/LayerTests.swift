import Autodiff
import Fixtures
import Networks
import Tensors
import Testing

private struct Reference: Decodable {
  struct Evaluation: Decodable, Sendable {
    var outputs: [Double]
    var value: Double
    var gradient: [Double]
    var hessianVectorProduct: [Double]
    var buffers: [Double]
  }
  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var samples: Int
    var shape: [Int]
    var parameters: [Double]
    var inputs: [Double]
    var buffers: [Double]
    var train: Evaluation
    var eval: Evaluation?
    var testDescription: String { name }
    /// The direction of the Hessian products.
    var direction: [Double] {
      (0..<parameters.count + inputs.count).map { index in
        let step = (7 * index + 3) % 11 - 5
        return Double(step) / 5
      }
    }
  }
  var cases: [Case]
}

private let reference = try! fixture("layers", as: Reference.self)

private let layers: [String: [any Layer]] = [
  "linear": [Linear(units: 3)],
  "linear-no-bias": [Linear(units: 3, bias: false)],
  "linear-tokens": [Linear(units: 3)],
  "conv": [Convolution(channels: 3, size: 3)],
  "conv-stride-padding": [Convolution(channels: 2, size: 3, stride: 2, padding: 1)],
  "conv-dilation-no-bias": [Convolution(channels: 2, size: 2, padding: 1, dilation: 3, bias: false)],
  "conv-groups": [Convolution(channels: 6, size: 2, groups: 2)],
  "conv-twice": [
    Convolution(channels: 2, size: 3, padding: 1), ActivationLayer(.tanh), Convolution(channels: 2, size: 3),
  ],
  "max-pool": [Pooling(.maximum, size: 2)],
  "max-pool-overlapping": [Pooling(.maximum, size: 3, stride: 2, padding: 1)],
  "average-pool": [Pooling(.average, size: 3, stride: 2, padding: 1)],
  "global-average": [GlobalAveragePooling()],
  "flatten-linear": [Flatten(), Linear(units: 3)],
  "batch-norm": [BatchNorm()],
  "batch-norm-images": [BatchNorm()],
  "layer-norm": [LayerNorm()],
  "layer-norm-tokens": [LayerNorm()],
  "embedding": [Embedding(symbols: 5, units: 3)],
  "positions": [LearnedPositions()],
  "sinusoidal-positions": [SinusoidalPositions()],
  "attention": [MultiHeadAttention(heads: 2)],
  "pre-norm-residual": [
    Residual(Chain([LayerNorm(), Linear(units: 6), ActivationLayer(.relu), Linear(units: 4)]))
  ],
  "nested-residual": [
    Residual(
      Chain([
        Linear(units: 4), ActivationLayer(.tanh),
        Residual(Chain([Linear(units: 2), ActivationLayer(.tanh), Linear(units: 4)])), Linear(units: 3),
      ]))
  ],
  "basic-block": [BasicBlock(channels: 2)],
  "basic-block-down": [BasicBlock(channels: 3, stride: 2)],
  "encoder": [TransformerEncoder(heads: 2, hidden: 3)],
  "patches": [Patches(size: 2, units: 3), GlobalAveragePooling()],
  "spectral-linear": [Linear(units: 3, isSpectral: true)],
  "spectral-conv": [Convolution(channels: 3, size: 2, isSpectral: true)],
]

/// A function of the parameters and the inputs side by side: Σ w·y + ½·Σ v·y².
private func joint(_ wanted: Reference.Case) throws -> TracedFunction {
  var network = NetworkBuilder()
  let shape = Shape(wanted.shape)
  let input: Shape = shape.rank == 3 ? [shape[1], shape[2], shape[0]] : shape
  let chain = Chain(try #require(layers[wanted.name]) + [Flatten()])
  let trunk = try network.add(chain, input: input)
  let model = network.model(wanted.name, inputShape: shape, outputs: trunk.shape.count, trunk: trunk)
  var layout = model.layout
  layout.append("inputs", [wanted.samples, model.inputs], role: .coordinate, layer: 1)
  return TracedFunction(layout: layout, buffers: model.buffers, noise: model.noise) { a in
    let pass = model.trace(
      TracedFunction.Arguments(
        parameters: a.parameters.dropLast(), data: [a.parameters.last!], buffers: a.buffers, noise: a.noise,
        mode: a.mode))
    let y = pass.outputs
    func wave(_ rate: Double, _ phase: Double) -> Value {
      (rate * y.trace.constant((0..<y.shape.count).map(Double.init), shape: y.shape) + phase).sin
    }
    return TracedFunction.Result(
      value: (wave(0.9, 0.1) * y).sum() + 0.5 * (wave(1.1, 0.5) * y.squared).sum(), outputs: y, buffers: pass.buffers)
  }
}

private func expectEqual(
  _ ours: [Double], _ wanted: [Double], within tolerance: Double = 1e-10, _ what: Comment,
  _ location: SourceLocation = #_sourceLocation
) {
  #expect(ours.count == wanted.count, what, sourceLocation: location)
  let scale = max(1, wanted.map(abs).max() ?? 0)
  let worst = zip(ours, wanted).map { abs($0 - $1) }.max() ?? 0
  #expect(worst <= tolerance * scale, what, sourceLocation: location)
}

struct LayerTests {
  @Test("Every reference has a layer and every layer a reference")
  func complete() { #expect(Set(layers.keys) == Set(reference.cases.map(\.name))) }

  @Test("Outputs, gradients, Hessian products and buffers agree with PyTorch", arguments: reference.cases)
  fileprivate func parity(_ wanted: Reference.Case) throws {
    for (mode, evaluation) in [(TracedFunction.Mode.train, wanted.train), (.eval, wanted.eval ?? wanted.train)] {
      let objective = TracedObjective<Double>(try joint(wanted), buffers: Vector(wanted.buffers))
      objective.set([], samples: wanted.samples)
      objective.mode = mode
      let point = Vector(wanted.parameters + wanted.inputs)
      var outputs = Vector<Double>(zeros: evaluation.outputs.count)
      objective.outputs(at: point, into: &outputs)
      expectEqual(outputs.array, evaluation.outputs, "outputs in \(mode)")
      var product = Vector<Double>(zeros: point.count)
      objective.hessianProduct(at: point, with: Vector(wanted.direction), into: &product, samePoint: false)
      expectEqual(product.array, evaluation.hessianVectorProduct, "Hessian product in \(mode)")
      var gradient = Vector<Double>(zeros: point.count)
      let value = objective.gradient(at: point, into: &gradient)
      expectEqual([value], [evaluation.value], "value in \(mode)")
      expectEqual(gradient.array, evaluation.gradient, "gradient in \(mode)")
      expectEqual(objective.buffers.array, evaluation.buffers, "buffers after \(mode)")
    }
  }

  @Test("Gradients and Hessian products agree with differences", arguments: reference.cases)
  fileprivate func differences(_ wanted: Reference.Case) throws {
    // One step of a power iteration moves with the weight, but is constant to derivatives.
    let modes: [TracedFunction.Mode] = wanted.name.hasPrefix("spectral") ? [.eval] : [.train, .eval]
    for mode in modes {
      let start = Vector(wanted.buffers)
      let objective = TracedObjective<Double>(try joint(wanted), buffers: start)
      objective.set([], samples: wanted.samples)
      objective.mode = mode
      let point = Vector(wanted.parameters + wanted.inputs)
      var direction = Vector(wanted.direction)
      if wanted.name == "embedding" {
        for index in wanted.parameters.count..<direction.count { direction[index] = 0 }
      }
      func evaluate(_ step: Double) -> (value: Double, gradient: [Double]) {
        var moved = point
        for index in moved.indices { moved[index] += step * direction[index] }
        objective.buffers = start
        var gradient = Vector<Double>(zeros: point.count)
        return (objective.gradient(at: moved, into: &gradient), gradient.array)
      }
      let step = 1e-5
      let (ahead, here, behind) = (evaluate(step), evaluate(0), evaluate(-step))
      let along = zip(here.gradient, direction.array).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs((ahead.value - behind.value) / (2 * step) - along) <= 1e-7 * max(1, abs(along)), "\(mode)")
      objective.buffers = start
      var product = Vector<Double>(zeros: point.count)
      objective.hessianProduct(at: point, with: direction, into: &product, samePoint: false)
      expectEqual(
        zip(ahead.gradient, behind.gradient).map { ($0 - $1) / (2 * step) }, product.array, within: 1e-7, "\(mode)")
    }
  }

  @Test("Dropout keeps or drops in train mode, scaled to the same mean, and does nothing in eval mode")
  func dropout() throws {
    let model = try Model.chain("dropout", [Dropout(rate: 0.4)], inputShape: [500], outputs: 500)
    let function = TracedFunction(
      layout: model.layout, noise: model.noise, data: { [[$0, 500]] },
      body: { a in
        let said = model.trace(a).outputs
        return TracedFunction.Result(value: said.sum(), outputs: said)
      })
    let objective = TracedObjective<Double>(function)
    objective.set([Vector((0..<2000).map { 1 + Double($0) })], samples: 4)
    var outputs = Vector<Double>(zeros: 2000)
    objective.outputs(at: Vector(zeros: 0), into: &outputs)
    #expect(outputs.array == (0..<2000).map { 1 + Double($0) })
    objective.mode = .train
    objective.outputs(at: Vector(zeros: 0), into: &outputs)
    let factors = outputs.array.enumerated().map { $1 / (1 + Double($0)) }
    #expect(factors.allSatisfy { $0 == 0 || abs($0 - 1 / 0.6) < 1e-12 })
    let dropped = factors.count { $0 == 0 }
    // Four standard deviations of 2000 coins.
    #expect(abs(Double(dropped) - 800) < 4 * (2000 * 0.4 * 0.6).squareRoot())
    objective.noise = NoiseKey(step: 1)
    var others = Vector<Double>(zeros: 2000)
    objective.outputs(at: Vector(zeros: 0), into: &others)
    #expect(others != outputs)
  }
}
