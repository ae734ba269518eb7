import Diagnostics
import Experiments
import Fixtures
import Foundation
import Specs
import Tables
import Testing

struct EvaluateTests {
  /// Numbers of `scripts/fixtures/evaluation.py`.
  private struct Reference: Decodable {
    var inputs: [Double]
    var labels: [Int]
    var file: Data
    var half: Data
    var brain: Data
    var integers: Data
    var loss: Double
    var error: Double
    var confusion: [Double]
    var firstWeights: [Double]
    var halfFirstWeights: [Double]
    var brainFirstWeights: [Double]
    var secondBiases: [Double]
  }

  /// A book's folder with the data and PyTorch's files in it.
  private final class BookFolder {
    let path = NSTemporaryDirectory() + "fieldbook-\(UUID().uuidString)"
    let reference: Reference

    init() throws {
      reference = try fixture("evaluation")
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      // All samples are tested on but one, which the split keeps; it is a copy of nothing that is tested.
      var text = "a,b,c,class\n"
      for (index, label) in reference.labels.enumerated() {
        text += reference.inputs[3 * index..<3 * index + 3].map { "\($0)" }.joined(separator: ",") + ",k\(label)\n"
      }
      try text.write(toFile: path + "/data.csv", atomically: true, encoding: .utf8)
      for (name, data) in [
        ("model", reference.file), ("half", reference.half), ("brain", reference.brain),
        ("integers", reference.integers),
      ] { try data.write(to: URL(fileURLWithPath: "\(path)/\(name).safetensors")) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private let folder: BookFolder

  init() throws { folder = try BookFolder() }

  private let network = "model: {mlp: {hidden: [12, 5], activation: tanh}}\n"
  private var evaluation: String {
    "data: {csv: {path: data.csv, target: class, test: 0.99}}\n" + network
  }

  private func texts(_ column: String, _ table: Table) -> [String] {
    (0..<table.rowCount).map { table[column]!.text($0) }
  }

  private func weights(_ outcome: Outcome) -> [Double] {
    if case .doubles(let values)? = outcome.checkpoints.last?.arrays["parameters"] { values } else { [] }
  }

  /// What is said of a spec in this folder, with the hints.
  private func said(_ yaml: String) throws -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml, at: Place(file: "test", line: 1, column: 1))
    if let options = spec.read(evaluateKind.entry.options, owner: "evaluate", into: &diagnostics) {
      _ = evaluateKind.prepare(
        options, Surroundings(seed: 1, dataFolders: [], folder: folder.path), &diagnostics)
    }
    return diagnostics
  }

  @Test("A network that PyTorch trained has PyTorch's loss, error and confusion")
  func torch() throws {
    let outcome = try run(
      evaluateKind, evaluation + "parameters: model.safetensors\nprecision: double\n", folder: folder.path)
    let (runs, classes, confusion) = (outcome.tables[0], outcome.tables[1], outcome.tables[2])
    // One of the 60 samples is left for training: what PyTorch says of all is within one sample of what is found.
    let tested = Int(runs["samples"]!.number(0)!)
    #expect(tested == 59)
    let wrong = (runs["test-error"]!.number(0)! * 59).rounded()
    let wanted = (folder.reference.error * 60).rounded()
    #expect(wrong == wanted || wrong == wanted - 1)
    #expect(runs["test-accuracy"]!.number(0)! == 1 - runs["test-error"]!.number(0)!)
    #expect(runs["parameters"]!.number(0) == Double(4 * 12 + 13 * 5 + 6 * 3))
    #expect(classes.rowCount == 3 && confusion.rowCount == 9)
    let counts = (0..<9).map { confusion["samples"]!.number($0)! }
    #expect(counts.reduce(0, +) == 59)
    #expect(zip(counts, folder.reference.confusion).reduce(0) { $0 + abs($1.0 - $1.1) } == 1)
    #expect(texts("class", classes) == ["k0", "k1", "k2"])
    #expect(
      classes["error"]!.number(1)! == 1 - counts[4] / (counts[3] + counts[4] + counts[5]))
    // Names by number: 0.weight, 2.weight, 4.weight are the three layers.
    #expect(texts("tensor", outcome.tables[3]) == ["0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias"])
    #expect(texts("matched-by", outcome.tables[3]) == Array(repeating: "order", count: 6))
    #expect(Array(weights(outcome)[..<6]) == folder.reference.firstWeights)
    #expect(Array(weights(outcome)[4 * 12 + 60..<4 * 12 + 65]) == folder.reference.secondBiases)
  }

  @Test("Pruning sets the share asked for to 0, layer by layer as the table says, and pruning again changes nothing")
  func pruned() throws {
    let spec = evaluation + "parameters: model.safetensors\nprecision: double\n"
    let plain = try run(evaluateKind, spec, folder: folder.path)
    let pruned = try run(evaluateKind, spec + "prune: {sparsity: [0.5, 0.25, 0]}\n", folder: folder.path)
    let table = try #require(pruned.tables.last)
    #expect((0..<3).map { table["pruned"]!.number($0)! } == [18, 15, 0])
    #expect((0..<3).map { table["sparsity"]!.number($0)! } == [0.5, 0.25, 0])
    #expect(pruned.tables[0]["sparsity"]!.number(0) == 33 / Double(36 + 60 + 15))
    #expect(pruned.tables[0]["test-loss"]!.number(0)! > plain.tables[0]["test-loss"]!.number(0)!)
    let (before, after) = (weights(plain), weights(pruned))
    #expect(zip(before, after).allSatisfy { $1 == $0 || $1 == 0 })
    #expect(after.count { $0 == 0 } == 33)
    // From the pruned one, pruned alike.
    let again = try prepare(
      evaluateKind, evaluation + "from: pruned@end\nprecision: double\nprune: {sparsity: [0.5, 0.25, 0]}\n",
      folder: folder.path)
    let input = Input(tables: [], checkpoint: pruned.checkpoints.last)
    #expect(weights(try again.run(inputs: ["from": [input]], doors: Doors())) == after)
    #expect(
      try run(evaluateKind, spec + "prune: {sparsity: 0}\n", folder: folder.path).checkpoints == plain.checkpoints)
  }

  @Test("By gradient or saliency, weights that no input reaches go first, however large they are")
  func saliency() throws {
    // Every sixth input number is 0: the third of each second sample, and the third weight of each unit is large.
    let data = "data: {csv: {path: dead.csv, target: class, test: 0.5}}\nmodel: {mlp: {hidden: [4]}}\n"
    let text = (0..<20).map { "\(Double($0 % 5) - 2),0,\(Double($0 % 3)),k\($0 % 2)\n" }.joined()
    try ("a,b,c,class\n" + text).write(toFile: folder.path + "/dead.csv", atomically: true, encoding: .utf8)
    let base = try run(
      trainKind, data + "optimizer: sgd\ninit: {constant: 0.5}\nbatch: full\n", folder: folder.path)
    var checkpoint = try #require(base.checkpoints.last)
    guard case .floats(var values)? = checkpoint.arrays["parameters"] else {
      Issue.record("no parameters")
      return
    }
    for unit in 0..<4 {
      for input in 0..<3 { values[3 * unit + input] = [0.3, 9, -0.4][input] + 0.01 * Float(unit) }
      values[16 + unit] = 0.2 + 0.1 * Float(unit)
      values[20 + unit] = -0.35 + 0.1 * Float(unit)
    }
    checkpoint.arrays["parameters"] = .floats(values)
    for (by, firstLeft) in [("magnitude", false), ("gradient", true), ("saliency", true)] {
      let experiment = try prepare(
        evaluateKind, data + "from: base@end\nprune: {sparsity: 0.2, by: \(by)}\n", folder: folder.path)
      let input = Input(tables: [], checkpoint: checkpoint)
      let left = weights(try experiment.run(inputs: ["from": [input]], doors: Doors()))
      #expect((0..<4).allSatisfy { (left[3 * $0 + 1] == 0) == firstLeft }, "\(by) \(left)")
      #expect(left.prefix(12).count { $0 == 0 } + left[16..<24].count { $0 == 0 } == 4)
    }
  }

  @Test("What cannot be pruned is said")
  func pruningMistakes() throws {
    let spec = evaluation + "parameters: model.safetensors\n"
    #expect(
      try said(spec + "prune: {sparsity: [0.1, 0.2, 0.3, 0.4]}\n").map(\.message)
        == ["a sparsity for each of 4 groups of layers, but the model has 3 layers with weights"])
    #expect(try said(spec + "prune: {sparsity: 1.5}\n").count == 1)
    #expect(try said(spec + "prune: {by: gradient}\n").count == 1)
  }

  @Test("On the whole set the loss is PyTorch's to rounding")
  func wholeLoss() throws {
    // A run that learns nothing, over all samples as they are met.
    let outcome = try run(
      trainKind,
      "data: {csv: {path: data.csv, target: class, test: 0}}\n\(network)optimizer: {sgd: {lr: 1e-30}}\nbatch: full\n"
        + "parameters: model.safetensors\nprecision: double\n", folder: folder.path)
    #expect(abs(outcome.tables[0]["train-loss"]!.number(0)! - folder.reference.loss) < 1e-6)
    #expect(abs(outcome.tables[0]["train-error"]!.number(0)! - folder.reference.error) < 1e-12)
  }

  @Test("Half precision and brain floats become the numbers that PyTorch reads them as")
  func short() throws {
    for (name, wanted) in [
      ("half", folder.reference.halfFirstWeights), ("brain", folder.reference.brainFirstWeights),
    ] {
      let outcome = try run(evaluateKind, evaluation + "parameters: \(name).safetensors\n", folder: folder.path)
      #expect(Array(weights(outcome)[..<6]) == wanted)
    }
  }

  @Test("A map says which tensor is which, whatever the names")
  func map() throws {
    let map =
      "{0.weight: linear-1.weight, 0.bias: linear-1.bias, 2.weight: linear-2.weight, 2.bias: linear-2.bias, "
      + "4.weight: linear-3.weight, 4.bias: linear-3.bias}"
    let mapped = try run(
      evaluateKind, evaluation + "parameters: {file: model.safetensors, map: \(map)}\n", folder: folder.path)
    let ordered = try run(evaluateKind, evaluation + "parameters: model.safetensors\n", folder: folder.path)
    #expect(weights(mapped) == weights(ordered))
    #expect(texts("matched-by", mapped.tables[3]).first == "map")
    func message(_ map: String) throws -> String? {
      try said(evaluation + "parameters: {file: model.safetensors, map: \(map)}\n").first?.message
    }
    #expect(
      try message(map.replacingOccurrences(of: "0.bias:", with: "1.bias:"))
        == "model.safetensors: the file has no tensor ‘1.bias’")
    #expect(
      try message(map.replacingOccurrences(of: "linear-3.bias", with: "linear-4.bias"))
        == "model.safetensors: the model has no parameter ‘linear-4.bias’")
    #expect(
      try message("{0.weight: linear-1.weight}") == "model.safetensors: no tensor is given for ‘linear-1.bias’, 12")
    #expect(
      try message(map.replacingOccurrences(of: "linear-3.bias", with: "linear-2.bias"))
        == "model.safetensors: ‘linear-2.bias’ is mapped to by 2.bias and 4.bias")
  }

  @Test("What is written is read back by name, and others can start from it")
  func roundTrip() throws {
    let experiment = try prepare(evaluateKind, evaluation + "parameters: model.safetensors\n", folder: folder.path)
    let outcome = try experiment.run(inputs: [:], doors: Doors())
    let bytes = try #require(outcome.checkpoints[0].file(.safetensors, layouts: experiment.layouts))
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/again.safetensors"))
    let again = try run(evaluateKind, evaluation + "parameters: again.safetensors\n", folder: folder.path)
    #expect(texts("matched-by", again.tables[3]).first == "name")
    #expect(weights(again) == weights(outcome))
    #expect(again.tables[0] == outcome.tables[0])
    let from = try prepare(evaluateKind, evaluation + "from: base@end\n", folder: folder.path)
    let input = Input(tables: [], checkpoint: outcome.checkpoints[0])
    #expect(try from.run(inputs: ["from": [input]], doors: Doors()).tables[0] == outcome.tables[0])
    #expect(experiment.dataFiles.last == folder.path + "/model.safetensors")
  }

  @Test("Files that do not fit are said with what would be right")
  func misfits() throws {
    let start = "data: {csv: {path: data.csv, target: class}}\n"
    let narrow = try said(
      start + "model: {mlp: {hidden: [11, 5], activation: tanh}}\nparameters: model.safetensors\n")
    #expect(
      narrow.first?.message
        == "model.safetensors: tensor ‘0.weight’ is 12×3, but ‘linear-1.weight’ is 11×3")
    #expect(narrow.first?.hints.first?.hasPrefix("the model has: linear-1.weight 11×3, linear-1.bias 11, ") == true)
    #expect(narrow.first?.place?.line == 3)
    let deep = try said(start + "model: {mlp: {hidden: [12], activation: tanh}}\nparameters: model.safetensors\n")
    #expect(
      deep.first?.message == "model.safetensors: the file has 3 tensors that look like a weight, but the model has 2")
    #expect(
      try said(evaluation + "parameters: integers.safetensors\n").first?.message
        == "integers.safetensors: tensor ‘0.weight’ has elements of type I64; parameters are floating-point: F64, F32, "
        + "F16 or BF16")
    #expect(
      try said(evaluation + "parameters: gone.safetensors\n").first?.message.hasPrefix("gone.safetensors: ") == true)
    #expect(try said(evaluation + "parameters: data.csv\n").count == 1)
    #expect(
      try said(evaluation).first?.message
        == "an evaluation needs ‘parameters’, a file, or ‘from’, another run's checkpoint")
    #expect(
      try said(evaluation + "parameters: model.safetensors\nfrom: a@end\n").first?.message
        == "parameters come from one place: give ‘parameters’ or ‘from’, not both")
    #expect(
      try said("data: {csv: {path: data.csv, target: class, test: 0}}\n\(network)parameters: model.safetensors\n")
        .first?
        .message == "‘data.csv’ has no test samples to judge the model by")
  }
}
