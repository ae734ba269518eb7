@testable import Experiments
import Tables
import Testing

struct GradientNoiseTests {
  /// The gradients of single samples of a linear regression, at two weights and a bias.
  private func gradients(_ w: [Double]) -> [[Double]] {
    zip(LineData.rows, LineData.targets).map { row, target in
      let error = w[0] * row[0] + w[1] * row[1] + w[2] - target
      return [row[0], row[1], 1].map { 2 * error * $0 }
    }
  }
  private func mean(_ vectors: [[Double]]) -> [Double] {
    (0..<3).map { i in vectors.reduce(0) { $0 + $1[i] } / Double(vectors.count) }
  }

  @Test("Mean and variance are those of every sample's own gradient, at the start and after each epoch")
  func exact() throws {
    try LineData.inFolder { folder in
      let outcome = try run(
        trainKind,
        LineData.spec + "optimizer: {sgd: {lr: 0.05}}\nepochs: 2\ncheckpoints: [start, epochs]\n"
          + "monitor: [{gradient-noise: {samples: 5, batch: 1}}]\n", folder: folder)
      #expect(try outcome.column("epoch", of: "gradient-noise") == [0, 1, 2])
      for (place, checkpoint) in outcome.checkpoints.enumerated() {
        let all = gradients(checkpoint.parameters)
        let mean = mean(all)
        let square = mean.reduce(0) { $0 + $1 * $1 }
        let variance = all.reduce(0) { $0 + zip($1, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } } / 4
        let scale = variance / square
        for (name, wanted) in [("mean-square", square), ("variance", variance), ("noise-scale", scale)] {
          let value = try outcome.column(name, of: "gradient-noise")[place]
          #expect(abs(value - wanted) < 1e-10 * wanted, "\(name) at \(place)")
        }
      }
      // A full batch has no noise.
      #expect(try outcome.column("noise-share", of: "gradient-noise") == [0, 0, 0])
    }
  }

  @Test("A few batches estimate both without bias, and a batch's own noise is the variance over its size")
  func unbiased() throws {
    try LineData.inFolder { folder in
      var (squares, variances) = (0.0, 0.0)
      let start = try run(
        trainKind, LineData.spec + "optimizer: sgd\ncheckpoints: [start]\nseed: 7\n", folder: folder
      ).checkpoints[0]
      let input = Input(tables: [], checkpoint: start)
      let count = 300
      for seed in 1...count {
        let spec = LineData.spec.replacing("batch: full", with: "batch: 2")
        let outcome = try prepare(
          trainKind,
          spec
            + "optimizer: sgd\nfrom: base@start\nseed: \(seed)\nmonitor: [{gradient-noise: {samples: 4, batch: 2}}]\n",
          folder: folder
        ).run(inputs: ["from": [input]], doors: Doors())
        let square = try outcome.column("mean-square", of: "gradient-noise")[0]
        let variance = try outcome.column("variance", of: "gradient-noise")[0]
        squares += square / Double(count)
        variances += variance / Double(count)
        let share = try outcome.column("noise-share", of: "gradient-noise")[0]
        if square > 0 { #expect(abs(share - variance / 2 / (square + variance / 2)) < 1e-12) }
      }
      let all = gradients(start.parameters)
      let mean = mean(all)
      let square = mean.reduce(0) { $0 + $1 * $1 }
      let variance = all.reduce(0) { $0 + zip($1, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } } / 4
      #expect(abs(variances - variance) < 0.15 * variance)
      // Drawing without replacement from five makes the mean of four better than tr Σ / 4 says.
      #expect(abs(squares - square + variance / 5) < 0.1 * variance)
    }
  }
}
