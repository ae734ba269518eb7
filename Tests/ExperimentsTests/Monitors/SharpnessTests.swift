@testable import Experiments
import Autodiff
import Optimizers
import Tables
import Tensors
import Testing

struct SharpnessTests {
  @Test("The sharpness along a run is the Hessian's largest eigenvalue at its checkpoints, beside 2/η")
  func checkpoints() throws {
    let task =
      "data: {spirals: {points: 40, test: 0}}\nmodel: {mlp: {hidden: [5], activation: tanh}}\nprecision: double\n"
    let outcome = try run(
      trainKind,
      task + "optimizer: {sgd: {lr: 0.25}}\nbatch: 16\nepochs: 3\ncheckpoints: [start, epochs]\n"
        + "monitor: [{sharpness: {tolerance: 1e-9, samples: 40}}]\n")
    let values = try outcome.column("sharpness", of: "sharpness")
    #expect(values.count == 4)
    for (value, checkpoint) in zip(values, outcome.checkpoints) {
      let survey = try prepare(hessianKind, task + "from: base@end\nsamples: 40\ntop: 1\nbottom: 0\n").run(
        inputs: ["from": [Input(tables: [], checkpoint: checkpoint)]], doors: Doors())
      let wanted = try survey.column("largest", of: "runs")[0]
      #expect(abs(value - wanted) < 1e-6 * wanted)
    }
    #expect(try outcome.column("sharpness-limit", of: "sharpness") == [8, 8, 8, 8])
    #expect(try outcome.column("preconditioned-sharpness", of: "sharpness") == values)
    #expect(try outcome.column("sharpness", of: "runs") == [values[3]])
  }

  @Test("Beyond 1/λ the gradient along the eigenvector changes sign with every step, before it never does (E73)")
  func valley() throws {
    try LineData.inFolder { folder in
      for (share, changes) in [(0.9, 0.0), (1.9, 1)] {
        let outcome = try run(
          trainKind,
          LineData.spec + "optimizer: {sgd: {lr: \(share / LineData.largest)}}\nepochs: 12\n"
            + "monitor: [{sharpness: {every: 4, unit: step, tolerance: 1e-9}}]\n", folder: folder)
        #expect(try outcome.column("step", of: "sharpness") == [0, 4, 8, 12])
        // The first gradient has none before it.
        let wanted = [0.75 * changes, changes, changes]
        #expect(Array(try outcome.column("sign-changes", of: "sharpness").dropFirst()) == wanted)
        let projections = try outcome.column("projection", of: "steps")
        for (one, next) in zip(projections, projections.dropFirst()) {
          #expect(abs(next / one - (1 - share)) < 1e-6)
        }
        for value in try outcome.column("sharpness", of: "sharpness") {
          #expect(abs(value - LineData.largest) < 1e-8)
        }
      }
    }
  }

  @Test("Adam's sharpness is that of D^(−½)HD^(−½) with what it divides by, and its limit is 38/η")
  func adam() throws {
    try LineData.inFolder { folder in
      let outcome = try run(
        trainKind,
        LineData.spec + "optimizer: {adam: {lr: 0.01}}\nepochs: 5\ncheckpoints: [epochs]\n"
          + "monitor: [{sharpness: {tolerance: 1e-10}}]\n", folder: folder)
      for (epoch, checkpoint) in outcome.checkpoints.enumerated() {
        guard case .doubles(let state)? = checkpoint.arrays["optimizer"] else { throw Cancelled() }
        let steps = epoch + 1
        var scaled = LineData.hessian
        let divisors = (3..<6).map { index -> Double in
          var (first, second) = (1.0, 1.0)
          for _ in 0..<steps { (first, second) = (first * 0.9, second * 0.999) }
          return (1 - first) * ((state[index] / (1 - second)).squareRoot() + 1e-8)
        }
        for i in 0..<3 { for j in 0..<3 { scaled[i, j] /= (divisors[i] * divisors[j]).squareRoot() } }
        let wanted = scaled.symmetricEigen()!.values[2]
        let value = try outcome.column("preconditioned-sharpness", of: "sharpness")[steps]
        #expect(abs(value - wanted) < 1e-6 * wanted)
      }
      let limits = try outcome.column("sharpness-limit", of: "sharpness")
      for limit in limits { #expect(abs(limit - 3800) < 1e-6) }
    }
  }

  @Test("A rule whose edge nobody has worked out has no limit, and a point that is not finite no sharpness")
  func unknown() throws {
    let outcome = try run(
      trainKind,
      "data: spirals\nmodel: {mlp: {hidden: [4]}}\noptimizer: {lion: {lr: 0.01}}\nmonitor: [sharpness]\n")
    #expect(try outcome.column("sharpness-limit", of: "runs")[0].isNaN)
    #expect(try outcome.column("sharpness", of: "runs")[0] > 0)
    let lost = try run(
      trainKind,
      "data: spirals\nmodel: {mlp: {hidden: [4]}}\noptimizer: {sgd: {lr: 1e30}}\nmonitor: [{sharpness: {unit: step}}]\n"
    )
    #expect(try lost.column("diverged", of: "runs") == [1])
  }
}
