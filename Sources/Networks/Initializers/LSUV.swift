import Autodiff
import Tensors

extension Initializer {
  /// Layer-sequential unit variance: orthonormal weights, then, from the input up, each divided by the deviation of what
  /// its layer gives before the activation, until that is 1 within a tolerance. Mishkin & Matas 2016, arXiv:1511.06422.
  ///
  /// - Parameters:
  ///   - samples: inputs of the run's data that the deviation is taken over, with all units.
  ///   - tries: rescalings of a layer at most.
  public static func lsuv(samples: Int, tolerance: Double = 0.1, tries: Int = 10) -> Initializer {
    Initializer.orthogonal(gain: 1).followed(refusing: { model in
      let trace = Trace()
      let parameters = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
      let signals = model.pass(parameters, trace.input(slot: 2, shape: [2, model.inputs])).signals.count
      return signals == model.layout.weights.count ? nil : "lsuv needs a network in which every weight has its signal"
    }) { parameters, setting in
      let model = setting.model
      let inputs = setting.inputs(samples)
      let count = inputs.count / model.inputs
      let trace = Trace()
      let slices = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
      let signals = model.pass(slices, trace.input(slot: 2, shape: [count, model.inputs])).signals
      let program = Program(
        signals.enumerated().flatMap { layer, signal in
          [
            Program.Output(signal.mean(), slot: 3, offset: 2 * layer),
            Program.Output(signal.squared.mean(), slot: 3, offset: 2 * layer + 1),
          ]
        })
      let workspace = program.makeWorkspace(of: Double.self)
      workspace.slots[2] = Vector(inputs)
      workspace.slots[3] = Vector(zeros: 2 * signals.count)
      for (layer, slice) in model.layout.weights.enumerated() {
        for attempt in 0...tries {
          workspace.slots[1] = Vector(parameters)
          program.run(workspace)
          let mean = workspace.slots[3][2 * layer]
          let deviation = max(0, workspace.slots[3][2 * layer + 1] - mean * mean).squareRoot()
          if abs(deviation - 1) < tolerance || attempt == tries || deviation == 0 { break }
          for index in slice.range { parameters[index] /= deviation }
        }
      }
    }
  }
}
