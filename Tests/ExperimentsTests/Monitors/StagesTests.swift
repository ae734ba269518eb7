@testable import Experiments
import Tables
import Testing

struct StagesTests {
  @Test("One sample makes a straight path, as long as its chord, and all steps go one way or back and forth")
  func straight() throws {
    try LineData.inFolder(rows: [0, 0]) { folder in
      // λ = 2·(1 + 4 + 1) = 12: factors of 0.4 and −0.4 a step.
      for (share, cosine, ratio) in [(0.6, 1.0, 1.0), (1.4, -1, (1 + 0.4) / (1 - 0.4))] {
        let outcome = try run(
          trainKind, LineData.spec + "optimizer: {sgd: {lr: \(share / 12)}}\nepochs: 30\nmonitor: [stages]\n",
          folder: folder)
        #expect(abs(try outcome.column("path-over-chord", of: "runs")[0] - ratio) < 1e-9)
        let cosines = try outcome.column("update-cosine", of: "steps")
        #expect(cosines[0].isNaN)
        for value in cosines[1..<10] { #expect(abs(value - cosine) < 1e-9) }
        #expect(try outcome.texts("stage", of: "stages") == ["initial", "middle", "late"])
        #expect(try outcome.column("steps", of: "stages") == [10, 10, 10])
        #expect(abs(try outcome.column("path-over-chord", of: "stages")[0] - ratio) < 1e-3)
      }
    }
  }

  @Test("Stages are the steps' own sums: drops share out the whole, lengths add up, losses join")
  func sums() throws {
    let outcome = try run(
      trainKind,
      "data: spirals\nmodel: {mlp: {hidden: [8]}}\noptimizer: {adam: {lr: 0.01}}\nbatch: 32\nepochs: 5\n"
        + "precision: double\nmonitor: [{stages: {samples: 100000}}]\n")
    let table = "stages"
    let updates = try outcome.column("update-norm", of: "steps")
    let steps = try outcome.column("steps", of: table)
    #expect(steps.reduce(0, +) == Double(updates.count) && steps.max()! - steps.min()! <= 1)
    let path = try outcome.column("path", of: table)
    #expect(abs(path.reduce(0, +) - updates.reduce(0, +)) < 1e-12)
    #expect(abs(path[0] - updates.prefix(Int(steps[0])).reduce(0, +)) < 1e-12)
    #expect(abs(try outcome.column("drop-share", of: table).reduce(0, +) - 1) < 1e-12)
    let (before, after) = (try outcome.column("loss-before", of: table), try outcome.column("loss-after", of: table))
    #expect(before[1] == after[0] && before[2] == after[1])
    let distance = try outcome.column("distance", of: "runs")[0]
    let ratio = try outcome.column("path-over-chord", of: "runs")[0]
    #expect(abs(ratio - updates.reduce(0, +) / distance) < 1e-12)
    let cosines = try outcome.column("update-cosine", of: "steps").dropFirst().prefix(Int(steps[0]) - 1)
    #expect(
      abs(try outcome.column("update-cosine", of: table)[0] - cosines.reduce(0, +) / Double(cosines.count)) < 1e-12)
  }

  @Test("A run that diverges has the stages that it got to")
  func diverged() throws {
    let outcome = try run(
      trainKind,
      "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: 1e30}}\nepochs: 4\nmonitor: [stages]\n")
    #expect(try outcome.texts("stage", of: "stages") == ["initial"])
    #expect(try outcome.column("loss-after", of: "stages")[0].isNaN)
  }

  @Test("A run that ends about where it began has lost nothing that stages could share")
  func standstill() throws {
    try LineData.inFolder(rows: [0, 0]) { folder in
      // λ = 12: the factor of a step is −1, so that the loss is the same after each, up to rounding.
      let outcome = try run(
        trainKind, LineData.spec + "optimizer: {sgd: {lr: \(2.0 / 12)}}\nepochs: 9\nmonitor: [stages]\n",
        folder: folder)
      #expect(try outcome.column("drop-share", of: "stages").allSatisfy(\.isNaN))
    }
    // Changes of 9, −8 and 0.5: a net loss of 1.5 of 17.5 moved is next to nothing.
    #expect(Stages.wholeDrop([10, 1, 9, 8.5]).isNaN)
    #expect(Stages.wholeDrop([10, 1, 4, 3.5]) == 6.5)
  }
}
