import Autodiff
import Experiments
import Optimizers
import Tables
import Tensors
import Testing

struct OptimizerMemoryTests {
  private func bytes(_ table: Table, _ column: String, of optimizer: String) -> Double? {
    table.filtered([("optimizer", [optimizer])])[column]?.number(0)
  }

  @Test(
    "State bytes of the sources' network: 4P for one vector, 8P for two, 1.083 MiB each, and what is less than that")
  func simpleNetwork() throws {
    let runs = try run(
      optimizerMemoryKind,
      "model: simple-network\noptimizers: [sgd, nesterov, lion, adam, adafactor, adam-8bit, muon]\n"
    ).tables[0]
    let count = 283_914
    #expect(runs["parameters"]!.number(0) == Double(count))
    #expect(bytes(runs, "state-bytes", of: "sgd") == 0)
    #expect(bytes(runs, "state-bytes", of: "nesterov") == Double(4 * count))
    #expect(bytes(runs, "state-bytes", of: "lion") == Double(4 * count))
    #expect(bytes(runs, "state-bytes", of: "adam") == Double(8 * count))
    #expect(bytes(runs, "total-bytes", of: "adam") == Double(16 * count))
    #expect(abs(bytes(runs, "state-mebibytes", of: "lion")! - 1.083) < 0.0005)
    #expect(abs(bytes(runs, "bytes-per-parameter", of: "adam")! - 8) < 1e-12)
    // Rows and columns of the five matrices, and the biases whole.
    let sides = 784 + 256 + 256 + 192 + 192 + 128 + 128 + 64 + 64 + 10
    #expect(bytes(runs, "state-bytes", of: "adafactor") == Double(4 * (sides + 256 + 192 + 128 + 64 + 10)))
    // Two bytes a number and two scales for each of 139 blocks of 2048.
    #expect(bytes(runs, "state-bytes", of: "adam-8bit") == Double(2 * count + 8 * 139))
    // One momentum for the three hidden matrices, Adam's two vectors for the rest.
    let hidden = 256 * 192 + 192 * 128 + 128 * 64
    #expect(bytes(runs, "state-bytes", of: "muon") == Double(4 * hidden + 8 * (count - hidden)))
  }

  @Test(
    "One copy of the sources' networks in Float: 1.083, 4.555 and 236.9 MiB",
    arguments: [
      (283_914, 1.083, 0.0005), (1_194_084, 4.555, 0.0005), (62_099_812, 236.9, 0.05),
    ])
  func copies(_ parameters: Int, _ mebibytes: Double, _ rounding: Double) {
    var layout = ParameterLayout()
    layout.append("w", [parameters], role: .weight, layer: 1)
    let state = Lion().makeOptimizer(for: layout, precision: Float.self).start(at: Vector(zeros: 0))
    #expect(state.bytes == 4 * parameters)
    #expect(abs(Double(state.bytes) / 0x1p20 - mebibytes) < rounding)
  }

  @Test("ZeRO's own example: 7.5 billion parameters on 64 devices take 120, 31.4, 16.6 and 1.9 GB")
  func zero() {
    let totals = (0...3).map { ZeROMemory(parameterCount: 7_500_000_000, stage: $0, devices: 64).total / 1e9 }
    for (ours, published) in zip(totals, [120, 31.4, 16.6, 1.9]) { #expect(abs(ours - published) < 0.05) }
    // On one device nothing is saved.
    #expect((0...3).allSatisfy { ZeROMemory(parameterCount: 10, stage: $0, devices: 1).total == 160 })
  }

  @Test("The zero table has a row for each stage and number of devices, of the model's parameters")
  func zeroTable() throws {
    let zero = try run(
      optimizerMemoryKind,
      "model: {mlp: {hidden: [3], bias: false}}\ninputs: 4\noutputs: 2\noptimizers: [adam]\ndevices: [1, 6]\n"
    ).tables[1]
    #expect(zero.rowCount == 8)
    let whole = 16.0 * 18
    #expect(zero["total-bytes"]!.number(0) == whole)
    #expect(zero["total-bytes"]!.number(7) == whole / 6)
    #expect(zero["parameter-bytes"]!.number(6) == 36 && zero["gradient-bytes"]!.number(6) == 6)
    #expect(zero["gradient-bytes"]!.number(5) == 36 && zero["state-bytes"]!.number(5) == 36)
    #expect(zero["state-bytes"]!.number(4) == 216)
  }

  @Test("An optimizer that stands twice, and a list without one, are said")
  func mistakes() throws {
    #expect(
      try messages(optimizerMemoryKind, "model: mlp\noptimizers: [adam, {adam: {lr: 1}}]\n").first?
        .contains("stands twice") == true)
    #expect(try messages(optimizerMemoryKind, "model: mlp\noptimizers: []\n").count == 1)
  }
}
