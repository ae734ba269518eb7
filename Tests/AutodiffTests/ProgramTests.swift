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

  @Test("Sums over rows, columns and everything are taken as what is summed goes by")
  func fusedSums() {
    let trace = Trace()
    let (rows, columns) = (60, 24)
    let y = trace.input(slot: 1, shape: [rows, columns]).squared
    let program = Program([
      .init(y.sum(over: [0]), slot: 2), .init(y.sum(over: [1]), slot: 2, offset: columns),
      .init(y.sum(), slot: 2, offset: columns + rows),
    ])
    #expect(program.instructionCount == 1)
    let workspace = program.makeWorkspace(of: Float.self)
    let values = (0..<rows * columns).map { Float($0 % 13) }
    workspace.slots[1] = Vector(values)
    workspace.slots[2] = Vector(repeating: .nan, count: columns + rows + 1)
    program.run(workspace)
    let squares = values.map { $0 * $0 }
    for column in 0..<columns {
      #expect(workspace.slots[2][column] == (0..<rows).reduce(0) { $0 + squares[$1 * columns + column] })
    }
    for row in 0..<rows {
      #expect(workspace.slots[2][columns + row] == squares[row * columns..<(row + 1) * columns].reduce(0, +))
    }
    #expect(workspace.slots[2][columns + rows] == squares.reduce(0, +))
  }

  @Test("Concatenation is one kernel, and parts that cover everything leave no zeros to write")
  func concatenation() {
    let trace = Trace()
    let a = trace.input(slot: 1, shape: [2, 3])
    let b = trace.input(slot: 1, offset: 6, shape: [2, 1])
    let whole = a.concatenated(with: [b, a.slice(axis: 1, 1..<3)], axis: 1)
    #expect(Program([.init(whole, slot: 2)]).instructionCount == 1)
    let result = run([.init(whole, slot: 2)], [[1, 2, 3, 4, 5, 6, 7, 8], Array(repeating: 0, count: 12)])
    #expect(result[1] == [1, 2, 3, 7, 2, 3, 4, 5, 6, 8, 5, 6])
    // Places that meet are added.
    let overlap = a.placed(in: [2, 4], start: [0, 0]) + a.placed(in: [2, 4], start: [0, 1])
    #expect(
      run([.init(overlap, slot: 2)], [[1, 2, 3, 4, 5, 6], Array(repeating: 0, count: 8)])[1] == [
        1, 3, 5, 3, 4, 9, 11, 6,
      ])
    // Equal steps that interleave do not meet.
    let comb =
      a.placed(in: [2, 6], start: [0, 0], step: [1, 2]) + a.placed(in: [2, 6], start: [0, 1], step: [1, 2])
    #expect(Program([.init(comb, slot: 2)]).instructionCount == 1)
    let combed = run([.init(comb, slot: 2)], [[1, 2, 3, 4, 5, 6], Array(repeating: 0, count: 12)])
    #expect(combed[1] == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6])
  }

  @Test("Slices and transposes under another shape have the same elements, in place or copied")
  func reshapedViews() {
    let trace = Trace()
    let x = trace.input(slot: 1, shape: [2, 3, 4])
    let values = (0..<24).map(Double.init)
    func elements(_ value: Value) -> [Double] {
      run([.init(value + 0 * value.sum(), slot: 2)], [values, Array(repeating: 0, count: value.shape.count)])[1]
    }
    let slice = x.slice(axis: 1, 1..<3)
    #expect(elements(slice.reshaped([2, 8])) == Array(4..<12).map(Double.init) + Array(16..<24).map(Double.init))
    #expect(elements(slice.reshaped([2, 2, 2, 2])) == elements(slice.reshaped([2, 8])))
    #expect(elements(slice.reshaped([16, 1])) == elements(slice.reshaped([2, 8])))
    let exchanged = x.transposed([2, 0, 1])
    let wanted = (0..<4).flatMap { column in (0..<6).map { Double($0 * 4 + column) } }
    #expect(elements(exchanged.reshaped([4, 6])) == wanted)
    #expect(elements(exchanged.reshaped([2, 2, 1, 3, 2])) == wanted)
    #expect(elements(x.transposed([0, 2, 1]).reshaped([4, 6])) == elements(x.transposed([0, 2, 1])))
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
