import Experiments
import Specs
import Synchronization
import Tables
import Testing

struct TrainTests {
  private let spirals =
    "data: spirals\nmodel: {mlp: {hidden: [16], activation: tanh}}\noptimizer: {adam: {lr: 0.01}}\nbatch: 32\n"

  @Test("The same spec gives the same bits, another seed others")
  func replay() throws {
    let first = try run(trainKind, spirals + "epochs: 3\n")
    let again = try run(trainKind, spirals + "epochs: 3\n")
    let other = try run(trainKind, spirals + "epochs: 3\nseed: 2\n")
    #expect(first.checkpoints == again.checkpoints)
    #expect(first.tables.map { $0.withoutMeasurements().csv() } == again.tables.map { $0.withoutMeasurements().csv() })
    #expect(first.checkpoints != other.checkpoints)
  }

  @Test("Training learns: the loss falls, and rows and steps are as many as they should be")
  func learning() throws {
    let outcome = try run(trainKind, spirals + "epochs: 60\n")
    let (runs, epochs, steps) = (outcome.tables[0], outcome.tables[1], outcome.tables[2])
    #expect(epochs.rowCount == 60)
    #expect(steps.rowCount == 60 * 10)
    #expect(runs["steps"]!.number(0) == 600)
    #expect(epochs["train-loss"]!.number(59)! < 0.7 * epochs["train-loss"]!.number(0)!)
    #expect(runs["test-error"]!.number(0)! == 1 - runs["test-accuracy"]!.number(0)!)
    #expect(runs["state-bytes"]!.number(0)! == Double(8 * (2 * 16 + 16 + 2 * 16 + 2)))
  }

  @Test("An epoch's training loss is the mean over its batches, weighted by their sizes")
  func weighting() throws {
    let outcome = try run(
      trainKind,
      "data: {spirals: {points: 50, test: 0}}\nmodel: {mlp: {hidden: [4]}}\noptimizer: sgd\nbatch: 64\nprecision: double\n"
    )
    let steps = outcome.tables[2]
    let wanted = (64 * steps["train-loss"]!.number(0)! + 36 * steps["train-loss"]!.number(1)!) / 100
    #expect(abs(outcome.tables[1]["train-loss"]!.number(0)! - wanted) < 1e-12)
    #expect(outcome.tables[1]["test-loss"]!.number(0)!.isNaN)
  }

  @Test("A run that leaves the numbers ends there, is marked, and keeps what it has")
  func divergence() throws {
    let outcome = try run(
      trainKind, "data: blobs\nmodel: {mlp: {hidden: [8]}}\noptimizer: {sgd: {lr: 1e30}}\nepochs: 4\n")
    #expect(outcome.tables[0]["diverged"]!.number(0) == 1)
    #expect(outcome.tables[0]["test-loss"]!.number(0)!.isNaN)
    #expect(outcome.tables[1].rowCount < 4)
  }

  @Test("What a checkpoint holds is what the tables judged, also of a rule that trains elsewhere")
  func judgedPoint() throws {
    let rule = "optimizer: {schedule-free-sgd: {lr: 0.5}}\n"
    let task = "data: spirals\nmodel: {mlp: {hidden: [16]}}\nprecision: double\n"
    let trained = try run(trainKind, task + rule + "epochs: 3\n")
    let judge = try prepare(evaluateKind, task + "from: base@end\n")
    let judged = try judge.run(
      inputs: ["from": [Input(tables: [], checkpoint: trained.checkpoints.last)]], doors: Doors())
    let (wanted, found) = (trained.tables[0]["test-loss"]!.number(0)!, judged.tables[0]["test-loss"]!.number(0)!)
    #expect(abs(wanted - found) < 1e-12)
  }

  @Test("A start that comes from elsewhere and an initializer are one too many")
  func startedTwice() throws {
    let wrong = try messages(trainKind, spirals + "from: base@end\ninit: lecun\n")
    #expect(wrong == ["the parameters come from ‘from’ here: ‘init’ would change nothing"])
    #expect(try messages(trainKind, spirals + "from: base@end\n").isEmpty)
  }

  @Test("A run can start where another stood, and refuses another model's parameters")
  func from() throws {
    let base = try run(trainKind, spirals + "epochs: 2\ncheckpoints: [start, epoch=1, end]\n")
    #expect(base.checkpoints.map(\.moment) == [.start, .epoch(1), .end])
    let next = try prepare(trainKind, spirals + "epochs: 1\nfrom: base@end\n")
    let input = Input(tables: [], checkpoint: base.checkpoints.last)
    let outcome = try next.run(inputs: ["from": [input]], doors: Doors())
    #expect(outcome.tables[0]["start-loss"]!.number(0) == base.tables[0]["test-loss"]!.number(0))
    let other = try prepare(
      trainKind, "data: spirals\nmodel: {mlp: {hidden: [17]}}\noptimizer: sgd\nfrom: base@end\n")
    #expect(throws: (any Error).self) { try other.run(inputs: ["from": [input]], doors: Doors()) }
  }

  @Test("Another model's checkpoint is refused before anything runs, with what differs and both sizes")
  func misfits() throws {
    let base = try prepare(trainKind, spirals)
    func refusal(_ model: String, _ kind: Kind = trainKind) throws -> String? {
      let rest = kind.entry.name == "train" ? "optimizer: sgd\n" : ""
      return try prepare(kind, "data: spirals\nmodel: \(model)\nfrom: base@end\n" + rest).refusal(
        of: base, option: "from")
    }
    for kind in [trainKind, evaluateKind] {
      #expect(try refusal("{mlp: {hidden: [16], activation: relu}}", kind) == nil)
      #expect(
        try refusal("{mlp: {hidden: [17]}}", kind)
          == "the checkpoint is of another model, of 82 parameters where this one has 87: its linear-1.weight is 16×2, not 17×2"
      )
    }
    #expect(try refusal("{mlp: {hidden: [16, 3]}}")?.hasSuffix("its linear-2.weight is 2×16, not 3×16") == true)
    #expect(try refusal("{mlp: {hidden: [16], bias: false}}")?.hasSuffix("this one has no linear-1.bias") == true)
    #expect(
      try refusal("{layers: [{linear: 16}, batch-norm, tanh, {linear: classes}]}")?.contains("it has no batch-norm-1")
        == true)
  }

  @Test("GradInit learns from the run's own data; recipes that draw weights do not look at it")
  func examples() throws {
    func start(_ data: String, _ initializer: String) throws -> Checkpoint? {
      try run(
        trainKind,
        "data: \(data)\nmodel: {mlp: {hidden: [5]}}\noptimizer: sgd\ninit: \(initializer)\ncheckpoints: [start]\n"
      ).checkpoints.first
    }
    let few = "{grad-init: {steps: 5, samples: 20}}"
    #expect(try start("{spirals: {arms: 2}}", few) != start("{blobs: {classes: 2}}", few))
    #expect(try start("{spirals: {arms: 2}}", "kaiming-normal") == start("{blobs: {classes: 2}}", "kaiming-normal"))
  }

  @Test("Seconds are what the lent clock says, marked as measured and as depending on the machine")
  func seconds() throws {
    // A clock that goes on by a quarter of a second whenever one looks.
    let looks = Mutex(0)
    let doors = Doors(now: {
      looks.withLock {
        $0 += 1; return 100 + 0.25 * Double($0)
      }
    })
    let outcome = try prepare(trainKind, spirals + "epochs: 3\n").run(inputs: [:], doors: doors)
    for table in outcome.tables {
      guard let seconds = table["seconds"] else { continue }
      #expect(seconds.schema.origin == .measured && seconds.schema.unit == "s")
      #expect(seconds.schema.doc.contains("depends on the machine"))
    }
    let epochs = try #require(outcome.tables[1]["seconds"])
    #expect((0..<3).map { epochs.number($0) } == [0.25, 0.5, 0.75])
    #expect(outcome.tables[0]["seconds"]?.number(0) == 0.75)
  }

  @Test("What cannot be is said before anything runs")
  func mistakes() throws {
    let start = "data: spirals\nmodel: mlp\noptimizer: sgd\n"
    #expect(try messages(trainKind, start + "loss: mean-squared-error\n").count == 1)
    #expect(
      try messages(trainKind, start + "epochs: 2\ncheckpoints: [epoch=3]\n").first?.contains("no epoch 3") == true)
    #expect(try messages(trainKind, start + "checkpoints: [middle]\n").first?.contains("middle") == true)
    #expect(try messages(trainKind, start + "batch: 0\n").count == 1)
    #expect(
      try messages(trainKind, "data: {csv: {path: none.csv, target: y}}\nmodel: mlp\noptimizer: sgd\n").count == 1)
    #expect(try messages(trainKind, "data: {idx: {folder: none}}\nmodel: mlp\noptimizer: sgd\n").count == 1)
  }
}
