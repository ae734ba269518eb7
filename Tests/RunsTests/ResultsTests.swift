import Foundation
import Specs
import Synchronization
import Tables
import Testing

@testable import Runs

private let grid = "id: a\nkind: fake\nsweep: {optimizer: [lion, adam], seed: [1, 2]}\n"

@Suite struct ResultsTests {
  @Test func `Tables have the axes in front and the runs in plan order`() throws {
    let book = FakeBook()
    let (_, results, plan) = try book.run(grid)
    let table = try #require(results.table("a"))
    #expect(
      table.selecting(["optimizer", "seed", "loss"]).csv() == """
        optimizer,seed,loss
        lion,1,1.25
        lion,2,2.25
        adam,1,1.0005
        adam,2,2.0005

        """)
    #expect(table.schema == plan.announced("a")?[0])
    #expect(table["optimizer"]?.catalogNumbers == ["lion": 2, "adam": 1])
  }

  @Test func `Conditions choose runs by their axes and rows by other columns`() throws {
    let book = FakeBook()
    let results = try book.run(grid).results
    #expect(
      results.table("a.epochs[seed=2, epoch=1]")?.selecting(["optimizer", "epoch"]).csv()
        == "optimizer,epoch\nlion,1\nadam,1\n")
    #expect(results.table("a[optimizer=nobody]")?.rowCount == 0)
    #expect(results.table("b") == nil)
  }

  @Test func `Measured columns can be left out`() throws {
    let book = FakeBook()
    let (_, results, plan) = try book.run(grid)
    #expect(results.table("a")?["seconds"] != nil)
    let without = Results(plan, store: results.store, measurements: false)
    #expect(without.table("a")?["seconds"] == nil && without.table("a")?["loss"] != nil)
  }

  @Test func `Standing counts what is stored and guesses how long the rest takes`() throws {
    let book = FakeBook()
    try book.run(grid)
    let (plan, _) = book.plan(grid.replacing("2]}", with: "2, 3]}") + "---\nid: b\nkind: fake\nseed: 9\n")
    let lines = Standing(plan, store: book.store).lines
    #expect(lines.map(\.stored) == [4, 0] && lines.map(\.stale) == [2, 1])
    #expect(lines[0].seconds != nil && lines[1].seconds == nil)
  }
}

@Suite struct WhyTests {
  private func reasons(_ before: String, _ after: String, _ change: (FakeBook) -> Void = { _ in }) throws -> [Reason] {
    let book = FakeBook()
    try book.run(before)
    change(book)
    return book.plan(after).plan.runs.map { $0.reason(store: book.store) }
  }
  private let plain = "id: a\nkind: fake\n"

  @Test func `A stored run is stored, whatever its title`() throws {
    #expect(try reasons(plain, plain + "title: Other\n") == [.stored])
  }

  @Test func `A changed option is named with both values`() throws {
    let reason = try reasons(plain, plain + "epochs: 3\noptimizer: {sgd: {lr: 0.5}}\n")
    guard case .changed(let changes)? = reason.first else { return #expect(Bool(false), "\(reason)") }
    #expect(changes.map(\.description) == ["option epochs: 2 → 3", "option optimizer: sgd#1{lr:0.1} → sgd#1{lr:0.5}"])
  }

  @Test func `A raised revision and another seed of the book are named`() throws {
    let reason = try reasons(plain, plain) { book in
      book.kinds = [fakeKind(revision: 2)]
      book.seed = 5
    }
    #expect(
      reason == [
        .changed([
          .init(part: "book seed", before: "1", now: "5"), .init(part: "kind", before: "fake#1", now: "fake#2"),
        ])
      ])
  }

  @Test func `A new point of a sweep is new, and a lost result is lost`() throws {
    let sweep = plain + "sweep: {seed: [1]}\n"
    #expect(try reasons(sweep, sweep.replacing("[1]", with: "[1, 2]")) == [.stored, .new])
    #expect(
      try reasons(plain, plain) { book in
        for key in book.store.keys { try? FileManager.default.removeItem(atPath: book.store.path(key)) }
      } == [.lost])
    #expect(FakeBook().plan(plain).plan.runs[0].reason(store: Store(folder: "/nowhere")) == .new)
  }
}

@Suite struct ProgressTests {
  @Test func `A log gets one line for each run`() throws {
    let lines = Mutex<[String]>([])
    let book = FakeBook()
    let (plan, _) = book.plan(grid)
    _ = try plan.carryOut(
      store: book.store, workers: 1, display: PlainDisplay { line in lines.withLock { $0.append(line) } })
    #expect(lines.withLock { $0 }.first == "ran a[optimizer=lion, seed=1] in 0.0 s (1 of 4)\n")
    #expect(lines.withLock { $0 }.count == 4)
  }

  @Test func `Bars show each run and the whole, and are redrawn in place`() {
    let output = Mutex("")
    let display = BarDisplay(width: 60) { text in output.withLock { $0 += text } }
    var state = ProgressState(runs: [.init(name: "a", expected: 4), .init(name: "b", expected: 4)], workers: 1)
    state.runs[0].started = 0
    state.runs[0].fraction = 0.5
    state.elapsed = 2
    display.draw(state, news: [])
    #expect(output.withLock { $0 } == "[██████████··········] a\n[█████···············] 0 of 2 runs, 6.0 s left\n")
    display.end()
    #expect(output.withLock { $0 }.hasSuffix("\u{1B}[2A\u{1B}[0J"))
  }
}
