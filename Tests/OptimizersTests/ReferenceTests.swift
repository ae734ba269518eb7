import Autodiff
import Fixtures
import Optimizers
import Tensors
import Testing

private struct Reference: Decodable {
  struct Rule: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var given: [[Double]]
    var descend: [[Double]]
    /// Where the model is judged after the last step, for rules that judge it elsewhere.
    var givenEvaluation: [Double]?
    var descendEvaluation: [Double]?
    var testDescription: String { name }
  }
  var start: [Double]
  var gradients: [[Double]]
  var A: [[Double]]
  var b: [Double]
  var c: Double
  var rules: [Rule]
}

private let reference = try! fixture("optimizers", as: Reference.self)

/// The same rules as the fixture's, by its names.
private let rules: [String: any Rule] = [
  "sgd": SGD(learningRate: 0.05),
  "sgd-weight-decay": SGD(learningRate: 0.05, weightDecay: 0.1),
  "sgd-maximize": SGD(learningRate: 0.01, maximize: true),
  "sgd-momentum": SGD(learningRate: 0.05, momentum: 0.9),
  "sgd-momentum-weight-decay": SGD(learningRate: 0.05, momentum: 0.9, weightDecay: 0.1),
  "sgd-dampening": SGD(learningRate: 0.05, momentum: 0.9, dampening: 0.5),
  "sgd-ema": SGD(learningRate: 0.05, momentum: 0.9, convention: .ema),
  "sgd-nesterov": SGD(learningRate: 0.05, momentum: 0.9, nesterov: true),
  // The moving average that starts at 0 is a heavy ball with a rate 1 − μ times as large.
  "sgd-ema-zero": SGD(learningRate: 0.05 * (1 - 0.9), momentum: 0.9),
  "adagrad": AdaGrad(learningRate: 0.1),
  "adagrad-initial": AdaGrad(learningRate: 0.1, weightDecay: 0.05, initial: 0.1),
  "rmsprop": RMSProp(learningRate: 0.01, decay: 0.99),
  "rmsprop-centered": RMSProp(learningRate: 0.01, decay: 0.9, centered: true),
  "rmsprop-momentum": RMSProp(learningRate: 0.01, decay: 0.9, momentum: 0.9),
  "rmsprop-eps-inside": RMSProp(learningRate: 0.01, decay: 0.9, epsilonPlace: .inside),
  "adam": Adam(learningRate: 0.05),
  "adam-weight-decay": Adam(learningRate: 0.05, beta1: 0.8, beta2: 0.99, epsilon: 1e-6, weightDecay: 0.1),
  "adamw": Adam(learningRate: 0.05, weightDecay: 0.1, isDecoupled: true),
  "adam-amsgrad": Adam(learningRate: 0.05, beta1: 0.8, beta2: 0.9, amsgrad: true),
  "adamw-amsgrad": Adam(
    learningRate: 0.05, beta1: 0.8, beta2: 0.9, weightDecay: 0.1, isDecoupled: true, amsgrad: true),
  "adadelta": AdaDelta(),
  "adadelta-weight-decay": AdaDelta(learningRate: 0.5, decay: 0.8, weightDecay: 0.1),
  "nadam": NAdam(learningRate: 0.02),
  "nadam-weight-decay": NAdam(
    learningRate: 0.02, beta1: 0.8, beta2: 0.99, momentumDecay: 0.01, weightDecay: 0.1),
  "nadam-decoupled": NAdam(learningRate: 0.02, weightDecay: 0.1, isDecoupled: true),
  "radam": RAdam(learningRate: 0.02),
  "radam-weight-decay": RAdam(learningRate: 0.02, beta2: 0.99, weightDecay: 0.1),
  "adamax": AdaMax(learningRate: 0.02),
  "rprop": Rprop(),
  "rprop-bounds": Rprop(shrink: 0.4, grow: 1.5, smallest: 0.005, largest: 0.03),
  "adabelief": AdaBelief(learningRate: 0.02),
  "adabelief-weight-decay": AdaBelief(learningRate: 0.02, epsilon: 1e-8, weightDecay: 0.1),
  "yogi": Yogi(learningRate: 0.02),
  "signum": Signum(learningRate: 0.02, weightDecay: 0.1),
  "sign-sgd": Signum(learningRate: 0.02, momentum: 0),
  "schedule-free-sgd": ScheduleFree(base: .sgd, learningRate: 0.2, weightDecay: 0.1),
  "schedule-free-adamw": ScheduleFree(
    base: .adamW(beta2: 0.999, epsilon: 1e-8), learningRate: 0.02, weightDecay: 0.1),
  "schedule-free-falling": ScheduleFree(base: .sgd, learningRate: 0.2, interpolation: 0.8),
  "lion": Lion(learningRate: 0.01),
  "lion-weight-decay": Lion(learningRate: 0.01, weightDecay: 0.1),
]

struct ReferenceTests {
  @Test("Every rule of the fixture is tested, and every one has a reference")
  func complete() {
    #expect(Set(reference.rules.map(\.name)) == Set(rules.keys))
    for rule in reference.rules {
      #expect((rule.givenEvaluation != nil) == rule.name.hasPrefix("schedule-free"))
      #expect((rule.descendEvaluation != nil) == rule.name.hasPrefix("schedule-free"))
    }
  }

  @Test("Steps agree with PyTorch and Optax to 1e-10", arguments: reference.rules)
  fileprivate func steps(_ wanted: Reference.Rule) throws {
    let rule = try #require(rules[wanted.name])
    var step = 0
    let given = Scripted(count: 6) { _ in reference.gradients[step] }
    let function = Scripted(count: 6) { x in
      (0..<6).map { i in
        zip(reference.A[i], x).reduce(0) { $0 + $1.0 * $1.1 } - reference.b[i] + reference.c * x[i] * x[i] * x[i]
      }
    }
    for (objective, points, judged) in [
      (given, wanted.given, wanted.givenEvaluation), (function, wanted.descend, wanted.descendEvaluation),
    ] {
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector(reference.start)
      var state = optimizer.start(at: point)
      for (index, expected) in points.enumerated() {
        step = index
        let factor = wanted.name == "schedule-free-falling" ? 1 / Double(index + 1) : 1
        _ = optimizer.step(&point, &state, on: objective, rateFactor: factor)
        for (ours, theirs) in zip(point.array, expected) {
          #expect(abs(ours - theirs) <= 1e-10 * max(1e-3, abs(theirs)), "step \(index + 1)")
        }
      }
      for (ours, theirs) in zip(optimizer.evaluationPoint(point, state).array, judged ?? points.last!) {
        #expect(abs(ours - theirs) <= 1e-10 * max(1e-3, abs(theirs)), "where the model is judged")
      }
    }
  }

  @Test("Copying point and state is a checkpoint, and replay gives the same bits", arguments: rules.keys.sorted())
  func checkpoints(_ name: String) throws {
    let rule = try #require(rules[name])
    let objective = Scripted(count: 6) { x in x.map { $0 * $0 * $0 + 0.5 * $0 } }
    let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
    var point = Vector(reference.start)
    var state = optimizer.start(at: point)
    for _ in 0..<5 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    let (keptPoint, keptState) = (point, state)
    for _ in 0..<5 { _ = optimizer.step(&point, &state, on: objective, rateFactor: 1) }
    let again = rule.makeOptimizer(for: objective.layout, precision: Double.self)
    var (replay, replayState) = (keptPoint, keptState)
    for _ in 0..<5 { _ = again.step(&replay, &replayState, on: objective, rateFactor: 1) }
    #expect(replay == point)
    #expect(replayState == state)
    #expect(keptState.steps == 5 && keptPoint != point)
    #expect(point.array.allSatisfy { $0.isFinite })
  }

  @Test("State bytes are four a parameter with momentum and Lion, eight with Adam, none without")
  func bytes() {
    var layout = ParameterLayout()
    layout.append("w", [283_914], role: .weight, layer: 1)
    func bytes(_ rule: any Rule) -> Int {
      rule.makeOptimizer(for: layout, precision: Float.self).start(at: Vector(zeros: layout.count)).bytes
    }
    #expect(bytes(SGD(learningRate: 1)) == 0)
    #expect(bytes(SGD(learningRate: 1, momentum: 0.9)) == 4 * 283_914)
    #expect(bytes(Lion()) == 4 * 283_914)
    #expect(bytes(Adam()) == 8 * 283_914)
    #expect(bytes(Adam(amsgrad: true)) == 12 * 283_914)
    #expect(bytes(Signum(momentum: 0)) == 0)
    #expect(bytes(NAdam()) == 8 * 283_914 + 4)
    #expect(bytes(ScheduleFree(base: .sgd, learningRate: 1)) == 4 * 283_914 + 8)
  }

  @Test("The sources' exercise: x² from 2 at rate 0.1, heavy ball and moving average")
  func exercise() {
    let objective = Scripted(count: 1) { x in [2 * x[0]] }
    for (convention, wanted) in [
      (SGD.Convention.heavyBall, [1.6, 0.92, 0.124]), (.ema, [1.6, 1.208, 0.83104]),
    ] {
      let rule = SGD(learningRate: 0.1, momentum: 0.9, convention: convention)
      let optimizer = rule.makeOptimizer(for: objective.layout, precision: Double.self)
      var point = Vector([2.0])
      var state = optimizer.start(at: point)
      for value in wanted {
        _ = optimizer.step(&point, &state, on: objective, rateFactor: 1)
        #expect(abs(point[0] - value) < 1e-12)
      }
    }
  }
}
