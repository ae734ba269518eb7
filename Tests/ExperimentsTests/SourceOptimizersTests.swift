import Experiments
import Tables
import Testing

struct SourceOptimizersTests {
  @Test(
    "The optimizers of the sources' cell learn: on ten classes the loss ends below that of guessing",
    arguments: ["adam: {lr: 0.001}", "adagrad: {lr: 0.01}", "lion: {lr: 0.0001}", "sgd: {lr: 0.01, momentum: 0.9}"])
  func learning(_ optimizer: String) throws {
    let runs = try run(
      trainKind,
      "data: {blobs: {classes: 10}}\nmodel: {mlp: {hidden: [32]}}\noptimizer: {\(optimizer)}\nepochs: 12\nbatch: 16\n"
    ).tables[0]
    #expect(runs["train-loss"]!.number(0)! < 2.302_585)
    #expect(runs["diverged"]!.number(0) == 0)
  }
}
