import Autodiff
import Tensors
import Testing

struct CheckpointingTests {
  private static let width = 24
  private static let samples = 40

  /// The gradient of a deep network's mean square, and the numbers that computing it keeps.
  private func gradient(
    layers: Int, segments: Int, _ activation: (Value) -> Value, skips: Bool = false
  ) -> (gradient: [Float], working: Int, kernels: Int) {
    let (width, samples) = (Self.width, Self.samples)
    let trace = Trace()
    let weights = (0..<layers).map { trace.input(slot: 1, offset: $0 * width * width, shape: [width, width]) }
    var h = trace.input(slot: 2, shape: [samples, width])
    for weight in weights {
      let next = activation(h.product(weight.transposed))
      h = skips ? h + next : next
    }
    let slopes = Autodiff.gradient(of: h.squared.mean(), withRespectTo: weights, segments: segments)
    let program = Program(
      slopes.enumerated().map { Program.Output($1, slot: 3, offset: $0 * width * width) })
    let workspace = program.makeWorkspace(of: Float.self)
    var stream = Stream(book: 0, run: 1, purpose: .data("checkpointing"))
    let deviation = (2 / Double(width)).squareRoot()
    workspace.slots[1] = Vector(stream.normals(layers * width * width).map { Float($0 * deviation) })
    workspace.slots[2] = Vector(stream.normals(samples * width).map { Float($0) })
    workspace.slots[3] = Vector(zeros: layers * width * width)
    program.run(workspace)
    return (workspace.slots[3].array, program.workingCount, program.instructionCount)
  }

  @Test("A gradient that computes activations again is the same to the bit, for every number of segments")
  func sameBits() {
    for activation in [{ $0.relu }, { $0.tanh }, { $0.sigmoid }] as [(Value) -> Value] {
      let kept = gradient(layers: 9, segments: 1, activation)
      #expect(kept.gradient.contains { $0 != 0 })
      for segments in [0, 2, 3, 5, 9, 100] {
        let again = gradient(layers: 9, segments: segments, activation)
        #expect(again.gradient == kept.gradient)
        #expect(again.kernels > kept.kernels)
      }
    }
  }

  @Test("Networks with skip connections are cut between their blocks")
  func skips() {
    let kept = gradient(layers: 16, segments: 1, { $0.tanh }, skips: true)
    let again = gradient(layers: 16, segments: 0, { $0.tanh }, skips: true)
    #expect(again.gradient == kept.gradient)
    #expect(again.working < kept.working)
  }

  @Test("Sixteen layers in four segments keep about eight activations instead of sixteen; more layers, more so")
  func memory() {
    let activation = Self.samples * Self.width
    func working(_ layers: Int, _ segments: Int) -> Double {
      Double(gradient(layers: layers, segments: segments, { $0.tanh }).working) / Double(activation)
    }
    let whole = working(16, 1)
    #expect(whole >= 16)
    #expect(working(16, 4) <= 11)
    #expect(working(16, 0) == working(16, 4))
    // √L: four times the layers, about twice the memory.
    #expect(working(64, 0) <= 2.3 * working(16, 0))
    #expect(working(64, 1) >= 3.5 * whole)
  }

  @Test("Second derivatives pass through what is computed again")
  func curvature() {
    let trace = Trace()
    let w = trace.input(slot: 1, shape: [1, 1])
    var h = trace.constant([0.7], shape: [1, 1])
    for _ in 0..<4 { h = h.product(w).tanh }
    let y = h.sum()
    func second(_ segments: Int) -> Double {
      let slope = Autodiff.gradient(of: y, withRespectTo: [w], segments: segments)[0]
      let curvature = Autodiff.gradient(of: slope.sum(), withRespectTo: [w])[0]
      let program = Program([.init(curvature, slot: 2)])
      let workspace = program.makeWorkspace(of: Double.self)
      workspace.slots[1] = Vector([1.3])
      workspace.slots[2] = Vector(zeros: 1)
      program.run(workspace)
      return workspace.slots[2][0]
    }
    #expect(second(1) != 0)
    #expect(abs(second(2) - second(1)) < 1e-14)
  }
}
