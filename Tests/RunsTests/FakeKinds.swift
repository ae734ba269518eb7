import Diagnostics
import Experiments
import Foundation
import Notebook
import Specs
import Synchronization
import Tables
import Tensors

@testable import Runs

/// What a fake run does, and a count of how often.
final class Bench: Sendable {
  private let log = Mutex<[String]>([])
  /// What `run` does besides counting; tests replace it.
  let body: @Sendable (Values, [String: [Input]], Doors) throws -> Void
  let memory: Int

  init(memory: Int = 1000, body: @escaping @Sendable (Values, [String: [Input]], Doors) throws -> Void = { _, _, _ in })
  {
    self.body = body
    self.memory = memory
  }

  var ran: [String] { log.withLock { $0 } }
  func note(_ text: String) { log.withLock { $0.append(text) } }
}

let fakeOptimizers = Catalog(
  "optimizer",
  [
    CatalogEntry("sgd", options: [Option("lr", .number(above: 0), .yaml("0.1"), "Step size.")], doc: "Descent."),
    CatalogEntry("adam", options: [Option("lr", .number(above: 0), .yaml("0.001"), "Step size.")], doc: "Moments."),
    CatalogEntry("lion", doc: "Signs."),
  ])

/// A kind that computes next to nothing: `loss` depends on seed, optimizer, epochs and what it starts from.
func fakeKind(_ bench: Bench = Bench(), revision: Int = 1) -> Kind {
  let options = [
    Option("seed", .integer(), .yaml("1"), "Random stream."),
    Option("epochs", .integer(1...1000), .yaml("2"), "Passes."),
    Option("optimizer", .entry(fakeOptimizers), .yaml("sgd"), "The rule."),
    Option("data", .text, .absent, "A file."),
    Option("from", .reference, .absent, "Where it starts."),
    Option("points", .list(.reference), .absent, "Where it goes."),
    Option("note", .text, .yaml("none"), "A text."),
    Option("keeps-epochs", .boolean, .yaml("false"), "A checkpoint of every epoch."),
    Option("width", .integer(1...9), .yaml("1"), "Checkpoints of another width do not fit."),
  ]
  return Kind(CatalogEntry("fake", revision: revision, options: options, doc: "A fake.")) { values, _, diagnostics in
    if values.integer("epochs") == 13 {
      diagnostics.append(Diagnostic(at: values.place("epochs"), "13 epochs bring bad luck"))
      return nil
    }
    return FakeExperiment(values: values, bench: bench)
  }
}

struct FakeExperiment: Experiment {
  let values: Values
  let bench: Bench

  var tables: [TableSchema] {
    [
      TableSchema("runs", [ColumnSchema("loss"), ColumnSchema("seconds", unit: "s", origin: .measured)]),
      TableSchema("epochs", [ColumnSchema("epoch", .integer), ColumnSchema("loss")]),
    ]
  }
  var moments: [Reference.Moment] {
    // Not in their order.
    [.start, .end]
      + (values.boolean("keeps-epochs") ? (1...values.integer("epochs")).reversed().map { .epoch($0) } : [])
  }
  var dataFiles: [String] { values["data"].map { [$0.asText] } ?? [] }
  var memory: Int { bench.memory }
  func refusal(of upstream: any Experiment, option: String) -> String? {
    guard let upstream = upstream as? FakeExperiment else { return nil }
    let (theirs, ours) = (upstream.values.integer("width"), values.integer("width"))
    return theirs == ours ? nil : "it is \(theirs) wide, not \(ours)"
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let (seed, epochs) = (values.integer("seed"), values.integer("epochs"))
    bench.note("\(values.entry("optimizer").name) \(seed)")
    try bench.body(values, inputs, doors)
    var start = 0.0
    for (_, inputs) in inputs {
      for input in inputs {
        if case .doubles(let parameters)? = input.checkpoint?.arrays["parameters"] { start += parameters[0] }
      }
    }
    let rate = values.entry("optimizer").values.all["lr"]?.asNumber ?? 0.5
    let losses = (1...epochs).map { start + Double(seed) + rate / Double($0) }
    return Outcome(
      tables: [
        Table(
          "runs",
          [
            Column(tables[0].columns[0], .numbers([losses.last!])),
            Column(tables[0].columns[1], .numbers([doors.now()])),
          ]),
        Table(
          "epochs",
          [Column(tables[1].columns[0], .integers(Array(1...epochs))), Column(tables[1].columns[1], .numbers(losses))]),
      ],
      checkpoints: [
        Checkpoint(
          moment: .start, arrays: ["parameters": .doubles([start])], layout: ["weight": [1]], counters: ["epoch": 0]),
        Checkpoint(
          moment: .end, arrays: ["parameters": .doubles([losses.last!])], layout: ["weight": [1]],
          counters: ["epoch": epochs]),
      ])
  }
}

/// Chapter text with places marked: 1️⃣ stands before the character that a message should point at.
struct Marked {
  var text = ""
  var places: [Character: Place] = [:]

  init(_ marked: String, file: String = "chapter.md") {
    var (line, column) = (1, 1)
    for character in marked {
      if "1️⃣2️⃣3️⃣4️⃣".contains(character) {
        places[character] = Place(file: file, line: line, column: column)
        continue
      }
      text.append(character)
      if character.isNewline { (line, column) = (line + 1, 1) } else { column += 1 }
    }
  }

  /// The experiments, one after each line of dashes.
  var fences: [Fence] {
    var line = 1
    return text.components(separatedBy: "---\n").map { text in
      defer { line += text.split(separator: "\n", omittingEmptySubsequences: false).count }
      return Fence(language: .experiment, text: text, place: Place(file: "chapter.md", line: line, column: 1))
    }
  }
}

/// A small book under test: its experiments, a store in a temporary folder.
final class FakeBook {
  let folder: String
  let store: Store
  var seed: UInt64 = 1
  var kinds: [Kind]

  init(_ bench: Bench = Bench()) {
    folder = NSTemporaryDirectory() + "fieldbook-runs-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    store = Store(folder: folder + "/.fieldbook")
    kinds = [fakeKind(bench)]
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func plan(_ text: String, flags: [String] = []) -> (plan: Plan, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let declarations = Declarations(Marked(text).fences, kinds: kinds, into: &diagnostics)
    let digests = DataDigests(rememberedAt: nil)
    let plan = Plan(
      declarations, surroundings: Surroundings(seed: seed, dataFolders: [], folder: folder), flags: flags,
      digest: { digests.digest(of: $0) }, into: &diagnostics)
    return (plan, diagnostics)
  }

  /// Plans, runs and gives the results of a book that has nothing wrong.
  @discardableResult
  func run(_ text: String, workers: Int = 2, only: Set<String>? = nil) throws -> (
    report: Report, results: Results, plan: Plan
  ) {
    let (plan, diagnostics) = plan(text)
    precondition(diagnostics.isEmpty, "\(diagnostics)")
    let report = try plan.carryOut(only: only, store: store, workers: workers, display: NoDisplay())
    return (report, Results(plan, store: store), plan)
  }
}

extension Results {
  /// A table by the text of a reference.
  func table(_ text: String) -> Table? {
    guard case .success(let reference) = Reference.parse(text, at: Place(file: "", line: 1, column: 1)) else {
      return nil
    }
    return table(for: reference)
  }
}
