import Tensors
import Testing

struct ReductionTests {
  private func reduce(_ operation: Reduction.Operation, _ x: [Float], _ outer: Int, _ middle: Int, _ inner: Int)
    -> [Float]
  {
    let code = Code(
      instructions: [
        .reduction(
          Reduction(
            operation, from: Operand(slot: 1, offset: 0), to: Operand(slot: 2, offset: 0), outer: outer,
            middle: middle, inner: inner))
      ], arenaCount: 0, constants: [], slotCounts: [0, x.count, outer * inner], writtenSlots: [2])
    let workspace = Workspace<Float>(for: code)
    workspace.slots[1] = Vector(x)
    workspace.slots[2] = Vector(zeros: outer * inner)
    code.run(on: workspace)
    return workspace.slots[2].array
  }

  @Test("Sums, maxima and their places agree with a plain loop", arguments: [1, 2, 3, 4, 8, 10, 600])
  func agreement(_ inner: Int) {
    for (outer, middle) in [(1, 1), (1, 37), (3, 5), (2, 64)] {
      var stream = Stream(book: 0, run: UInt64(inner), purpose: .data("reductions"))
      let x = stream.normals(outer * middle * inner).map { Float($0) }
      let sums = reduce(.sum, x, outer, middle, inner)
      let maxima = reduce(.maximum, x, outer, middle, inner)
      let places = reduce(.argmax, x, outer, middle, inner)
      for o in 0..<outer {
        for i in 0..<inner {
          let column = (0..<middle).map { x[(o * middle + $0) * inner + i] }
          let wanted = column.reduce(0.0) { $0 + Double($1) }
          #expect(abs(Double(sums[o * inner + i]) - wanted) <= 1e-6 * (1 + abs(wanted)))
          #expect(maxima[o * inner + i] == column.max())
          #expect(Int(places[o * inner + i]) == column.firstIndex(of: column.max()!))
        }
      }
    }
  }

  @Test("A long sum of Float keeps the digits that adding in Float would lose")
  func accumulation() {
    let count = 1 << 20
    let sum = reduce(.sum, Array(repeating: 0.1, count: count), 1, count, 1)[0]
    #expect(abs(Double(sum) - Double(Float(0.1)) * Double(count)) < 0.01)
  }

  @Test("NaN is the largest, and its first place counts")
  func notANumber() {
    #expect(reduce(.argmax, [1, .nan, 3, .nan], 1, 4, 1) == [1])
    #expect(reduce(.maximum, [1, .nan, 3], 1, 3, 1)[0].isNaN)
    // Also where eight go at once.
    let row = (0..<20).map { Float($0 % 7) }
    for place in [0, 3, 9, 19] {
      var hole = row
      hole[place] = .nan
      #expect(reduce(.maximum, hole + row, 2, 20, 1)[0].isNaN)
      #expect(reduce(.maximum, row + hole, 2, 20, 1)[0] == 6)
    }
    #expect(reduce(.argmax, [2, 5, 5], 1, 3, 1) == [1])
  }
}
