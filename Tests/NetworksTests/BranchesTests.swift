import Autodiff
import Networks
import Tensors
import Testing

struct BranchesTests {
  private func model(multiplier: Bool) throws -> Model {
    let branch = Chain([
      Linear(units: 40), ActivationLayer(.relu), Linear(units: 30), ActivationLayer(.relu), Linear(units: 20),
    ])
    let residuals = (0..<4).map { _ in Residual(branch, multiplier: multiplier) as any Layer }
    return try Model.chain("net", [Linear(units: 20)] + residuals + [Linear(units: 3)], inputShape: [5], outputs: 3)
  }
  private func start(_ initializer: Initializer, _ model: Model) -> [Double] {
    initializer.parameters(for: .init(model: model, bookSeed: 1, seed: 1))
  }

  @Test("Fixup scales the inner layers of 4 branches of 3 layers by 4^(−1/4) and starts the last ones at 0")
  func fixup() throws {
    let model = try model(multiplier: true)
    let base = start(.kaiming(.normal, slope: 0, fan: .fanIn), model)
    let scaled = start(.fixup, model)
    for slice in model.layout.weights {
      let factor: Double =
        switch (slice.branch?.layer, slice.location) {
        case (3?, _), (nil, .output): 0
        case (nil, _): 1
        default: 1 / 2.0.squareRoot()
        }
      #expect(slice.range.allSatisfy { abs(scaled[$0] - factor * base[$0]) < 1e-12 }, "\(slice.name)")
    }
    for slice in model.layout.slices where slice.role == .multiplier { #expect(scaled[slice.range.lowerBound] == 1) }
  }

  @Test("Fixup and zero branches start a network as its skips alone")
  func skips() throws {
    let model = try model(multiplier: true)
    for initializer in [Initializer.fixup, .varianceScaling(2, over: .fanIn).zeroBranches()] {
      let parameters = start(initializer, model)
      let trace = Trace()
      let slices = model.layout.slices.map { trace.input(slot: 1, offset: $0.offset, shape: $0.shape) }
      let signals = model.pass(slices, trace.input(slot: 2, shape: [2, 5])).signals
      // What the first linear layer gives goes into every branch unchanged, so all their first layers see the same.
      let program = Program(
        [signals[0], signals[1], signals[4]].enumerated().map {
          Program.Output($1.squared.sum(), slot: 3, offset: $0)
        })
      let workspace = program.makeWorkspace(of: Double.self)
      var changed = parameters
      let first = model.layout.weights[1]
      let second = model.layout.weights[4]
      // The same weights in both, to compare what comes in.
      for (a, b) in zip(first.range, second.range) { changed[b] = changed[a] }
      workspace.slots[1] = Vector(changed)
      workspace.slots[2] = Vector([1, -2, 0.5, 0.3, 1, 0, 1, 2, -1, 0.7])
      workspace.slots[3] = Vector(zeros: 3)
      program.run(workspace)
      #expect(workspace.slots[3][0] > 0 && workspace.slots[3][1] > 0)
      #expect(abs(workspace.slots[3][1] - workspace.slots[3][2]) < 1e-10)
    }
  }

  @Test("Both refuse networks without branches, or without multipliers")
  func refusals() throws {
    let plain = Model.perceptron(inputs: 2, hidden: [3], outputs: 1, activation: .relu)
    #expect(Initializer.fixup.refusal(of: plain)?.contains("residual") == true)
    let bare = try model(multiplier: false)
    #expect(Initializer.fixup.refusal(of: bare) == nil)
    #expect(Initializer.lecun(.normal).zeroBranches().refusal(of: bare)?.contains("multiplier") == true)
  }
}
