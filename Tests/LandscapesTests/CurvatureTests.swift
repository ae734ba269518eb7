import Autodiff
import Landscapes
import Tensors
import Testing

struct CurvatureTests {
  @Test("Every curvature is a symmetric operator, and only the Hessian and its diagonal have negative directions (E70)")
  func signs() throws {
    let known = curvature["perceptron"]
    for kind in Curvature.allCases {
      let linear = try kind.linear(of: known.objective(Double.self), at: Vector(known.point))
      #expect(linear.dimension == 31)
      let dense = linear.dense
      #expect(relativeError(dense.elements, dense.transposed.elements) < 1e-13, "\(kind)")
      let least = try #require(dense.symmetricEigen()).values[0]
      if kind.isPositive { #expect(least > -1e-14, "\(kind)") } else { #expect(least < -0.01, "\(kind)") }
      let pairs = try eigenpairs(of: linear, .smallest(1))
      #expect(abs(pairs.values[0] - least) < 1e-12, "\(kind)")
    }
  }

  @Test("Each name gives the operator that it names")
  func names() throws {
    let known = curvature["perceptron"]
    let objective = known.objective(Double.self)
    let point = Vector(known.point)
    func times(_ name: String, draws: Int = 1) throws -> [Double] {
      try #require(Curvature(rawValue: name)).linear(of: objective, at: point, draws: draws, book: 2, run: 5)
        .times(known.vector)
    }
    #expect(relativeError(try times("hessian"), known.products.hessian) < 1e-12)
    #expect(relativeError(try times("gauss-newton"), known.products.gaussNewton) < 1e-12)
    #expect(relativeError(try times("empirical-fisher"), known.products.empiricalFisher) < 1e-12)
    #expect(relativeError(try times("k-fac"), known.products.kfac) < 1e-12)
    let drawn = try LinearOperator.fisher(of: objective, at: point, labels: .drawn(3), book: 2, run: 5)
    #expect(try times("fisher", draws: 3) == drawn.times(known.vector))
    #expect(try times("fisher", draws: 3) != times("fisher"))
    let hessian = LinearOperator.hessian(of: objective, at: point).dense
    for (i, value) in try times("diagonal").enumerated() {
      #expect(abs(value - hessian[i, i] * known.vector[i]) < 1e-14)
    }
  }

  @Test("The diagonal can be estimated from few products: a hundredth of the variance with a hundred times the probes")
  func estimatedDiagonal() throws {
    let known = curvature["perceptron"]
    let objective = known.objective(Double.self)
    let point = Vector(known.point)
    let ones = [Double](repeating: 1, count: 31)
    let exact = try Curvature.diagonal.linear(of: objective, at: point).times(ones)
    func error(_ probes: Int) throws -> Double {
      let estimate = try Curvature.diagonal.linear(of: objective, at: point, probes: probes).times(ones)
      return zip(estimate, exact).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let ratio = try error(1000) / error(10)
    #expect(ratio > 0.001 && ratio < 0.1)
  }

  @Test("A function without outputs has a Hessian; what is made from outputs is refused with what there is")
  func analytic() throws {
    var layout = ParameterLayout()
    layout.append("x", .scalar, role: .coordinate, layer: 1)
    let objective = TracedObjective<Double>(
      TracedFunction(layout: layout) { TracedFunction.Result(value: $0.parameters[0].cos) })
    #expect(try Curvature.hessian.linear(of: objective, at: Vector([0])).times([2]) == [-2])
    #expect(try Curvature.diagonal.linear(of: objective, at: Vector([0])).times([2]) == [-2])
    for kind in Curvature.allCases where kind.needsOutputs {
      let error = #expect(throws: LandscapeError.self) { try kind.linear(of: objective, at: Vector([0])) }
      #expect(
        error?.description
          == "\(kind.rawValue) is made from a model's outputs, and the objective has none; hessian; diagonal")
    }
  }
}
