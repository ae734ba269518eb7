import Diagnostics
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
