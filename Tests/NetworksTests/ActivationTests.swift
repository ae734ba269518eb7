import Autodiff
import Fixtures
import Networks
import Tensors
import Testing

private struct Reference: Decodable {
  struct Function: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    /// The value and three derivatives at every point.
    var derivatives: [[Double]]
    var testDescription: String { name }
  }
  var points: [Double]
  var staf: [Double]
  var functions: [Function]
}

private let reference = try! fixture("activations", as: Reference.self)

struct ActivationTests {
  @Test("Every activation has a reference")
  func complete() { #expect(Set(Activation.allCases.map(\.rawValue)) == Set(reference.functions.map(\.name))) }

  @Test("Values and the first three derivatives are right", arguments: reference.functions)
  fileprivate func derivatives(_ wanted: Reference.Function) throws {
    let activation = try #require(Activation(rawValue: wanted.name))
    let count = reference.points.count
    let model = try Model.chain("net", [ActivationLayer(activation)], inputShape: [count], outputs: count)
    let trace = Trace()
    let x = trace.input(slot: 1, shape: [1, count])
    let parameters = model.layout.slices.map { trace.input(slot: 2, offset: $0.offset, shape: $0.shape) }
    let pass = model.trace(TracedFunction.Arguments(parameters: parameters, data: [x], mode: .eval))
    var values = [pass.outputs]
    for order in 0..<3 { values.append(gradient(of: values[order].sum(), withRespectTo: [x])[0]) }
    let program = Program(values.enumerated().map { Program.Output($1, slot: 3, offset: $0 * count) })
    let workspace = program.makeWorkspace(of: Double.self)
    for (slot, vector) in [
      Vector(reference.points), Vector(activation == .staf ? reference.staf : model.layout.startingValues()),
      Vector<Double>(zeros: 4 * count),
    ].enumerated() where slot + 1 < workspace.slots.count { workspace.slots[slot + 1] = vector }
    program.run(workspace)
    for order in 0...3 {
      let ours = workspace.slots[3][order * count..<(order + 1) * count]
      // Waves of frequency up to 3, and powers of eˣ, multiply errors.
      let tolerance = [.staf, .telu].contains(activation) ? 1e-11 : 1e-13
      for (index, (found, exact)) in zip(ours, wanted.derivatives[order]).enumerated() {
        #expect(
          abs(found - exact) <= tolerance * max(1, abs(exact)),
          "derivative \(order) at \(reference.points[index]): \(found) instead of \(exact)")
      }
    }
  }

  @Test("A random slope is drawn for each number in train mode, within its bounds")
  func randomSlopes() throws {
    let model = try Model.chain("net", [ActivationLayer(.rrelu)], inputShape: [300], outputs: 300)
    let function = TracedFunction(
      layout: model.layout, noise: model.noise, data: { [[$0, 300]] },
      body: { a in
        let said = model.trace(a).outputs
        return TracedFunction.Result(value: said.sum(), outputs: said)
      })
    let objective = TracedObjective<Double>(function)
    objective.mode = .train
    objective.set([Vector(repeating: -1, count: 300)], samples: 1)
    var outputs = Vector<Double>(zeros: 300)
    objective.outputs(at: Vector(zeros: 0), into: &outputs)
    #expect(outputs.array.allSatisfy { -$0 >= 0.125 && -$0 <= 1.0 / 3 })
    #expect(Set(outputs.array).count > 290)
    #expect(outputs.array.map { -$0 }.max()! - outputs.array.map { -$0 }.min()! > 0.19)
  }
}
