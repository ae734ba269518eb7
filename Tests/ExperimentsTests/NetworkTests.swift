import Diagnostics
import Dispatch
import Experiments
import Fixtures
import Specs
import Tables
import Tensors
import Testing

/// Networks in specs: models of the catalog, lists of layers, their modes and shards.
struct NetworkTests {
  private let images = "data: {color-shapes: {train: 24, test: 8}}\noptimizer: {sgd: {lr: 0.01}}\nbatch: 10\n"

  /// Small versions of every model that takes images; the others are in `TrainTests`.
  private static let small = [
    "mlp: {hidden: [4]}", "simple-network: {no-act: true}", "cnn", "mnist-cnn", "resnet: {depth: 8, channels: 2}",
    "resnet: {depth: 8, channels: 2, stride: 2, skips: false}",
    "vit: {patch: 8, units: 8, depth: 1, heads: 2, dropout: 0.1}",
    "transformer: {units: 8, depth: 1, heads: 2, hidden: 8}", "deep-linear",
    "residual-mlp: {blocks: 1, multiplier: true}", "residual-mlp: {blocks: 1, normalize: false}",
  ]

  @Test("Every model of the catalog takes images", arguments: modelCatalog.catalog.names.filter { $0 != "layers" })
  func prepared(_ name: String) throws { _ = try prepare(trainKind, images + "model: \(name)\n") }

  @Test("Small models train an epoch, with finite losses, and again with the same bits", arguments: small)
  func trained(_ model: String) throws {
    let spec = images + "model: {\(model.contains(":") ? model : "\(model): {}")}\n"
    let (first, again) = (try run(trainKind, spec), try run(trainKind, spec))
    #expect(first.tables[0]["train-loss"]!.number(0)!.isFinite)
    #expect(first.tables[0]["test-loss"]!.number(0)!.isFinite)
    #expect(first.tables[0]["steps"]!.number(0) == 3)
    #expect(first.checkpoints == again.checkpoints)
  }

  private let list = """
    model:
      layers:
        - conv: {channels: 4, padding: same}
        - batch-norm
        - relu
        - max-pool: 4
        - residual: {layers: [{conv: {channels: 4, padding: same}}, tanh], multiplier: true}
        - flatten
        - linear: {units: 6, spectral-norm: true}
        - dropout: 0.2
        - linear: {units: classes}

    """

  @Test("A list of layers makes a network, and a checkpoint brings its buffers along")
  func lists() throws {
    let spec = images + list
    let first = try run(trainKind, spec)
    let checkpoint = try #require(first.checkpoints.last)
    // Mean and variance of four channels, the singular vectors of a 6×(8·8·4) matrix.
    guard case .floats(let buffers)? = checkpoint.arrays["buffers"] else {
      Issue.record("no buffers")
      return
    }
    #expect(buffers.count == 4 + 4 + 6 + 256)
    #expect(buffers.prefix(4).contains { $0 != 0 })
    let next = try prepare(trainKind, spec + "from: base@end\n")
    let outcome = try next.run(inputs: ["from": [Input(tables: [], checkpoint: checkpoint)]], doors: Doors())
    #expect(outcome.tables[0]["start-loss"]!.number(0) == first.tables[0]["test-loss"]!.number(0))
  }

  private func diagnostics(_ marked: String) throws -> (source: MarkedText, found: [Diagnostic]) {
    let source = MarkedText(images + marked, file: "test")
    var found: [Diagnostic] = []
    let spec = try Spec.parse(source.text, at: source.start)
    if let options = spec.read(trainKind.entry.options, owner: "train", into: &found) {
      _ = trainKind.prepare(options, Surroundings(seed: 1, dataFolders: [], folder: "/"), &found)
    }
    return (source, found)
  }

  @Test(
    "What does not fit is said at its layer, with both shapes",
    arguments: [
      ("model: {layers: [1️⃣{linear: {units: classes}}]}", "a 32×32 image with 3 channels"),
      ("model: {layers: [flatten, 1️⃣{conv: {channels: 3}}]}", "3072 numbers"),
      ("model: {layers: [1️⃣{conv: {channels: 3, size: 40}}]}", "40×40 window of a convolution does not fit"),
      ("model: {layers: [1️⃣{conv: {channels: 3, size: 2, padding: same}}]}", "odd size"),
      ("model: {layers: [1️⃣{conv: {channels: 4, groups: 2}}]}", "2 groups do not divide 3 channels"),
      ("model: {layers: 1️⃣[flatten, {linear: 7}]}", "gives 7 numbers, but the data ask for"),
      (
        "model: {layers: [flatten, {linear: 6}, {residual: {layers: [1️⃣{conv: {channels: 2}}]}}]}", "6 numbers"
      ),
      (
        "model: {layers: [flatten, {linear: 6}, 1️⃣{residual: {layers: [{linear: 5}]}}]}",
        "5 numbers cannot be added to 6 numbers"
      ),
      (
        "model: {layers: [flatten, {linear: 6}, {residual: {layers: [{linear: 4}, {residual: {layers: [1️⃣{conv: {channels: 2}}]}}, {linear: 6}]}}]}",
        "4 numbers"
      ),
      (
        "model: {layers: [flatten, {linear: 6}, {residual: {layers: [{residual: {layers: [1️⃣linnear]}}]}}]}",
        "there is no layer ‘linnear’"
      ),
      ("model: {layers: [{patches: {size: 8, units: 6}}, 1️⃣attention]}", "4 heads do not divide"),
      ("model: {layers: [1️⃣{max-pool: {size: 2, padding: 2}}]}", "nothing but padding"),
      ("model: {resnet: {depth: 1️⃣18}}", "14 or 20, not 18") as (String, String),
      ("model: 1️⃣{vit: {patch: 5}}", "patches of 5×5 do not tile"),
      ("model: {mlp: {hidden: [4]}}\nshards: 1️⃣11", "a batch of 10 cannot be split into 11 shards"),
      ("model: cnn\nshards: 1️⃣2", "looks at a whole batch"),
      ("model: {layers: [1️⃣linnear]}", "there is no layer ‘linnear’"),
    ])
  func mistakes(_ marked: String, _ message: String) throws {
    let (source, found) = try diagnostics(marked)
    #expect(found.count == 1)
    #expect(found.first?.message.contains(message) == true, "\(found.map(\.message))")
    #expect(found.first?.place == source["1️⃣"])
  }

  @Test("A branch may hold branches, as deep as one likes: their weights are the network's, and it learns")
  func nested() throws {
    let layers =
      "[global-average, {linear: 5}, {residual: {layers: [{linear: 4}, tanh, {residual: {layers: [{linear: 3}, tanh, "
      + "{residual: [tanh, {linear: 3}]}, {linear: 4}], multiplier: true}}, {linear: 5}]}}, {linear: classes}]"
    let outcome = try run(trainKind, images + "model: {layers: \(layers)}\nepochs: 20\n")
    let parameters = [3 * 5 + 5, 5 * 4 + 4, 4 * 3 + 3, 3 * 3 + 3, 3 * 4 + 4, 1, 4 * 5 + 5, 5 * 100 + 100].reduce(0, +)
    #expect(outcome.tables[0]["parameters"]!.number(0) == Double(parameters))
    #expect(outcome.tables[0]["train-loss"]!.number(0)! < outcome.tables[1]["train-loss"]!.number(0)!)
  }

  @Test("A network too large says its bytes before it takes any")
  func tooLarge() throws {
    let experiment = try prepare(
      trainKind, images + "model: {layers: [flatten, {linear: 1000000}, {linear: 1000000}, {linear: classes}]}\n")
    #expect(experiment.memory > 4_000_000_000_000)
  }

  @Test("Shards change the gradient by rounding only, and nothing depends on the workers")
  func shards() throws {
    let spec = images + "model: {vit: {patch: 8, units: 8, depth: 1, heads: 2, dropout: 0.1}}\nprecision: double\n"
    let threads = Doors().lending(workers: 3) { count, body in
      DispatchQueue.concurrentPerform(iterations: count) { body($0) }
    }
    let whole = try run(trainKind, spec)
    let sharded = try prepare(trainKind, spec + "shards: 3\n")
    let (serial, parallel) = (
      try sharded.run(inputs: [:], doors: Doors()), try sharded.run(inputs: [:], doors: threads)
    )
    #expect(serial.checkpoints == parallel.checkpoints)
    let (first, second) = (whole.tables[0]["test-loss"]!.number(0)!, serial.tables[0]["test-loss"]!.number(0)!)
    #expect(abs(first - second) < 1e-12)
    #expect(whole.checkpoints.last != serial.checkpoints.last)
  }
}
