import Autodiff
import Datasets
import Glibc
import Networks
import Optimizers
import Tensors

/// `fieldbook-bench CASE`: one measured case, one JSON line. `scripts/bench` runs it beside PyTorch.
@main
enum Benchmarks {
  static func main() throws {
    pinLinearAlgebraToOneThread()
    switch CommandLine.arguments.dropFirst().first {
    case "mlp-b256-sgdm": try epoch(batch: 256, SGD(learningRate: 0.01, momentum: 0.9))
    case "mlp-b256-adam": try epoch(batch: 256, Adam())
    case "mlp-b32-sgdm": try epoch(batch: 32, SGD(learningRate: 0.01, momentum: 0.9))
    case "mlp-b32-adam": try epoch(batch: 32, Adam())
    case "tanh-241": fullBatch(SGD(learningRate: 0.1))
    case "tanh-241-adam": fullBatch(Adam())
    default: print("cases: mlp-b256-sgdm mlp-b256-adam mlp-b32-sgdm mlp-b32-adam tanh-241 tanh-241-adam")
    }
  }

  /// Seconds of one epoch of 784-256-128-64-10 with ReLU on FashionMNIST, the median of five after one to warm up.
  private static func epoch(batch: Int, _ rule: any Rule) throws {
    let data = try ImageFolder(named: "fashion-mnist", in: []).load().train
    let model = Model.perceptron(inputs: 784, hidden: [256, 128, 64], outputs: 10, activation: .relu)
    let objective = TracedObjective<Float>(model.training(with: .crossEntropy))
    let optimizer = rule.makeOptimizer(for: model.layout, precision: Float.self)
    let start = Initializer.pytorch.parameters(for: .init(model: model, bookSeed: 0, seed: 1))
    var point = Vector(start.map { Float($0) })
    var state = optimizer.start(at: point)
    var loss = 0.0
    func run(_ epoch: Int) {
      loss = 0
      for indices in Batches(count: data.count, size: batch, book: 0, run: 1, epoch: epoch) {
        objective.refill(counts: [indices.count * 784, indices.count], samples: indices.count) { slots in
          data.copyInputs(indices, into: &slots[0])
          data.copyTargets(indices, into: &slots[1])
        }
        let report = optimizer.step(&point, &state, on: objective, rateFactor: 1)
        loss += report.loss * Double(indices.count) / Double(data.count)
      }
    }
    run(0)
    report(seconds: (1...5).map { epoch in time { run(epoch) } }, units: 1, check: loss)
  }

  /// Microseconds of one full-batch step of a 2-4-1 tanh network on 1,000 samples.
  private static func fullBatch(_ rule: any Rule) {
    let model = Model.perceptron(inputs: 2, hidden: [4], outputs: 1, activation: .tanh)
    let objective = TracedObjective<Float>(model.training(with: .meanSquaredError))
    let optimizer = rule.makeOptimizer(for: model.layout, precision: Float.self)
    var stream = Stream(book: 0, run: 0, purpose: .data("benchmark"))
    let inputs = stream.normals(2000)
    let targets = (0..<1000).map { inputs[2 * $0] * inputs[2 * $0 + 1] }
    objective.set([Vector(inputs.map { Float($0) }), Vector(targets.map { Float($0) })], samples: 1000)
    var point = Vector(Initializer.pytorch.parameters(for: .init(model: model, bookSeed: 0, seed: 1)).map { Float($0) })
    var state = optimizer.start(at: point)
    var loss = 0.0
    func run(_ steps: Int) {
      for _ in 0..<steps { loss = optimizer.step(&point, &state, on: objective, rateFactor: 1).loss }
    }
    run(2000)
    report(seconds: (1...7).map { _ in time { run(2000) } }, units: 2000, check: loss)
  }

  private static func time(_ body: () -> Void) -> Double {
    let start = processorSeconds()
    body()
    return processorSeconds() - start
  }

  /// What this process has used of the processor: one thread's time, which neighbours on the machine stretch little.
  private static func processorSeconds() -> Double {
    var now = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now)
    return Double(now.tv_sec) + Double(now.tv_nsec) * 1e-9
  }

  private static func report(seconds: [Double], units: Int, check: Double) {
    let median = seconds.sorted()[seconds.count / 2]
    print(
      "{\"seconds\": \(median), \"least\": \(seconds.min()! / Double(units) * 1e6), \"us_per_unit\": \(median / Double(units) * 1e6), \"loss\": \(check)}"
    )
  }
}
