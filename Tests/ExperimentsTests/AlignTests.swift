import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors
import Testing

@testable import Experiments

struct AlignTests {
  private let data = "data: {spirals: {points: 60, test: 0.2}}\n"
  private let mlp = "model: {mlp: {hidden: [7, 5]}}\n"
  private let normalised =
    "model: {layers: {layers: [{linear: {units: 8}}, batch-norm, relu, {linear: {units: 5}}, relu, {linear: {units: 2}}]}}\n"

  private func trained(_ model: String, seed: Int) throws -> Input {
    let outcome = try run(
      trainKind, data + model + "precision: double\noptimizer: {sgd: {lr: 0.1}}\nbatch: 10\nepochs: 3\nseed: \(seed)\n")
    return Input(tables: [], checkpoint: outcome.checkpoints.last)
  }
  private func align(_ model: String, _ from: Input, _ to: Input) throws -> Outcome {
    try prepare(alignKind, data + model + "from: a\nto: b\n").run(inputs: ["from": [from], "to": [to]], doors: Doors())
  }

  @Test("Another run's units are reordered: nearer to the first, and the same function")
  func runs() throws {
    for model in [mlp, normalised] {
      let (a, b) = (try trained(model, seed: 1), try trained(model, seed: 2))
      let outcome = try align(model, a, b)
      let runs = outcome.tables[0]
      #expect(runs["difference"]!.number(0)! < 1e-12)
      #expect(runs["distance"]!.number(0)! < runs["distance-before"]!.number(0)! - 0.1)
      #expect(runs["cosine"]!.number(0)! > runs["cosine-before"]!.number(0)!)
      #expect(runs["moved"]!.number(0)! > 3)
      let checkpoint = outcome.checkpoints[0]
      #expect(checkpoint.moment == .end && checkpoint.parameters.sorted() == b.checkpoint!.parameters.sorted())
      #expect(checkpoint.parameters != b.checkpoint!.parameters)
      #expect(checkpoint.buffers.sorted() == b.checkpoint!.buffers.sorted())
      let interpolate = try prepare(interpolateKind, data + model + "from: a\nto: b\nprecision: double\n")
      let line = try interpolate.run(
        inputs: ["from": [a], "to": [Input(tables: [], checkpoint: checkpoint)]], doors: Doors())
      let before = try interpolate.run(inputs: ["from": [a], "to": [b]], doors: Doors())
      #expect(abs(line.tables[0]["loss-to"]!.number(0)! - before.tables[0]["loss-to"]!.number(0)!) < 1e-12)
    }
  }

  @Test("A shuffled copy of a network is put back in order")
  func planted() throws {
    let a = try trained(mlp, seed: 1)
    let aligner = try #require(prepare(alignKind, data + mlp + "from: a\nto: b\n") as? Align)
    var shuffled = a
    var parameters = a.checkpoint!.parameters
    var buffers: [Double] = []
    aligner.units.reorder(0, by: [6, 5, 4, 3, 2, 1, 0], parameters: &parameters, buffers: &buffers)
    aligner.units.reorder(1, by: [1, 2, 3, 4, 0], parameters: &parameters, buffers: &buffers)
    shuffled.checkpoint!.arrays["parameters"] = .doubles(parameters)
    let outcome = try align(mlp, a, shuffled)
    #expect(outcome.checkpoints[0].parameters == a.checkpoint!.parameters)
    #expect(outcome.tables[0]["distance"]!.number(0) == 0)
  }

  @Test("Convolutions are reordered with the pixels that a later layer flattens")
  func convolutions() throws {
    let model =
      "model: {layers: {layers: [{conv: {channels: 4, size: 3}}, relu, {max-pool: {size: 2}}, {conv: {channels: 3, size: 3}}, "
      + "batch-norm, relu, flatten, {linear: {units: 6}}, relu, {linear: {units: 10}}]}}\n"
    // Preparing tries every order on random numbers.
    let pictures = "data: {fashion-mnist: {train: 10, test: 10}}\n"
    #expect(try messages(alignKind, pictures + model + "from: a\nto: b\n") == [])
  }

  @Test("Networks whose units are tied by sums are refused")
  func tied() throws {
    #expect(
      try messages(alignKind, data + "model: {residual-mlp: {blocks: 2, width: 6}}\nfrom: a\nto: b\n").count == 1)
    #expect(
      try messages(alignKind, data + "model: {mlp: {hidden: []}}\nfrom: a\nto: b\n")
        == ["the model has no hidden units to reorder"])
  }
}
