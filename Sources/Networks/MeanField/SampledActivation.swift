import Autodiff
import Tensors

extension Activation {
  /// The activation and its derivative at some points, a learned slope at its start.
  func sampled(at points: [Double]) -> (values: [Double], slopes: [Double]) {
    let trace = Trace()
    let count = points.count
    let x = trace.input(slot: 1, shape: [1, count])
    var network = NetworkBuilder()
    let layer = ActivationLayer(self).join(&network, input: [count])
    let model = network.model(rawValue, inputShape: [count], outputs: count, trunk: layer)
    let start = model.layout.startingValues()
    let learned = model.layout.slices.map { trace.constant(Array(start[$0.range]), shape: $0.shape) }
    let y = model.pass(learned, x, mode: .eval).outputs
    let slope = gradient(of: y.sum(), withRespectTo: [x])[0]
    let program = Program([Program.Output(y, slot: 2), Program.Output(slope, slot: 2, offset: count)])
    let workspace = program.makeWorkspace(of: Double.self)
    workspace.slots[1] = Vector(points)
    workspace.slots[2] = Vector(zeros: 2 * count)
    program.run(workspace)
    return (workspace.slots[2][0..<count], workspace.slots[2][count..<2 * count])
  }
}
