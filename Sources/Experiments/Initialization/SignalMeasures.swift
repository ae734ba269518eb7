import Autodiff
import Networks
import Tensors

/// How large signals are on their way through a network, layer by layer.
enum SignalMeasure: String, CaseIterable, Sendable {
  /// Variance of what a layer gives before its activation, over samples and units.
  case forwardVariance = "forward-variance"
  /// Mean square of the same.
  case forwardMoment = "forward-moment"
  /// Variance of the derivative of Σ u·output by the same, u standard normal.
  case backwardVariance = "backward-variance"

  var doc: String {
    switch self {
    case .forwardVariance: "Variance of what the layer gives before its activation."
    case .forwardMoment: "Mean square of what the layer gives before its activation."
    case .backwardVariance: "Variance of the derivative of Σ u·output by that, u standard normal."
    }
  }
}

/// The signals of a model at a point, for a batch of inputs: one dictionary a layer, from the input up.
///
/// - Parameters:
///   - inputs: `samples` rows.
///   - probes: gives the standard normal u, one for each output of each sample.
func signals<Element: Scalar>(
  of model: Model, at point: Vector<Element>, inputs: Vector<Element>, samples: Int, probes: Stream
) -> [[SignalMeasure: Double]] {
  let trace = Trace()
  let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
  let pass = model.pass(parameters, trace.input(slot: 2, shape: [samples, model.inputs]))
  let cotangent = trace.input(slot: 3, shape: [samples, model.outputs])
  let slopes = gradient(of: (pass.outputs * cotangent).sum(), withRespectTo: pass.signals)
  var outputs: [Program.Output] = []
  for value in zip(pass.signals, slopes).flatMap({ [$0, $1] }) {
    outputs.append(Program.Output(value.mean(), slot: 4, offset: outputs.count))
    outputs.append(Program.Output(value.squared.mean(), slot: 4, offset: outputs.count))
  }
  let program = Program(outputs)
  let workspace = program.makeWorkspace(of: Element.self)
  var probes = probes
  workspace.slots[1] = point
  workspace.slots[2] = inputs
  workspace.slots[3] = Vector(probes.normals(samples * model.outputs).map { Element($0) })
  workspace.slots[4] = Vector(zeros: outputs.count)
  program.run(workspace)
  let moments = workspace.slots[4].array.map { Double($0) }
  func mean(_ index: Int) -> Double { moments[2 * index] }
  func square(_ index: Int) -> Double { moments[2 * index + 1] }
  return pass.signals.indices.map { layer in
    let (forward, backward) = (2 * layer, 2 * layer + 1)
    return [
      .forwardVariance: square(forward) - mean(forward) * mean(forward), .forwardMoment: square(forward),
      .backwardVariance: square(backward) - mean(backward) * mean(backward),
    ]
  }
}
