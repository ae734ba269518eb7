import Experiments
import Foundation
import Tables
import Testing

struct DatasetCatalogTests {
  @Test(
    "Every data set that is made on the spot trains a small network",
    arguments: [
      "spirals", "blobs", "{color-shapes: {train: 8, test: 4, classes: 3}}", "{rosenbrock: {points: 100}}",
      "{gaussian-process: {points: 30}}", "erf-toy", "sine",
    ])
  func made(_ data: String) throws {
    let outcome = try run(
      trainKind, "data: \(data)\nmodel: {mlp: {hidden: [3]}}\noptimizer: {sgd: {lr: 0.001}}\nbatch: 8\n")
    #expect(outcome.tables[0]["test-loss"]!.number(0)!.isFinite)
  }

  @Test("Double precision keeps every digit of a file's numbers")
  func digits() throws {
    let folder = NSTemporaryDirectory() + "fieldbook-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    // One weight and no bias at 0: the first loss is the mean square of the targets.
    try "x,y\n1,0.1\n1,0.1\n".write(toFile: folder + "/a.csv", atomically: true, encoding: .utf8)
    let spec =
      "data: {csv: {path: a.csv, target: y, test: 0}}\nmodel: {mlp: {hidden: [], bias: false}}\n"
      + "optimizer: {sgd: {lr: 0.25}}\nbatch: full\nepochs: 60\n"
    let double = try run(trainKind, spec + "precision: double\n", folder: folder)
    guard case .doubles(let weight)? = double.checkpoints.last?.arrays["parameters"] else { return }
    #expect(abs(weight[0] - 0.1) < 1e-15)
  }

  @Test("A normalisation needs as many numbers as there are channels")
  func normalization() throws {
    let start = "model: mlp\noptimizer: sgd\ndata: {color-shapes: {normalize: {mean-deviation: "
    #expect(
      try messages(trainKind, start + "{mean: [0.1, 0.2], deviation: 1}}}}\n") == [
        "2 numbers for ‘mean’, but pictures have 3 channels: give one number or 3"
      ])
    #expect(try messages(trainKind, start + "{mean: [0.1, 0.2, 0.3], deviation: 1}}}}\n") == [])
    #expect(try messages(trainKind, start + "{mean: 0.1, deviation: 0}}}}\n").count == 1)
  }
}
