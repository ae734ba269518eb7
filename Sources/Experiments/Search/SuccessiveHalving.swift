import Datasets
import Diagnostics
import Specs
import Tables
import Tensors

/// `successive-halving`: many candidates train for a little, the better ones for longer.
///
/// After each rung the best 1/eta of the candidates go on from where they are. One rung is random search, or grid search.
/// Jamieson & Talwalkar 2016, arXiv:1502.07943; Li et al. 2018, arXiv:1603.06560.
public let successiveHalvingKind = Kind(
  CatalogEntry(
    "successive-halving",
    options: trainOptions + Candidates.options + [
      Option(
        "rungs", .list(.integer(1...1_000_000), count: 1...100), .yaml("[1, 3, 9]"),
        "Epochs, counted from the start, after which candidates are compared; one rung is a random or a grid search."),
      Option("eta", .number(above: 1), .yaml("3"), "After each rung the best 1/eta go on."),
      Option(
        "by", .choice(["test-loss", "test-error", "train-loss"]), .yaml("test-loss"),
        "What the best have the lowest of. The winner's own value is then a little too good."),
    ],
    doc: "Searches options of `train`: candidates train side by side, and after each rung only the best go on.",
    source: "Jamieson & Talwalkar 2016, arXiv:1502.07943; Li et al. 2018, arXiv:1603.06560")
) { options, book, diagnostics in
  let rungs = options.list("rungs").map(\.asInteger)
  guard zip(rungs, rungs.dropFirst()).allSatisfy(<) else {
    diagnostics.append(Diagnostic(at: options.place("rungs"), rungsGoUp))
    return nil
  }
  let seeds = Seeds(book: book.seed, run: UInt64(options.integer("seed")))
  guard let candidates = Candidates(options, seeds: seeds, &diagnostics) else { return nil }
  var plain = options
  for name in ["candidates", "draws", "rungs", "eta", "by"] { plain.all[name] = nil }
  let place = options.place("rungs")
  plain.all["epochs"] = Resolved(.integer(rungs.last!), at: place)
  plain.all["measure"] = Resolved(.list([]), at: place)
  plain.all["monitor"] = Resolved(.list([]), at: place)
  plain.all["checkpoints"] = Resolved(.list([]), at: place)
  plain.all["from"] = Resolved(.absent, at: place)
  var plans: [Train] = []
  for choice in candidates.choices {
    var values = plain
    for (axis, text) in zip(candidates.axes, choice) {
      let written = Spec(.scalar(text, quoted: false), at: axis.place)
      guard
        let changed = values.changing(
          axis.path, at: axis.place, to: written, in: trainOptions, &diagnostics)
      else { return nil }
      values = changed
    }
    // One candidate's mistakes are enough.
    guard let plan = trainKind.prepare(values, book, &diagnostics) as? Train else { return nil }
    plans.append(plan)
  }
  guard options.text("by") == "train-loss" || plans[0].source.facts.testCount > 0 else {
    diagnostics.append(Diagnostic(at: options.place("by"), noTests))
    return nil
  }
  return SuccessiveHalving(options: options, candidates: candidates, plans: plans, rungs: rungs)
}

/// What `train` says of itself but for what the rungs decide.
private let trainOptions = trainKind.entry.options.filter {
  !["epochs", "measure", "monitor", "checkpoints", "from"].contains($0.name)
}

/// One search.
private struct SuccessiveHalving: Experiment {
  let options: Values
  let candidates: Candidates
  let plans: [Train]
  let rungs: [Int]

  private static let candidate = ColumnSchema("candidate", .integer, doc: "Its number; 1 is the first.")
  private static let results = [
    ColumnSchema("train-loss", doc: "Mean loss on the training samples as they were met in the rung's last epoch."),
    ColumnSchema("test-loss", doc: "Mean loss on the test samples."),
    ColumnSchema("train-error", doc: "Share of training samples misclassified as they were met."),
    ColumnSchema("test-error", doc: "Share of test samples misclassified."),
    ColumnSchema("diverged", .integer, doc: "1 if a loss, gradient or step stopped being finite."),
  ]
  private var runsSchema: TableSchema {
    TableSchema(
      "runs",
      [SuccessiveHalving.candidate] + candidates.columns + SuccessiveHalving.results + [
        ColumnSchema("candidates", .integer, doc: "How many were tried."),
        ColumnSchema("epochs", .integer, doc: "Epochs that all of them took together."),
      ])
  }
  private var rungsSchema: TableSchema {
    TableSchema(
      "rungs",
      [
        ColumnSchema("rung", .integer, doc: "1 is the first."),
        ColumnSchema("epoch", .integer, doc: "Epochs from the start to the end of the rung."),
        SuccessiveHalving.candidate,
      ] + candidates.columns + SuccessiveHalving.results + [
        ColumnSchema("rank", .integer, doc: "1 is the best of the rung."),
        ColumnSchema("kept", .integer, doc: "1 if it goes on, or has won."),
      ])
  }
  private var epochsSchema: TableSchema {
    TableSchema(
      "epochs",
      [ColumnSchema("epoch", .integer, doc: "1 is the first."), SuccessiveHalving.candidate] + candidates.columns
        + SuccessiveHalving.results)
  }

  var tables: [TableSchema] { [runsSchema, rungsSchema, epochsSchema] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { plans[0].dataFiles }
  /// All candidates of the first rung are in memory at once; the data is shared.
  var memory: Int {
    let data = plans[0].source.facts.bytes
    return data + plans.reduce(0) { $0 + $1.memory - $1.source.facts.bytes }
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float"
      ? try run(Float.self, doors: doors) : try run(Double.self, doors: doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, doors: Doors) throws -> Outcome {
    var alive = Array(plans.indices)
    var trainings: [Int: Training<Element>] = [:]
    for index in alive {
      let data = try plans[index].options.dataset(from: plans[index].source, plans[index].book)
      trainings[index] = Training(
        plans[index], data, start: try plans[index].startingPoint([:], data), doors)
    }
    var rungRows = TableBuilder(rungsSchema)
    var epochRows = TableBuilder(epochsSchema)
    var quiet = doors
    quiet.progress = { _ in }
    let total = Double(plannedEpochs)
    var taken = 0
    var last: [Int: [String: TableBuilder.Value]] = [:]
    var epoch = 0
    for (rung, end) in rungs.enumerated() {
      for index in alive {
        for epoch in epoch + 1...end where !trainings[index]!.hasDiverged {
          var row = try trainings[index]!.runEpoch(epoch, of: rungs.last!, quiet)
          row["diverged"] = .integer(trainings[index]!.hasDiverged ? 1 : 0)
          row = row.filter { name, _ in SuccessiveHalving.results.contains { $0.name == name } }
          row.merge(candidates.values(of: index)) { first, _ in first }
          row["candidate"] = .integer(index + 1)
          last[index] = row
          row["epoch"] = .integer(epoch)
          epochRows.append(row)
          taken += 1
          doors.progress(Double(taken) / total)
        }
      }
      epoch = end
      let order = alive.sorted { (score(last[$0]!), $0) < (score(last[$1]!), $1) }
      let kept = rung == rungs.count - 1 ? 1 : max(1, Int(Double(order.count) / options.number("eta")))
      for (rank, index) in order.enumerated() {
        var row = last[index]!
        row["rung"] = .integer(rung + 1)
        row["epoch"] = .integer(end)
        row["rank"] = .integer(rank + 1)
        row["kept"] = .integer(rank < kept ? 1 : 0)
        rungRows.append(row)
        if rank >= kept { trainings[index] = nil }
      }
      alive = Array(order.prefix(kept))
    }
    var winner = last[alive[0]]!
    winner["candidates"] = .integer(plans.count)
    winner["epochs"] = .integer(taken)
    var runs = TableBuilder(runsSchema)
    runs.append(winner)
    return Outcome(tables: [runs.table(), rungRows.table(), epochRows.table()])
  }

  /// What candidates are ranked by; what is not a number comes last.
  private func score(_ row: [String: TableBuilder.Value]) -> Double {
    guard case .number(let value)? = row[options.text("by")], !value.isNaN else { return .infinity }
    return value
  }

  /// Epochs of all candidates if none diverges.
  private var plannedEpochs: Int {
    var count = plans.count
    var total = 0
    var epoch = 0
    for end in rungs {
      total += count * (end - epoch)
      epoch = end
      count = max(1, Int(Double(count) / options.number("eta")))
    }
    return total
  }
}

private let rungsGoUp = "rungs count epochs from the start, so each must be above the last"
private let noTests = "there are no test samples to compare candidates on; by: train-loss"
