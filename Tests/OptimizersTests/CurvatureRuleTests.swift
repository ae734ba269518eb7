import Autodiff
import Optimizers
import Tensors
import Testing

/// ½ Σ aᵢⱼxᵢxⱼ + offsets, traced.
private func quadratic(_ matrix: [[Double]]) -> TracedObjective<Double> {
  let n = matrix.count
  var layout = ParameterLayout()
  layout.append("x", [n], role: .coordinate, layer: 1)
  return TracedObjective(
    TracedFunction(layout: layout) { arguments in
      let x = arguments.parameters[0].reshaped([n, 1])
      return TracedFunction.Result(
        value: 0.5 * (x * x.trace.constant(matrix.flatMap { $0 }, shape: [n, n]).product(x)).sum())
    })
}

/// Cross-entropy of a linear softmax classifier whose weights are M·p: M = 1 is the plain one.
private func classifier(_ samples: Int, inputs: Int, classes: Int, mixing: [Double]? = nil) -> TracedObjective<Double> {
  let n = inputs * classes
  var layout = ParameterLayout()
  layout.append("w", [n, 1], role: .weight, layer: 1)
  let function = TracedFunction(
    layout: layout, data: { [[$0, inputs], [$0]] },
    body: { arguments in
      let (p, data) = (arguments.parameters, arguments.data)
      let weights = mixing.map { p[0].trace.constant($0, shape: [n, n]).product(p[0]) } ?? p[0]
      let outputs = data[0].product(weights.reshaped([inputs, classes]))
      let chosen = (outputs * data[1].oneHot(classes)).sum(over: [1])
      return TracedFunction.Result(value: (outputs.logSumExp - chosen).mean(), outputs: outputs)
    }, labels: 1)
  let objective = TracedObjective<Double>(function)
  var stream = Stream(book: 1, run: 1, purpose: .data("test"))
  objective.set(
    [
      Vector(stream.normals(samples * inputs)),
      Vector((0..<samples).map { _ in Double(stream.integer(below: UInt32(classes))) }),
    ], samples: samples)
  return objective
}

private func step(
  _ rule: any Rule, _ objective: any Objective<Double>, from start: [Double], times: Int = 1
) -> [Double] {
  let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self, seeds: Seeds(book: 1, run: 1))
  var point = Vector(start)
  var state = optimizer.start(at: point)
  for _ in 0..<times { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
  return point.array
}

struct CurvatureRuleTests {
  @Test("Newton solves a quadratic in one step, in the whole space and in a subspace that holds the solution")
  func newton() {
    let bowl = quadratic([[3, 1, 0], [1, 2, 0.5], [0, 0.5, 1]])
    for rule in [Newton(), Newton(isSaddleFree: true), Newton(isSaddleFree: true, subspace: 3)] {
      for x in step(rule, bowl, from: [1, -2, 3]) { #expect(abs(x) < 1e-12) }
    }
    // Damping δ leaves δ/(λ + δ) of the way along each eigenvector.
    let damped = step(Newton(damping: 1), quadratic([[3, 0], [0, 1]]), from: [1, 1])
    #expect(abs(damped[0] - 0.25) < 1e-14 && abs(damped[1] - 0.5) < 1e-14)
  }

  @Test("Saddle-free Newton leaves x² − y² where Newton is drawn into the saddle")
  func saddle() {
    let saddle = quadratic([[2, 0], [0, -2]])
    let attracted = step(Newton(), saddle, from: [1, 0.1])
    #expect(abs(attracted[0]) < 1e-14 && abs(attracted[1]) < 1e-14)
    for rule in [Newton(isSaddleFree: true), Newton(isSaddleFree: true, subspace: 2)] {
      let escaped = step(rule, saddle, from: [1, 0.1])
      #expect(abs(escaped[0]) < 1e-12 && abs(escaped[1] - 0.2) < 1e-12)
      #expect(step(rule, saddle, from: [1, 0.1], times: 5)[1] > 3)
    }
  }

  @Test("Perturbed gradient descent leaves a saddle that plain descent stays on, and pushes no oftener than it should")
  func perturbed() {
    let saddle = quadratic([[2, 0], [0, -2]])
    #expect(step(SGD(learningRate: 0.1), saddle, from: [0, 0], times: 100) == [0, 0])
    let rule = PerturbedGradientDescent(learningRate: 0.1, radius: 0.01, threshold: 0.001, wait: 3)
    #expect(abs(step(rule, saddle, from: [0, 0], times: 60)[1]) > 1)
    // On a plane nothing but pushes moves it: one at step 1, the next at step 5.
    let plane = quadratic([[0, 0], [0, 0]])
    let pushed = (1...6).map { step(rule, plane, from: [0, 0], times: $0) }
    #expect(pushed[0] != [0, 0] && pushed[0] == pushed[3] && pushed[3] != pushed[4] && pushed[4] == pushed[5])
    let length = (pushed[0][0] * pushed[0][0] + pushed[0][1] * pushed[0][1]).squareRoot()
    #expect(length <= 0.01)
  }

  @Test("Pushes are uniform in the ball: half of them lie beyond r·2^(-1/n)")
  func ball() {
    let plane = quadratic([[0, 0], [0, 0]])
    var outside = 0
    for run in 0..<2000 {
      let optimizer = PerturbedGradientDescent(radius: 1).makeOptimizer(
        for: plane.layout, precision: Double.self, seeds: Seeds(book: 1, run: UInt64(run)))
      var point = Vector([0.0, 0.0])
      var state = optimizer.start(at: point)
      _ = optimizer.step(&point, &state, on: plane, rateFactor: 1)
      #expect(point.norm <= 1)
      if point.norm > 0.5.squareRoot() { outside += 1 }
    }
    // Five standard deviations of a fair coin.
    #expect(abs(outside - 1000) < 112)
  }

  @Test("On a diagonal quadratic Sophia-H's curvature is exact with Rademacher probes: unclipped, it steps as told")
  func sophiaExact() {
    let diagonal = [4.0, 1, 0.25]
    let bowl = quadratic([[4, 0, 0], [0, 1, 0], [0, 0, 0.25]])
    let rule = Sophia(
      .hutchinson(.rademacher), learningRate: 0.1, beta1: 0, beta2: 0, gamma: 10, interval: 1)
    let start = [1.0, -2, 4]
    for (index, x) in step(rule, bowl, from: start).enumerated() {
      let wanted = start[index] - 0.1 * (diagonal[index] * start[index]) / (10 * diagonal[index])
      #expect(abs(x - wanted) < 1e-14)
    }
    // Gaussian probes are not exact.
    let random = Sophia(.hutchinson(.gaussian), learningRate: 0.1, beta1: 0, beta2: 0, gamma: 10, interval: 1)
    #expect(step(random, bowl, from: start) != step(rule, bowl, from: start))
  }

  @Test("No element of a Sophia step is longer than the rate, and negative curvature steps by the sign")
  func sophiaClips() {
    let saddle = quadratic([[2, 0], [0, -2]])
    let rule = Sophia(.hutchinson(.rademacher), learningRate: 0.1, gamma: 0.01)
    let moved = step(rule, saddle, from: [1, 0.5])
    #expect(abs(moved[0] - 0.9) < 1e-14 && abs(moved[1] - 0.6) < 1e-14)
  }

  @Test("The mean of Gauss-Newton-Bartlett estimates is the diagonal of the Gauss-Newton matrix")
  func bartlett() {
    let objective = classifier(7, inputs: 2, classes: 3)
    let point = Vector([0.3, -0.8, 0.5, 1.1, -0.2, 0.4])
    let exact = objective.gaussNewtonMatrix(at: point)
    var outputs = Vector<Double>(zeros: objective.outputCount)
    var labels = Vector<Double>(zeros: 7)
    var gradient = Vector<Double>(zeros: 6)
    objective.outputs(at: point, into: &outputs)
    let draws = 40_000
    var mean = [Double](repeating: 0, count: 6)
    var square = mean
    var stream = Stream(book: 1, run: 1, purpose: .labels(step: 1))
    for _ in 0..<draws {
      objective.drawLabels(from: outputs, drawing: &stream, into: &labels)
      objective.gradient(at: point, labels: &labels, into: &gradient)
      for i in 0..<6 {
        let estimate = 7 * gradient[i] * gradient[i]
        mean[i] += estimate / Double(draws)
        square[i] += estimate * estimate / Double(draws)
      }
    }
    for i in 0..<6 {
      let deviation = ((square[i] - mean[i] * mean[i]) / Double(draws)).squareRoot()
      #expect(abs(mean[i] - exact[i, i]) < 5 * deviation, "parameter \(i)")
      #expect(deviation < 0.05 * exact[i, i])
    }
  }

  @Test(
    "Sophia-G's first step divides by the square of a gradient with drawn labels, times the batch, and leaves the data")
  func sophiaG() {
    let objective = classifier(7, inputs: 2, classes: 3)
    let start = [0.3, -0.8, 0.5, 1.1, -0.2, 0.4]
    var gradient = Vector<Double>(zeros: 6)
    let loss = objective.gradient(at: Vector(start), into: &gradient)
    var stream = Stream(book: 1, run: 1, purpose: .labels(step: 1))
    var outputs = Vector<Double>(zeros: 21)
    var labels = Vector<Double>(zeros: 7)
    var drawn = Vector<Double>(zeros: 6)
    objective.outputs(at: Vector(start), into: &outputs)
    objective.drawLabels(from: outputs, drawing: &stream, into: &labels)
    objective.gradient(at: Vector(start), labels: &labels, into: &drawn)
    let rule = Sophia(.gaussNewtonBartlett, learningRate: 0.1, beta1: 0, beta2: 0, gamma: 3, interval: 1)
    let moved = step(rule, objective, from: start)
    for i in 0..<6 {
      let ratio = gradient[i] / max(3 * 7 * drawn[i] * drawn[i], 1e-12)
      #expect(abs(moved[i] - (start[i] - 0.1 * min(max(ratio, -1), 1))) < 1e-13)
    }
    #expect(objective.value(at: Vector(start)) == loss)
  }

  @Test("A natural gradient step does not depend on the parametrisation; a gradient step does")
  func invariance() {
    var mixing = [Double](repeating: 0, count: 36)
    for i in 0..<36 { mixing[i] = i % 7 == 0 ? 2 : 0.03 * Double((i * 5) % 11) }
    let plain = classifier(9, inputs: 2, classes: 3)
    let mixed = classifier(9, inputs: 2, classes: 3, mixing: mixing)
    let q = [0.3, -0.8, 0.5, 1.1, -0.2, 0.4]
    var weights = [Double](repeating: 0, count: 6)
    for i in 0..<6 { for j in 0..<6 { weights[i] += mixing[i * 6 + j] * q[j] } }
    func difference(_ rule: any Rule) -> Double {
      var plainSays = Vector<Double>(zeros: 27)
      var mixedSays = Vector<Double>(zeros: 27)
      plain.outputs(at: Vector(step(rule, plain, from: weights)), into: &plainSays)
      mixed.outputs(at: Vector(step(rule, mixed, from: q)), into: &mixedSays)
      // Softmax does not see what is added to all logits of a sample.
      func centred(_ says: Vector<Double>) -> [Double] {
        (0..<9).flatMap { sample in
          let row = says[sample * 3..<sample * 3 + 3]
          let mean = row.reduce(0, +) / 3
          return row.map { $0 - mean }
        }
      }
      return zip(centred(plainSays), centred(mixedSays)).reduce(0) { max($0, abs($1.0 - $1.1)) }
    }
    #expect(difference(NaturalGradient(learningRate: 1, damping: 0, solver: .dense)) < 1e-8)
    #expect(
      difference(
        NaturalGradient(learningRate: 1, damping: 0, solver: .conjugateGradient(iterations: 50, tolerance: 1e-12)))
        < 1e-6)
    #expect(difference(SGD(learningRate: 1)) > 0.1)
  }

  @Test("Conjugate gradients take the dense step")
  func conjugateGradients() {
    let objective = classifier(9, inputs: 3, classes: 2)
    let start = [0.3, -0.8, 0.5, 1.1, -0.2, 0.4]
    let dense = step(NaturalGradient(damping: 0.01, solver: .dense), objective, from: start)
    let iterated = step(
      NaturalGradient(damping: 0.01, solver: .conjugateGradient(iterations: 50, tolerance: 1e-12)), objective,
      from: start)
    for (a, b) in zip(dense, iterated) { #expect(abs(a - b) < 1e-9) }
  }

  @Test("SAM reports the loss at the point and takes a base rule's checkpoint")
  func report() {
    let bowl = quadratic([[2, 0], [0, 1]])
    let optimizer = SAM(Adam(learningRate: 0.1)).makeOptimizer(for: bowl.layout, precision: Double.self)
    var point = Vector([1.0, 1.0])
    var state = optimizer.start(at: point)
    let report = optimizer.step(&point, &state, on: bowl, rateFactor: 0.5)
    #expect(report.loss == 1.5)
    #expect(abs(report.gradientNorm - 5.0.squareRoot()) < 1e-15)
    #expect(abs(point[0] - 0.95) < 1e-6)
    #expect(state.vectors.count == 4 && state.steps == 1)
    #expect(optimizer.learningRate(rateFactor: 0.5) == 0.05)
  }

  @Test("Dense rules say how much they would keep, and Sophia-G and the natural gradient what they cannot do without")
  func demands() {
    var layout = ParameterLayout()
    layout.append("w", [283_914], role: .weight, layer: 1)
    #expect(Newton().demands(for: layout).matrixBytes == 8 * 283_914 * 283_914)
    #expect(Newton(isSaddleFree: true, subspace: 10).demands(for: layout).matrixBytes == 80 * 283_914)
    #expect(NaturalGradient(solver: .dense).demands(for: layout).access == .outputs)
    #expect(SAM(Sophia(.gaussNewtonBartlett)).demands(for: layout).access == .labels)
    #expect(Sophia(.hutchinson(.gaussian)).demands(for: layout).access == .derivatives)
  }

  private static let rules: [(String, any Rule)] = [
    ("adahessian", AdaHessian()), ("sophia-h", Sophia(.hutchinson(.gaussian))),
    ("sophia-g", Sophia(.gaussNewtonBartlett)),
    ("empirical", EmpiricalSophia()), ("sam", SAM(SGD(learningRate: 0.1, momentum: 0.9))), ("lbfgs", LBFGS(history: 3)),
    ("newton", Newton(damping: 1)), ("natural", NaturalGradient()),
    ("perturbed", PerturbedGradientDescent(threshold: 1)),
  ]

  @Test("Copying point and state is a checkpoint, and replay gives the same bits", arguments: rules.map(\.0))
  func checkpoints(_ name: String) {
    let rule = CurvatureRuleTests.rules.first { $0.0 == name }!.1
    let objective = classifier(9, inputs: 2, classes: 3)
    let start = Vector([0.3, -0.8, 0.5, 1.1, -0.2, 0.4])
    let seeds = Seeds(book: 3, run: 4)
    let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self, seeds: seeds)
    var point = start
    var state = optimizer.start(at: point)
    for _ in 0..<5 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    let (keptPoint, keptState) = (point, state)
    for _ in 0..<5 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    let again = rule.makeOptimizer(for: objective.layout, precision: Double.self, seeds: seeds)
    var (replay, replayState) = (keptPoint, keptState)
    for _ in 0..<5 { _ = again.step(&replay, &replayState, on: objective, rateFactor: 1) }
    #expect(replay == point)
    #expect(replayState == state)
    #expect(keptState.steps == 5 && keptPoint != point)
    #expect(point.array.allSatisfy { $0.isFinite })
  }
}
