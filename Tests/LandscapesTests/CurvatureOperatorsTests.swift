import Autodiff
import Landscapes
import Tensors
import Testing

private let names = ["perceptron", "squares", "convolution"]

struct CurvatureOperatorsTests {
  @Test(
    "Products with the Hessian, the Gauss-Newton matrix and the empirical Fisher matrix equal curvlinops'",
    arguments: names)
  func reference(name: String) throws {
    let known = curvature[name]
    let objective = known.objective(Double.self)
    let point = Vector(known.point)
    #expect(
      relativeError(LinearOperator.hessian(of: objective, at: point).times(known.vector), known.products.hessian)
        < 1e-12)
    #expect(
      relativeError(
        LinearOperator.gaussNewton(of: objective, at: point).times(known.vector), known.products.gaussNewton)
        < 1e-12)
    // curvlinops counts each number of a mean of squares as a sample of its own here: three times ours.
    let given = try LinearOperator.fisher(of: objective, at: point, labels: .given).times(known.vector)
    #expect(
      relativeError(given.map { name == "squares" ? 3 * $0 : $0 }, known.products.empiricalFisher) < 1e-12)
  }

  @Test("The Hessian has the differences of gradients as columns, at every use of the operator")
  func differences() {
    let known = curvature["perceptron"]
    let objective = known.objective(Double.self)
    let hessian = LinearOperator.hessian(of: objective, at: Vector(known.point)).dense
    var ends = [Vector<Double>(zeros: 31), Vector<Double>(zeros: 31)]
    for column in 0..<31 {
      for (side, step) in [1e-5, -1e-5].enumerated() {
        var there = Vector(known.point)
        there[column] += step
        _ = objective.gradient(at: there, into: &ends[side])
      }
      for row in 0..<31 { #expect(abs((ends[0][row] - ends[1][row]) / 2e-5 - hessian[row, column]) < 1e-9) }
    }
  }

  @Test("The Gauss-Newton matrix of a model that is linear in its parameters is its Hessian", arguments: [true, false])
  func linear(labels: Bool) {
    let objective = linearModel(samples: 6, labels: labels)
    let point = Vector((0..<16).map { 0.3 * Double(($0 * 5) % 7 - 3) })
    let hessian = LinearOperator.hessian(of: objective, at: point).dense
    let gaussNewton = LinearOperator.gaussNewton(of: objective, at: point).dense
    #expect(relativeError(gaussNewton.elements, hessian.elements) < 1e-14)
    // With a hidden layer it is not.
    let known = curvature[labels ? "perceptron" : "squares"]
    #expect(relativeError(known.products.gaussNewton, known.products.hessian) > 0.1)
  }

  @Test(
    "The Fisher matrix with the labels of the data is the mean of ggᵀ over the samples' gradients",
    arguments: ["perceptron", "squares"])
  func empirical(name: String) throws {
    let known = curvature[name]
    let point = Vector(known.point)
    let fisher = try LinearOperator.fisher(of: known.objective(Double.self), at: point, labels: .given).dense
    let single = known.objective(Double.self)
    var wanted = [Double](repeating: 0, count: 31 * 31)
    for sample in 0..<5 {
      let width = known.targets.count / 5
      single.set(
        [
          Vector(known.inputs[3 * sample..<3 * sample + 3]),
          Vector(known.targets[width * sample..<width * (sample + 1)]),
        ], samples: 1)
      var g = Vector<Double>(zeros: 31)
      _ = single.gradient(at: point, into: &g)
      for i in 0..<31 { for j in 0..<31 { wanted[i * 31 + j] += g[i] * g[j] / 5 } }
    }
    #expect(relativeError(fisher.elements, wanted) < 1e-13)
  }

  @Test("With all labels that the model expects, the Fisher matrix is the Gauss-Newton matrix", arguments: names)
  func expected(name: String) throws {
    let known = curvature[name]
    let fisher = try LinearOperator.fisher(of: known.objective(Double.self), at: Vector(known.point), labels: .expected)
    #expect(relativeError(fisher.times(known.vector), known.products.gaussNewton) < 1e-12)
  }

  @Test("Drawn labels scatter around the Fisher matrix, less the more there are, and depend on the seeds alone")
  func drawn() throws {
    let known = curvature["perceptron"]
    let objective = known.objective(Double.self)
    let exact = known.products.gaussNewton
    func error(draws: Int, run: UInt64) throws -> Double {
      let product = try LinearOperator.fisher(
        of: objective, at: Vector(known.point), labels: .drawn(draws), book: 1, run: run
      ).times(known.vector)
      return zip(product, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }
    let runs = UInt64(1)...30
    let few = try runs.map { try error(draws: 1, run: $0) * error(draws: 1, run: $0) }.reduce(0, +) / 30
    let many = try runs.map { try error(draws: 100, run: $0) * error(draws: 100, run: $0) }.reduce(0, +) / 30
    // A hundredth of the variance; means over 30 runs scatter by some 40 %.
    #expect(many / few > 0.003 && many / few < 0.03)
    #expect(try error(draws: 1, run: 3) == error(draws: 1, run: 3))
    #expect(try error(draws: 1, run: 3) != error(draws: 1, run: 4))
  }

  @Test("The diagonal is the matrix's, a product an entry, and acts entry by entry")
  func diagonal() {
    let matrix = Matrix(rows: 3, columns: 3, [2, 1, 0, 1, -3, 4, 0, 4, 5])
    #expect(LinearOperator(matrix).diagonal() == [2, -3, 5])
    #expect(LinearOperator<Double>(diagonal: [2, -3, 5]).times([1, 2, -1]) == [2, -6, -5])
  }

  @Test(
    "What cannot be is refused in words: labels of a loss that has none, no labels, a loss with no root, no numbers")
  func refusals() throws {
    let squares = curvature["squares"]
    let point = Vector(squares.point)
    let noLabels = #expect(throws: LandscapeError.self) {
      try LinearOperator.fisher(of: squares.objective(Double.self), at: point, labels: .drawn(1))
    }
    #expect(noLabels?.description == "the loss has no class labels that a model could draw; cross-entropy of classes")
    let objective = curvature["perceptron"].objective(Double.self)
    let noDraws = #expect(throws: LandscapeError.self) {
      try LinearOperator.fisher(of: objective, at: point, labels: .drawn(0))
    }
    #expect(noDraws?.description == "a Fisher matrix from 0 labels; 1 or more")
    let lost = Vector(point.array.map { _ in Double.nan })
    for labels in [FisherLabels.expected, .drawn(1), .given] {
      #expect(throws: LandscapeError.self) { try LinearOperator.fisher(of: objective, at: lost, labels: labels) }
    }
    var layout = ParameterLayout()
    layout.append("weight", [1, 1], role: .weight, layer: 1)
    let concave = TracedObjective<Double>(
      TracedFunction(
        layout: layout, data: { [[$0, 1]] },
        body: {
          let outputs = $0.data[0].product($0.parameters[0].transposed)
          return TracedFunction.Result(value: -outputs.squared.mean(), outputs: outputs)
        }))
    concave.set([Vector([2])], samples: 1)
    let noRoot = #expect(throws: LandscapeError.self) {
      try LinearOperator.fisher(of: concave, at: Vector([1]), labels: .expected)
    }
    #expect(
      noRoot?.description == "the loss is not convex in the model's outputs, so its curvature there has no root")
  }
}
