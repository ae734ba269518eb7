import Diagnostics
import Experiments
import Specs
import Tables
import Testing

@testable import Runs

@Suite struct SweepTests {
  private func names(_ sweep: String) -> [String] {
    let (plan, diagnostics) = FakeBook().plan("id: a\nkind: fake\nsweep:\n\(sweep)\n")
    #expect(diagnostics.isEmpty)
    return plan.runs.map(\.name)
  }

  @Test func `A sweep is the product of its axes, the first changing slowest`() {
    #expect(
      names("  optimizer: [adam, lion]\n  seed: [1, 2]") == [
        "a[optimizer=adam, seed=1]", "a[optimizer=adam, seed=2]",
        "a[optimizer=lion, seed=1]", "a[optimizer=lion, seed=2]",
      ])
  }

  @Test func `A sweep of more runs than anyone waits for is refused before it is spelled out`() {
    let seeds = (1...3000).map(String.init).joined(separator: ", ")
    let (_, diagnostics) = FakeBook().plan(
      "id: a\nkind: fake\nsweep:\n  seed: [\(seeds)]\n  optimizer: [adam, lion, sgd, a, b]\n")
    #expect(diagnostics.contains { $0.message.contains("15000 runs; at most 10000") })
  }

  @Test func `A list is a union of products, and what two share is there once`() {
    #expect(
      names("  - {optimizer: [adam], seed: [1, 2]}\n  - {optimizer: [adam, lion], seed: [2]}") == [
        "a[optimizer=adam, seed=1]", "a[optimizer=adam, seed=2]", "a[optimizer=lion, seed=2]",
      ])
  }

  @Test func `Where a product leaves an axis out, its label is the value that the option has there`() {
    #expect(
      names("  - {seed: [7]}\n  - {optimizer.sgd.lr: [0.5]}\n  - {optimizer: [adam]}") == [
        "a[seed=7, optimizer.sgd.lr=0.1, optimizer=sgd]", "a[seed=1, optimizer.sgd.lr=0.5, optimizer=sgd]",
        "a[seed=1, optimizer=adam]",
      ])
  }

  @Test func `An axis that is called like a column of results gets a name apart`() throws {
    let book = FakeBook()
    let plain = fakeKind()
    var entry = plain.entry
    entry.options.append(Option("loss", .number(), .absent, "A wish."))
    book.kinds = [Kind(entry) { values, book, diagnostics in plain.prepare(values, book, &diagnostics) }]
    let text = "id: a\nkind: fake\nsweep: {loss: [3, 4]}\n---\nid: b\nkind: fake\nfrom: a[loss-option=4]\n"
    let (_, results, plan) = try book.run(text)
    #expect(plan.runs.map(\.name) == ["a[loss-option=3]", "a[loss-option=4]", "b[loss-option=4]"])
    #expect(plan.announced("a")?.first?.columns.map(\.name) == ["loss-option", "loss", "seconds"])
    let table = try #require(results.table("a"))
    #expect((0..<2).map { table["loss-option"]?.number($0) } == [3, 4])
    #expect((0..<2).map { table["loss"]?.number($0) } == [1.05, 1.05])
    // The column of results is no axis: a reference to a run says so.
    let (_, said) = book.plan("id: a\nkind: fake\nsweep: {loss: [3, 4]}\n---\nid: b\nkind: fake\nfrom: a[loss=4]\n")
    #expect(said.map(\.message) == ["experiment ‘a’ does not sweep ‘loss’"])
    #expect(said.first?.hints == ["did you mean ‘loss-option’?"])
    // A wider sweep has new runs, not changed ones.
    let wider = book.plan("id: a\nkind: fake\nsweep: {loss: [3, 4, 5]}\n").plan
    #expect(wider.runs.map { $0.reason(store: book.store) } == [.stored, .stored, .new])
  }

  @Test func `An axis that is carried along is told from a column of results too`() throws {
    let book = FakeBook()
    let plain = fakeKind()
    var entry = plain.entry
    entry.options.append(Option("loss", .number(), .absent, "A wish."))
    entry.name = "wishing"
    book.kinds.append(
      Kind(entry) { values, book, diagnostics in
        (plain.prepare(values, book, &diagnostics) as? FakeExperiment).map { Wishing(plain: $0) }
      })
    let (plan, diagnostics) = book.plan(
      "id: a\nkind: wishing\nsweep: {loss: [3, 4]}\n---\nid: b\nkind: fake\nfrom: a.runs\n")
    #expect(diagnostics.isEmpty)
    #expect(plan.announced("a")?.first?.columns.map(\.name) == ["loss", "gain"])
    #expect(plan.announced("b")?.first?.columns.map(\.name) == ["a.loss", "loss", "seconds"])
  }

  @Test func `No sweep is one run`() { #expect(FakeBook().plan("id: a\nkind: fake\n").plan.runs.map(\.name) == ["a"]) }

  @Test func `Columns of axes are integers, numbers or texts by their labels`() throws {
    let (plan, _) = FakeBook().plan(
      "id: a\nkind: fake\nsweep: {seed: [1, 2], optimizer.sgd.lr: [0.5, 1], note: [x, 1]}\n")
    let columns = try #require(plan.announced("a")?.first).columns
    #expect(columns.map(\.name) == ["seed", "optimizer.sgd.lr", "note", "loss", "seconds"])
    #expect(columns.map(\.kind) == [.integer, .number, .text, .number, .number])
  }

  @Test func `Values from a catalog carry its noun and their numbers there`() throws {
    let sweep = "sweep: {optimizer: [lion, {label: fast, sgd: {lr: 1}}, {label: slow, sgd: {lr: 0.01}}, adam]}"
    let (plan, diagnostics) = FakeBook().plan("id: a\nkind: fake\n\(sweep)\n")
    #expect(diagnostics.isEmpty)
    let axis = try #require(plan["a"]?.axes.first)
    #expect(axis.schema.entity == "optimizer")
    #expect(axis.catalogNumbers == ["lion": 2, "fast": 0, "adam": 1, "slow": 3])
  }

  @Test func `A mistake that every point repeats is said once`() {
    let (_, diagnostics) = FakeBook().plan("id: a\nkind: fake\nepochs: no\nsweep: {seed: [1, 2, 3]}\n")
    #expect(diagnostics.count == 1)
  }
}

/// A kind whose results have no column `loss`.
private struct Wishing: Experiment {
  let plain: FakeExperiment
  var tables: [TableSchema] { [TableSchema("runs", [ColumnSchema("gain")])] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { plain.memory }
  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome { try plain.run(inputs: inputs, doors: doors) }
}
