import Experiments
import Specs
import Tables
import Testing

struct ScheduledTrainingTests {
  private let blobs = "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: 0.1}}\nbatch: 64\n"

  private func column(_ name: String, of table: String, _ outcome: Outcome) -> [Double] {
    let table = outcome.tables.first { $0.name == table }!
    return (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  @Test("A schedule by epochs changes the rate after each epoch, one by steps after each step")
  func units() throws {
    let outcome = try run(trainKind, blobs + "epochs: 3\nschedule: {exponential: 0.5}\n")
    #expect(column("learning-rate", of: "epochs", outcome) == [0.1, 0.05, 0.025])
    let steps = column("learning-rate", of: "steps", outcome)
    #expect(Set(steps) == [0.1, 0.05, 0.025])
    let fine = column(
      "learning-rate", of: "steps", try run(trainKind, blobs + "epochs: 3\nschedule: {linear: {unit: step}}\n"))
    #expect(fine.count == steps.count && Set(fine).count == fine.count)
    for (index, rate) in fine.enumerated() {
      #expect(abs(rate - 0.1 * (1 - Double(index) / Double(fine.count))) < 1e-15)
    }
  }

  @Test("A warm-up comes first, and the schedule fills what remains of the run")
  func warmup() throws {
    let outcome = try run(trainKind, blobs + "epochs: 5\nschedule: {linear: {warmup: 3, end: 0.5}}\n")
    let wanted = [0.025, 0.05, 0.075, 0.1, 0.075]
    for (rate, expected) in zip(column("learning-rate", of: "epochs", outcome), wanted) {
      #expect(abs(rate - expected) < 1e-15)
    }
  }

  @Test("A plateau watches the run's own losses, and the channel-aware schedule its norm")
  func observing() throws {
    // A rate of nearly nothing never gets 10 % better.
    let still = "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: 1e-9}}\nepochs: 5\n"
    let plateau = try run(trainKind, still + "schedule: {plateau: {patience: 1, threshold: 0.1}}\n")
    let rates = column("learning-rate", of: "epochs", plateau).map { $0 / 1e-9 }
    for (rate, wanted) in zip(rates, [1, 1, 1, 0.1, 0.1]) { #expect(abs(rate - wanted) < 1e-12) }
    let channel = try run(trainKind, still + "schedule: {channel-aware: {threshold: 0.001}}\n")
    for rate in column("learning-rate", of: "epochs", channel) { #expect(abs(rate / 1e-9 - 0.1) < 1e-12) }
  }

  @Test("Without a schedule the bits are those of the constant one")
  func constant() throws {
    let plain = try run(trainKind, blobs + "epochs: 2\n")
    let same = try run(trainKind, blobs + "epochs: 2\nschedule: constant\n")
    #expect(plain.checkpoints == same.checkpoints)
  }

  @Test("Clipping is recorded a step and as a share; the recorded norm is the gradient's own")
  func clipping() throws {
    let plain = try run(trainKind, blobs + "epochs: 2\n")
    let norms = column("gradient-norm", of: "steps", plain)
    let clipped = try run(trainKind, blobs + "epochs: 2\nclip: {norm: 0.01}\n")
    #expect(abs(column("gradient-norm", of: "steps", clipped)[0] / norms[0] - 1) < 1e-6)
    #expect(column("clipped", of: "runs", clipped) == [1])
    #expect(column("clipped", of: "epochs", clipped) == [1, 1])
    for length in column("update-norm", of: "steps", clipped) { #expect(abs(length - 0.001) < 1e-6) }
    let never = try run(trainKind, blobs + "epochs: 2\nclip: {norm: 1e6}\n")
    #expect(never.checkpoints == plain.checkpoints)
    #expect(column("clipped", of: "runs", never) == [0])
  }

  @Test("A descent is scheduled and clipped step by step")
  func descent() throws {
    let outcome = try run(
      descendKind,
      "function: quadratic\noptimizer: {sgd: {lr: 0.1}}\nstart: [3, 4]\nsteps: 4\nschedule: {step: {every: 2}}\nclip: {norm: 1}\n"
    )
    let rates = column("learning-rate", of: "steps", outcome)
    for (rate, wanted) in zip(rates, [0.1, 0.1, 0.1, 0.01, 0.01]) { #expect(abs(rate - wanted) < 1e-15) }
    let lengths = column("update-norm", of: "steps", outcome)
    for (length, wanted) in zip(lengths, [0, 0.1, 0.1, 0.01, 0.01]) { #expect(abs(length - wanted) < 1e-6) }
    #expect(column("clipped", of: "runs", outcome) == [1])
  }

  @Test("The divergence boundary of gradient descent on a quadratic lies at 2/(λmax + λ) on a grid of rates and decays")
  func boundary() throws {
    let largest = 4.0
    for decay in [0.0, 0.5, 2] {
      for (share, diverges) in [(0.5, false), (0.99, false), (1.01, true), (1.5, true)] {
        let rate = share * 2 / (largest + decay)
        let runs = try run(
          descendKind,
          "function: {quadratic: {matrix: [[\(largest), 0], [0, 1]]}}\n"
            + "optimizer: {sgd: {lr: \(rate), weight-decay: \(decay)}}\nstart: [1, 1]\nsteps: 2000\n"
        ).tables[0]
        let loss = runs["loss"]!.number(0)!
        #expect(diverges ? !(loss < 1e10) : loss < 1e-10, "rate \(rate), decay \(decay)")
      }
    }
  }

  @Test("What cannot be is said before anything runs")
  func mistakes() throws {
    func first(_ yaml: String) throws -> String { try messages(trainKind, blobs + yaml).first ?? "" }
    #expect(try first("epochs: 3\nschedule: {cosine: {warmup: 3}}\n").contains("warm-up of 3 epochs"))
    #expect(try first("schedule: {plateau: {unit: step}}\n").contains("must be epoch"))
    #expect(try first("schedule: cosin\n").contains("no schedule ‘cosin’"))
    #expect(try first("clip: {}\n").contains("one of its two forms"))
    #expect(try first("clip: {norm: 1, value: 1}\n").contains("one of its two forms"))
    #expect(try first("clip: {norm: 0}\n").contains("above 0"))
    #expect(
      try messages(
        trainKind,
        "data: {spirals: {points: 50, test: 0}}\nmodel: mlp\noptimizer: sgd\nschedule: plateau\n"
      ).first?.contains("no test loss") == true)
  }
}
