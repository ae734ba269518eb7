@testable import Experiments
import Tables
import Testing

struct SharpnessAwareTests {
  @Test("SAM ends at a lower largest eigenvalue than the rule that it wraps, over seeds (Foret et al. 2021)")
  func lowers() throws {
    func sharpness(_ rule: String, _ seed: Int) throws -> Double {
      try run(
        trainKind,
        "data: {spirals: {points: 60, test: 0}}\nmodel: {mlp: {hidden: [8], activation: tanh}}\noptimizer: \(rule)\n"
          + "batch: 16\nepochs: 60\nprecision: double\nseed: \(seed)\nmonitor: [{sharpness: {every: 60}}]\n"
      ).column("sharpness", of: "runs")[0]
    }
    let base = "{sgd: {lr: 0.3}}"
    let gains = try (1...6).map { try sharpness(base, $0) - sharpness("{sam: {rho: 0.2, base: \(base)}}", $0) }
    let mean = gains.reduce(0, +) / 6
    let deviation = (gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5).squareRoot()
    // A t interval of 95 % with five degrees of freedom lies above nothing.
    #expect(mean - 2.571 * deviation / 6.0.squareRoot() > 0, "\(gains)")
  }
}
