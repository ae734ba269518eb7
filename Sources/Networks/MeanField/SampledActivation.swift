import Autodiff
import Tensors

extension Activation {
  /// The activation and its derivative at some points, a learned slope at its start.
  func sampled(at points: [Double]) -> (values: [Double], slopes: [Double]) {
    let trace = Trace()
    let count = points.count
    let x = trace.input(slot: 1, shape: [count])
    let y = self(x, slope: hasSlope ? trace.constant(0.25) : nil)
    let slope = gradient(of: y.sum(), withRespectTo: [x])[0]
    let program = Program([Program.Output(y, slot: 2), Program.Output(slope, slot: 2, offset: count)])
    let workspace = program.makeWorkspace(of: Double.self)
    workspace.slots[1] = Vector(points)
    workspace.slots[2] = Vector(zeros: 2 * count)
    program.run(workspace)
    return (workspace.slots[2][0..<count], workspace.slots[2][count..<2 * count])
  }
}
