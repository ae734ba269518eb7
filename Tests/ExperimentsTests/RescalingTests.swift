@testable import Experiments
import Tables
import Testing

struct RescalingTests {
  private let task = "data: {spirals: {points: 40}}\nprecision: double\n"

  @Test("Dinh's rescaling leaves a ReLU network's loss alone to 1e-12 and makes its Hessian as sharp as one likes")
  func dinh() throws {
    let model = "model: {mlp: {hidden: [8]}}\n"
    let base = try run(trainKind, task + model + "optimizer: {sgd: {lr: 0.1}}\nepochs: 5\n").checkpoints.last
    let inputs = ["from": [Input(tables: [], checkpoint: base)]]
    func rescaled(_ kind: Kind, _ factor: Double, _ rest: String = "") throws -> Outcome {
      let change =
        "rescale: {by: \(factor), multiply: [linear-1.weight, linear-1.bias], divide: [linear-2.weight]}\n"
      return try prepare(kind, task + model + "from: base@end\n" + change + rest).run(inputs: inputs, doors: Doors())
    }
    var sharpness: [Double] = []
    for factor in [1.0, 10, 100] {
      let losses = try rescaled(evaluateKind, factor).column("test-loss", of: "runs")
      let plain = try rescaled(evaluateKind, 1).column("test-loss", of: "runs")
      #expect(abs(losses[0] - plain[0]) < 1e-12 * plain[0])
      let survey = try rescaled(hessianKind, factor, "top: 1\nbottom: 0\n")
      sharpness.append(try survey.column("largest", of: "runs")[0])
      let box = try rescaled(sharpnessKind, factor, "radius: 1e-3\n").column("sharpness", of: "runs")[0]
      if factor == 100 {
        #expect(try box > 3 * rescaled(sharpnessKind, 1, "radius: 1e-3\n").column("sharpness", of: "runs")[0])
      }
    }
    #expect(sharpness[1] > 20 * sharpness[0] && sharpness[2] > 50 * sharpness[1])
  }

  @Test("Weights before batch normalization: L(cW) = L(W) and ∇L(cW) = ∇L(W)/c (E30)")
  func batchNorm() throws {
    func outcome(_ factor: Double) throws -> Outcome {
      try run(
        trainKind,
        task + "model: {layers: [{linear: 6}, {batch-norm: {epsilon: 1e-30}}, relu, {linear: classes}]}\n"
          + "optimizer: sgd\nbatch: full\nrescale: {by: \(factor), multiply: [linear-1.weight]}\n"
          + "monitor: [layer-gradients]\n")
    }
    let plain = try outcome(1)
    let (loss, norms) = (
      try plain.column("train-loss", of: "steps")[0], try plain.column("gradient-norm", of: "layer-gradients")
    )
    for factor in [0.01, 3, 1000] {
      let scaled = try outcome(factor)
      #expect(abs(try scaled.column("train-loss", of: "steps")[0] - loss) < 1e-12)
      let others = try scaled.column("gradient-norm", of: "layer-gradients")
      #expect(abs(others[0] * factor - norms[0]) < 1e-10 * norms[0])
      #expect(abs(others[1] - norms[1]) < 1e-10 * norms[1])
    }
  }

  @Test("A parameter that the model does not have is refused with the nearest that it has")
  func unknown() throws {
    let wrong = task + "model: {mlp: {hidden: [8]}}\noptimizer: sgd\nrescale: {by: 2, multiply: [linear-1.weigth]}\n"
    #expect(try messages(trainKind, wrong) == ["the model has no parameter ‘linear-1.weigth’"])
    #expect(
      try messages(hessianKind, "function: rosenbrock\nrescale: {by: 2}\n") == [
        "‘function’ is surveyed by itself: there is no ‘rescale’ beside it"
      ])
  }
}
