import Experiments
import Tables
import Testing

struct CheckpointingTests {
  private let deep =
    "data: spirals\nmodel: {mlp: {hidden: [16, 16, 16, 16, 16, 16, 16, 16], activation: tanh}}\noptimizer: adam\nepochs: 2\n"

  @Test("Checkpointing changes no number of a run but the bytes of its activations")
  func same() throws {
    let kept = try run(trainKind, deep)
    let bytes = kept.tables[0]["activation-bytes"]!.number(0)!
    // Eight hidden layers of a batch of 128 floats.
    #expect(bytes >= 8 * 128 * 16 * 4)
    for choice in ["true", "2", "4"] {
      let again = try run(trainKind, deep + "checkpointing: \(choice)\n")
      #expect(again.checkpoints == kept.checkpoints)
      #expect(again.tables[2].csv() == kept.tables[2].csv())
      #expect(again.tables[0]["activation-bytes"]!.number(0)! < 0.8 * bytes)
    }
  }

  @Test("One segment is no checkpointing, and a word is none either")
  func refusals() throws {
    #expect(try !messages(trainKind, deep + "checkpointing: 1\n").isEmpty)
    #expect(try !messages(trainKind, deep + "checkpointing: often\n").isEmpty)
  }
}
