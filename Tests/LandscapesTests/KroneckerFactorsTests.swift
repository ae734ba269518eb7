import Autodiff
import Landscapes
import Tensors
import Testing

struct KroneckerFactorsTests {
  @Test(
    "Products equal curvlinops', for linear layers and convolutions",
    arguments: ["perceptron", "squares", "convolution"])
  func reference(name: String) throws {
    let known = curvature[name]
    let factors = try KroneckerFactors(of: known.objective(Double.self), at: Vector(known.point))
    #expect(factors.leftOut.isEmpty && factors.dimension == known.point.count)
    #expect(relativeError(factors.linear().times(known.vector), known.products.kfac) < 1e-12)
    let single = try KroneckerFactors(of: known.objective(Float.self), at: Vector(known.point.map { Float($0) }))
    #expect(relativeError(single.linear().times(known.vector), known.products.kfac) < 1e-5)
  }

  @Test("One linear layer and one sample: K-FAC is the Gauss-Newton matrix and the Hessian, exactly")
  func exact() throws {
    let point = Vector((0..<16).map { 0.3 * Double(($0 * 5) % 7 - 3) })
    for labels in [true, false] {
      let objective = linearModel(samples: 1, labels: labels)
      let factored = try KroneckerFactors(of: objective, at: point).linear(Double.self).dense
      #expect(
        relativeError(factored.elements, LinearOperator.gaussNewton(of: objective, at: point).dense.elements) < 1e-14)
      #expect(relativeError(factored.elements, LinearOperator.hessian(of: objective, at: point).dense.elements) < 1e-14)
    }
    // With more samples only where the loss bends for all alike.
    func error(labels: Bool) throws -> Double {
      let objective = linearModel(samples: 6, labels: labels)
      return relativeError(
        try KroneckerFactors(of: objective, at: point).linear(Double.self).dense.elements,
        LinearOperator.hessian(of: objective, at: point).dense.elements)
    }
    #expect(try error(labels: false) < 1e-14)
    #expect(try error(labels: true) > 0.01)
  }

  @Test("Its eigenvalues are the products of the factors', and those of the dense matrix")
  func eigenvalues() throws {
    for name in ["perceptron", "convolution"] {
      let known = curvature[name]
      let factors = try KroneckerFactors(of: known.objective(Double.self), at: Vector(known.point))
      let dense = try #require(factors.linear(Double.self).dense.symmetricEigen()).values
      let values = try factors.eigenvalues()
      #expect(values.count == dense.count)
      for (value, wanted) in zip(values, dense) { #expect(abs(value - wanted) < 1e-13 * dense.last!) }
    }
  }

  @Test("Between layers there is nothing, and within one the block is the mean of āāᵀ times the mean of ggᵀ")
  func blocks() throws {
    let known = curvature["perceptron"]
    let factors = try KroneckerFactors(of: known.objective(Double.self), at: Vector(known.point))
    let dense = factors.linear(Double.self).dense
    for i in 0..<16 { for j in 16..<31 { #expect(dense[i, j] == 0 && dense[j, i] == 0) } }
    // The first layer's rows are the data.
    let inputs = factors.blocks[0].inputs
    #expect(inputs.rows == 4)
    for i in 0..<4 {
      for j in 0..<4 {
        func row(_ sample: Int, _ i: Int) -> Double { i == 3 ? 1 : known.inputs[sample * 3 + i] }
        let mean = (0..<5).reduce(0) { $0 + row($1, i) * row($1, j) } / 5
        #expect(abs(inputs[i, j] - mean) < 1e-15)
      }
    }
    // The bias of unit 2 against its second weight.
    #expect(abs(dense[12 + 2, 2 * 3 + 1] - inputs[3, 1] * factors.blocks[0].units[2, 2]) < 1e-15)
  }

  @Test("Labels can be drawn or given: drawn ones come near the expected, given ones do not")
  func labels() throws {
    let known = curvature["perceptron"]
    func units(_ labels: FisherLabels) throws -> [Double] {
      try KroneckerFactors(of: known.objective(Double.self), at: Vector(known.point), labels: labels, book: 3, run: 1)
        .blocks[1].units.elements
    }
    let exact = try units(.expected)
    #expect(relativeError(try units(.drawn(2000)), exact) < 0.05)
    #expect(relativeError(try units(.given), exact) > 0.2)
  }

  @Test("What is no linear layer of its own stays out by name, and its products are 0; with none at all it is refused")
  func leftOut() throws {
    var layout = ParameterLayout()
    layout.append("first.weight", [3, 3], role: .weight, layer: 1)
    layout.append("gain", [3], role: .gain, layer: 1)
    layout.append("shared.weight", [3, 3], role: .weight, layer: 2)
    func model(_ usesFirst: Bool) -> TracedObjective<Double> {
      let objective = TracedObjective<Double>(
        TracedFunction(
          layout: layout, data: { [[$0, 3]] },
          body: { arguments in
            let p = arguments.parameters
            let first = usesFirst ? arguments.data[0].product(p[0].transposed) : arguments.data[0]
            let outputs = (first.tanh * p[1]).product(p[2].transposed).tanh.product(p[2].transposed)
            return TracedFunction.Result(value: outputs.squared.mean(), outputs: outputs)
          }))
      objective.set([Vector([0.5, -1, 2])], samples: 1)
      return objective
    }
    let point = Vector((0..<21).map { 0.2 * Double(($0 * 4) % 9 - 4) + 0.1 })
    let factors = try KroneckerFactors(of: model(true), at: point)
    #expect(factors.leftOut == ["gain", "shared.weight"])
    #expect(try factors.eigenvalues().count == 9)
    let product = factors.linear().times((0..<21).map { Double($0) + 1 })
    #expect(product[..<9].allSatisfy { $0 != 0 } && product[9...].allSatisfy { $0 == 0 })
    let error = #expect(throws: LandscapeError.self) { try KroneckerFactors(of: model(false), at: point) }
    #expect(
      error?.description
        == "K-FAC is made of linear layers and convolutions, and the model has none whose weights are its own")
  }
}
