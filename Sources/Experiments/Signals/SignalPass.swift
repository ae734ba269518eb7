import Autodiff
import Networks
import Tensors

/// One pass of pairs of inputs through a model, and of random derivatives back, with averages layer by layer.
struct SignalPass<Element: Scalar> {
  struct Layer {
    /// Mean and mean square of what the layer gives before its activation.
    var mean: Double
    var forward: Double
    /// Mean square of the derivative of Σ u·output by that.
    var backward: Double
    /// Of the first inputs' signals with their partners'.
    var correlation: Double
    /// Root mean square of the derivative by the layer's weights.
    var weightGradient: Double
  }

  private let model: Model
  private let samples: Int
  private let program: Program
  private let layers: Int

  init(_ model: Model, samples: Int) {
    self.model = model
    self.samples = samples
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let first = model.pass(parameters, trace.input(slot: 2, shape: [samples, model.inputs]))
    let second = model.pass(parameters, trace.input(slot: 3, shape: [samples, model.inputs])).signals
    let cotangent = trace.input(slot: 4, shape: [samples, model.outputs])
    let output = (first.outputs * cotangent).sum()
    let weights = zip(model.layout.slices, parameters).filter { $0.0.role == .weight }.map(\.1)
    layers = first.signals.count
    let slopes = gradient(of: output, withRespectTo: first.signals + weights)
    var values: [Value] = []
    for layer in 0..<layers {
      let (z, partner) = (first.signals[layer], second[layer])
      values += [
        z.mean(), z.squared.mean(), slopes[layer].squared.mean(), (z * partner).mean(), partner.squared.mean(),
      ]
    }
    values += slopes.dropFirst(layers).map { $0.squared.mean() }
    program = Program(values.enumerated().map { Program.Output($1, slot: 5, offset: $0) })
  }

  /// - Parameters:
  ///   - first: `samples` rows of inputs; `second` holds their partners.
  ///   - probes: gives u, standard normal, one for each output of each sample.
  func callAsFunction(at parameters: [Double], _ first: [Double], _ second: [Double], probes: Stream) -> [Layer] {
    var probes = probes
    let workspace = program.makeWorkspace(of: Element.self)
    func vector(_ values: [Double]) -> Vector<Element> { Vector(values.map { Element($0) }) }
    workspace.slots[1] = vector(parameters)
    workspace.slots[2] = vector(first)
    workspace.slots[3] = vector(second)
    workspace.slots[4] = vector(probes.normals(samples * model.outputs))
    workspace.slots[5] = Vector(zeros: 6 * layers)
    program.run(workspace)
    let results = workspace.slots[5].array.map { Double($0) }
    return (0..<layers).map { layer in
      let values = Array(results[5 * layer..<5 * (layer + 1)])
      return Layer(
        mean: values[0], forward: values[1], backward: values[2],
        correlation: values[3] / (values[1] * values[4]).squareRoot(),
        weightGradient: results[5 * layers + layer].squareRoot())
    }
  }
}

/// The Jacobian of a model's outputs by its inputs, `[outputs, inputs]`: one backward pass for all rows, with a batch
/// that holds the same input once for every output.
struct Jacobian<Element: Scalar> {
  private let model: Model
  private let program: Program

  init(_ model: Model) {
    self.model = model
    let trace = Trace()
    let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
    let x = trace.input(slot: 2, shape: [1, model.inputs]).broadcast(to: [model.outputs, model.inputs])
    // Differentiated by the rows, each of which only its own output looks at.
    let rows = x + trace.input(slot: 3, shape: [model.outputs, model.inputs])
    let outputs = model.pass(parameters, rows).outputs
    let chosen = outputs * trace.input(slot: 4, shape: [model.outputs, model.outputs])
    program = Program([Program.Output(gradient(of: chosen.sum(), withRespectTo: [rows])[0], slot: 5)])
  }

  func callAsFunction(at parameters: [Double], input: [Double]) -> Matrix {
    let workspace = program.makeWorkspace(of: Element.self)
    workspace.slots[1] = Vector(parameters.map { Element($0) })
    workspace.slots[2] = Vector(input.map { Element($0) })
    workspace.slots[3] = Vector(zeros: model.outputs * model.inputs)
    var identity = Vector<Element>(zeros: model.outputs * model.outputs)
    for index in 0..<model.outputs { identity[index * (model.outputs + 1)] = 1 }
    workspace.slots[4] = identity
    workspace.slots[5] = Vector(zeros: model.outputs * model.inputs)
    program.run(workspace)
    return Matrix(
      rows: model.outputs, columns: model.inputs, workspace.slots[5].array.map { Double($0) })
  }
}
