import Experiments
import Specs
import Tables
import Testing

struct AugmentTests {
  private let start =
    "data: {color-shapes: {classes: 4, train: 12, test: 8}}\nmodel: {mlp: {hidden: [], bias: false}}\nbatch: 4\n"

  private func column(_ name: String, _ table: Table) -> [Double] {
    (0..<table.rowCount).map { table[name]!.number($0)! }
  }

  @Test("Training samples are changed, test samples never")
  func trainingOnly() throws {
    // Steps too small to move the weights: what differs is what the network is shown.
    let still = start + "optimizer: {sgd: {lr: 1e-30}}\nepochs: 3\n"
    let plain = try run(trainKind, still)
    let changed = try run(trainKind, still + "augment: {flip: true, rotate: 20, crop: 5}\n")
    #expect(column("test-loss", plain.tables[1]) == column("test-loss", changed.tables[1]))
    #expect(plain.tables[0]["start-loss"]!.number(0) == changed.tables[0]["start-loss"]!.number(0))
    // Another change in each epoch: without any, an epoch's loss is the same but for the order of its sum.
    let losses = column("train-loss", changed.tables[1])
    let plainLosses = column("train-loss", plain.tables[1])
    #expect(abs(plainLosses[0] - plainLosses[1]) < 1e-6)
    #expect(abs(losses[0] - plainLosses[0]) > 1e-5 && abs(losses[0] - losses[1]) > 1e-5)
  }

  @Test("Two runs see the same changes, another seed others")
  func replay() throws {
    let spec = start + "optimizer: {sgd: {lr: 0.01}}\nepochs: 2\naugment: {rotate: 10, interpolation: bilinear}\n"
    let first = try run(trainKind, spec)
    #expect(try run(trainKind, spec).checkpoints == first.checkpoints)
    #expect(try run(trainKind, spec + "seed: 2\n").checkpoints != first.checkpoints)
  }

  @Test("No change asked for is no change")
  func nothing() throws {
    let spec = start + "optimizer: {sgd: {lr: 0.01}}\nepochs: 2\n"
    #expect(try run(trainKind, spec + "augment: {}\n").checkpoints == run(trainKind, spec).checkpoints)
  }

  @Test("Only pictures are augmented")
  func pictures() throws {
    #expect(
      try messages(trainKind, "data: blobs\nmodel: mlp\noptimizer: sgd\naugment: {flip: true}\n") == [
        "only pictures (a byte a pixel, in rows and columns) are augmented; ‘blobs’ holds none"
      ])
  }
}
