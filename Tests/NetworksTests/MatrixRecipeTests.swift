import Autodiff
import Networks
import Tensors
import Testing

struct MatrixRecipeTests {
  @Test("Identity passes each input to the output of its number, through the central tap of a filter")
  func identity() {
    let matrix = Initializer.identity(gain: 2).parameters(for: setting([2, 3], fanIn: 3, fanOut: 2))
    #expect(matrix == [2, 0, 0, 0, 2, 0])
    let filters = Initializer.identity(gain: 1).parameters(for: setting([3, 2, 1, 3], fanIn: 6, fanOut: 9))
    #expect(filters == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
  }

  @Test("Sparse weights keep the same number of entries in every column, and those are normal")
  func sparse() {
    let (rows, columns) = (25, 400)
    let values = Initializer.sparse(sparsity: 0.9, deviation: 0.01).parameters(
      for: setting([rows, columns], fanIn: columns, fanOut: rows))
    for column in 0..<columns {
      // ⌈0.9 · 25⌉ = 23 zeros.
      #expect((0..<rows).count { values[$0 * columns + column] == 0 } == 23)
    }
    let kept = values.filter { $0 != 0 }
    let deviation = (kept.reduce(0) { $0 + $1 * $1 } / Double(kept.count)).squareRoot()
    #expect(abs(deviation / 0.01 - 1) < 4 / (2 * Double(kept.count)).squareRoot())
    // Every row has its share: the places are drawn anew in each column.
    for row in 0..<rows { #expect((5...70).contains((0..<columns).count { values[row * columns + $0] != 0 })) }
  }

  @Test("Constant weights are constant")
  func constant() {
    #expect(Initializer.constant(0.5).parameters(for: setting([2, 2], fanIn: 2, fanOut: 2)) == [0.5, 0.5, 0.5, 0.5])
  }

  @Test("The recipe of Li, George and Silva divides before the middle, multiplies after it, and keeps the product")
  func layers() {
    for (depth, exponents) in [(3, [-2.0, -1, 1, 2]), (4, [-2, -1, 0, 1, 2])] {
      let model = Model.perceptron(
        inputs: 6, hidden: Array(repeating: 5, count: depth), outputs: 4, activation: .relu)
      func start(_ initializer: Initializer) -> [Double] {
        initializer.parameters(for: .init(model: model, bookSeed: 1, seed: 1))
      }
      let base = start(.kaiming(.normal, slope: 0, fan: .fanIn))
      let scaled = start(.emergencePromoting(alpha: 2))
      for (slice, exponent) in zip(model.layout.weights, exponents) {
        let factor = exponent < 0 ? 1 / Double(1 << Int(-exponent)) : Double(1 << Int(exponent))
        #expect(slice.range.allSatisfy { scaled[$0] == base[$0] * factor })
      }
    }
  }

  @Test("The sources' version of that recipe has deviations of order 1/fan-in")
  func twiceDivided() {
    let model = Model.perceptron(inputs: 400, hidden: [400, 400, 400], outputs: 400, activation: .relu)
    let values = Initializer.twiceDivided.parameters(for: .init(model: model, bookSeed: 1, seed: 1))
    // √2 (1 + ln l / ln 4) / 400 in layer l of 4.
    for (slice, growth) in zip(model.layout.weights, [1, 1.5, 1.792481250360578, 2]) {
      let weights = values[slice.range]
      let deviation = (weights.reduce(0) { $0 + $1 * $1 } / Double(weights.count)).squareRoot()
      #expect(abs(deviation / (2.0.squareRoot() * growth / 400) - 1) < 4 / (2 * 160_000.0).squareRoot())
    }
  }
}
