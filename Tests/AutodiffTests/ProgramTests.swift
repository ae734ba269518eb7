import Autodiff
import Tensors
import Testing

struct ProgramTests {
  /// Runs outputs against slots 1, 2, … and gives the slots back.
  private func run(_ outputs: [Program.Output], _ slots: [[Double]]) -> [[Double]] {
    let program = Program(outputs)
    let workspace = program.makeWorkspace(of: Double.self)
    for (index, values) in slots.enumerated() where index + 1 < workspace.slots.count {
      workspace.slots[index + 1] = Vector(values)
    }
    program.run(workspace)
    return workspace.slots.dropFirst().map(\.array)
  }

  @Test("An output may replace what it was computed from, however it is read")
  func inPlace() {
    let trace = Trace()
    let x = trace.input(slot: 1, shape: [4])
    let total = x.sum()
    // Each of these reads slot 1 in another way and writes over it.
    #expect(run([.init(x * 2, slot: 1)], [[1, 2, 3, 4]])[0] == [2, 4, 6, 8])
    #expect(run([.init(x / total, slot: 1)], [[1, 2, 3, 4]])[0] == [0.1, 0.2, 0.3, 0.4])
    let reversed = x.reshaped([2, 2]).transposed.reshaped([4])
    #expect(run([.init(reversed, slot: 1)], [[1, 2, 3, 4]])[0] == [1, 3, 2, 4])
    let first = trace.input(slot: 1, shape: .scalar)
    #expect(run([.init(x + first, slot: 1)], [[1, 2, 3, 4]])[0] == [2, 3, 4, 5])
    let matrix = trace.input(slot: 1, shape: [2, 2])
    #expect(run([.init(matrix.product(matrix), slot: 1)], [[1, 2, 3, 4]])[0] == [7, 10, 15, 22])
  }

  @Test("Outputs that depend on each other's old values see the old values")
  func exchange() {
    let trace = Trace()
    let a = trace.input(slot: 1, shape: [2])
    let b = trace.input(slot: 2, shape: [2])
    let result = run([.init(a + b, slot: 2), .init(a - b, slot: 1)], [[5, 6], [1, 2]])
    #expect(result[0] == [4, 4])
    #expect(result[1] == [6, 8])
  }

  @Test("One value can be several outputs, a constant or an input can be one")
  func plainOutputs() {
    let trace = Trace()
    let a = trace.input(slot: 1, shape: [2])
    let double = a + a
    let result = run(
      [
        .init(double, slot: 2), .init(double, slot: 2, offset: 2), .init(a, slot: 2, offset: 4),
        .init(trace.constant(3).broadcast(to: [2]), slot: 2, offset: 6),
      ], [[1, 2], Array(repeating: 0, count: 8)])
    #expect(result[1] == [2, 4, 2, 4, 1, 2, 3, 3])
  }

  @Test("A part of a value can be an output, also a part in one piece, and sums over parts sum the part alone")
  func partialOutputs() {
    let trace = Trace()
    let x = trace.input(slot: 1, shape: [2, 4])
    let double = x + x
    let result = run(
      [
        .init(double.slice(axis: 0, 1..<2), slot: 2), .init(double.slice(axis: 1, 1..<3), slot: 2, offset: 4),
        .init(double.slice(axis: 0, 1..<2).sum(), slot: 2, offset: 8), .init(x.slice(axis: 0, 1..<2), slot: 1),
      ], [[1, 2, 3, 4, 5, 6, 7, 8], Array(repeating: 0, count: 9)])
    #expect(result[1] == [10, 12, 14, 16, 4, 6, 12, 14, 52])
    #expect(result[0] == [5, 6, 7, 8, 5, 6, 7, 8])
  }

  @Test("More element-wise work than one kernel's registers hold is split, and stays right")
  func manyValues() {
    let trace = Trace()
    let inputs = (0..<40).map { trace.input(slot: 1, offset: 3 * $0, shape: [3]) }
    var sum = inputs[0].exp
    for (index, input) in inputs.enumerated().dropFirst() { sum = sum + (input * Double(index)).tanh * inputs[0] }
    let values = (0..<120).map { Double($0 % 11) * 0.1 - 0.5 }
    let program = Program([.init(sum, slot: 2)])
    let workspace = program.makeWorkspace(of: Double.self)
    workspace.slots[1] = Vector(values)
    workspace.slots[2] = Vector(zeros: 3)
    program.run(workspace)
    for i in 0..<3 {
      var wanted = exponential(values[i])
      for index in 1..<40 {
        let x = values[3 * index + i] * Double(index)
        let e = exponential(2 * x)
        wanted += (e - 1) / (e + 1) * values[i]
      }
      #expect(abs(workspace.slots[2][i] - wanted) < 1e-12)
    }
  }

  @Test("What both value and gradient need is computed once, and masks wait for the backward pass")
  func sharing() {
    let trace = Trace()
    let x = trace.input(slot: 1, shape: [100])
    let y = (x.tanh * x.tanh).sum()
    let program = Program([.init(y, slot: 2), .init(gradient(of: y, withRespectTo: [x])[0], slot: 3)])
    // One pass over x gives the sum and the gradient.
    #expect(program.instructionCount <= 2)
  }
}
