import Autodiff
import Tensors
import Testing

/// A tanh network of one hidden layer with a squared loss or cross-entropy.
private func network(labels: Bool) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  layout.append("a", [4, 2], role: .weight, layer: 1)
  layout.append("b", [3, 4], role: .weight, layer: 2)
  let function = TracedFunction(
    layout: layout, data: { [[$0, 2], labels ? [$0] : [$0, 3]] },
    body: { arguments in
      let (p, data) = (arguments.parameters, arguments.data)
      let outputs = data[0].product(p[0].transposed).tanh.product(p[1].transposed)
      let value: Value
      if labels {
        value = (outputs.logSumExp - (outputs * data[1].oneHot(3)).sum(over: [1])).mean()
      } else {
        value = (outputs - data[1]).squared.mean()
      }
      return TracedFunction.Result(value: value, outputs: outputs)
    }, labels: labels ? 1 : nil)
  let objective = TracedObjective<Double>(function)
  var stream = Stream(book: 1, run: 2, purpose: .data("test"))
  let targets = labels ? (0..<5).map { Double($0 % 3) } : stream.normals(15)
  objective.set([Vector(stream.normals(10)), Vector(targets)], samples: 5)
  return objective
}

struct OutputObjectiveTests {
  private let point = Vector((0..<20).map { 0.7 * Double(($0 * 7) % 11 - 5) / 5 })
  private let direction = Vector((0..<20).map { Double(($0 * 3) % 7 - 3) / 3 })

  /// J column by column, by central differences.
  private func jacobian(_ objective: TracedObjective<Double>) -> [[Double]] {
    (0..<20).map { i in
      var ends = [Vector<Double>(zeros: 15), Vector<Double>(zeros: 15)]
      for (side, h) in [1e-5, -1e-5].enumerated() {
        var there = point
        there[i] += h
        objective.outputs(at: there, into: &ends[side])
      }
      return (0..<15).map { (ends[0][$0] - ends[1][$0]) / 2e-5 }
    }
  }

  @Test("Jv and Jᵀu are what differences of the outputs say, and each other's transpose")
  func jacobians() {
    let objective = network(labels: true)
    #expect(objective.outputCount == 15 && objective.samples == 5 && objective.hasLabels)
    let columns = jacobian(objective)
    var moved = Vector<Double>(zeros: 15)
    objective.jacobianProduct(at: point, with: direction, into: &moved)
    for k in 0..<15 {
      let wanted = (0..<20).reduce(0) { $0 + columns[$1][k] * direction[$1] }
      #expect(abs(moved[k] - wanted) < 1e-8)
    }
    let u = Vector((0..<15).map { Double($0 % 4) - 1.5 })
    var back = Vector<Double>(zeros: 20)
    objective.transposedJacobianProduct(at: point, with: u, into: &back)
    for i in 0..<20 {
      #expect(abs(back[i] - (0..<15).reduce(0) { $0 + columns[i][$1] * u[$1] }) < 1e-8)
    }
    #expect(abs(u.dot(moved) - back.dot(direction)) < 1e-12)
  }

  @Test("The Gauss-Newton product is JᵀHJv: H is 2/(samples·outputs) for squares, (diag p − ppᵀ)/samples for softmax")
  func gaussNewton() {
    for labels in [false, true] {
      let objective = network(labels: labels)
      var moved = Vector<Double>(zeros: 15)
      var outputs = Vector<Double>(zeros: 15)
      objective.jacobianProduct(at: point, with: direction, into: &moved)
      objective.outputs(at: point, into: &outputs)
      var bent = Vector<Double>(zeros: 15)
      for sample in 0..<5 {
        let logits = outputs[sample * 3..<sample * 3 + 3]
        let total = logits.reduce(0) { $0 + exponential($1) }
        let p = logits.map { exponential($0) / total }
        let mean = (0..<3).reduce(0) { $0 + p[$1] * moved[sample * 3 + $1] }
        for k in 0..<3 {
          let m = moved[sample * 3 + k]
          bent[sample * 3 + k] = labels ? p[k] * (m - mean) / 5 : 2 * m / 15
        }
      }
      var wanted = Vector<Double>(zeros: 20)
      objective.transposedJacobianProduct(at: point, with: bent, into: &wanted)
      var product = Vector<Double>(zeros: 20)
      objective.gaussNewtonProduct(at: point, with: direction, into: &product, samePoint: false)
      for i in 0..<20 { #expect(abs(product[i] - wanted[i]) < 1e-13) }
      let twice = Vector(direction.array.map { 2 * $0 })
      objective.gaussNewtonProduct(at: point, with: twice, into: &product, samePoint: true)
      for i in 0..<20 { #expect(abs(product[i] - 2 * wanted[i]) < 1e-13) }
    }
  }

  @Test("A classifier's Gauss-Newton matrix is its Fisher matrix: the mean of ggᵀ over the labels that it expects")
  func fisher() {
    let objective = network(labels: true)
    let gaussNewton = objective.gaussNewtonMatrix(at: point)
    var outputs = Vector<Double>(zeros: 15)
    objective.outputs(at: point, into: &outputs)
    var stream = Stream(book: 1, run: 2, purpose: .data("test"))
    let inputs = stream.normals(10)
    var expected = [[Double]](repeating: Array(repeating: 0, count: 20), count: 20)
    var empirical = expected
    let single = network(labels: true)
    for sample in 0..<5 {
      let logits = outputs[sample * 3..<sample * 3 + 3]
      let total = logits.reduce(0) { $0 + exponential($1) }
      for label in 0..<3 {
        var gradient = Vector<Double>(zeros: 20)
        single.set([Vector(inputs[2 * sample..<2 * sample + 2]), Vector([Double(label)])], samples: 1)
        _ = single.gradient(at: point, into: &gradient)
        let chance = exponential(outputs[sample * 3 + label]) / total
        for i in 0..<20 {
          for j in 0..<20 {
            expected[i][j] += chance * gradient[i] * gradient[j] / 5
            // With the labels of the data instead it is another matrix.
            if label == sample % 3 { empirical[i][j] += gradient[i] * gradient[j] / 5 }
          }
        }
      }
    }
    var (error, difference) = (0.0, 0.0)
    for i in 0..<20 {
      for j in 0..<20 {
        error = max(error, abs(expected[i][j] - gaussNewton[i, j]))
        difference = max(difference, abs(empirical[i][j] - gaussNewton[i, j]))
      }
    }
    #expect(error < 1e-14)
    #expect(difference > 0.01)
  }

  @Test("The dense matrices are symmetric, act as the products do, and only the Hessian has negative curvature")
  func dense() throws {
    let objective = network(labels: true)
    let hessian = objective.hessianMatrix(at: point)
    let gaussNewton = objective.gaussNewtonMatrix(at: point)
    var product = Vector<Double>(zeros: 20)
    objective.hessianProduct(at: point, with: direction, into: &product, samePoint: false)
    for i in 0..<20 {
      #expect(abs(product[i] - (0..<20).reduce(0) { $0 + hessian[i, $1] * direction[$1] }) < 1e-13)
      for j in 0..<i { #expect(hessian[i, j] == hessian[j, i]) }
    }
    let lowest = try #require(hessian.symmetricEigen()).values[0]
    #expect(lowest < -1e-3)
    #expect(try #require(gaussNewton.symmetricEigen()).values[0] > -1e-14)
  }

  @Test("Labels are drawn with the chances that the softmax gives")
  func labels() {
    let objective = network(labels: true)
    var outputs = Vector<Double>(zeros: 15)
    for sample in 0..<5 { outputs.replace(from: sample * 3, with: [logarithm(0.2), logarithm(0.5), logarithm(0.3)]) }
    var stream = Stream(book: 1, run: 1, purpose: .labels(step: 3))
    var labels = Vector<Double>(zeros: 5)
    var counts = [0.0, 0, 0]
    for _ in 0..<4000 {
      objective.drawLabels(from: outputs, drawing: &stream, into: &labels)
      for label in labels.array { counts[Int(label)] += 1 }
    }
    for (count, p) in zip(counts, [0.2, 0.5, 0.3]) {
      // Five standard deviations of 20,000 draws.
      #expect(abs(count / 20_000 - p) < 5 * (p * (1 - p) / 20_000).squareRoot())
    }
  }

  @Test("An analytic function has no outputs to offer")
  func analytic() {
    var layout = ParameterLayout()
    layout.append("x", .scalar, role: .coordinate, layer: 1)
    let objective = TracedObjective<Double>(
      TracedFunction(layout: layout) { TracedFunction.Result(value: $0.parameters[0].squared) })
    #expect(objective.withOutputs == nil)
    #expect(network(labels: true).withOutputs != nil)
  }
}
