import Diagnostics
import Experiments
import Foundation
import Specs
import Synchronization
import Tables
import Tensors
import Testing

@testable import Runs

private let grid = "id: a\nkind: fake\nsweep: {optimizer: [adam, sgd, lion], seed: [1, 2, 3, 4]}\n"

@Suite struct ScheduleTests {
  @Test func `Tables do not depend on the number of workers or on who finishes first`() throws {
    let tables = try [1, 2, 7].map { workers in
      let book = FakeBook(
        Bench { values, _, _ in Thread.sleep(forTimeInterval: Double(5 - values.integer("seed")) / 500) })
      let (report, results, _) = try book.run(grid, workers: workers)
      #expect(report.ran == 12)
      return results.table("a.epochs")?.withoutMeasurements()
    }
    #expect(tables[0] == tables[1] && tables[1] == tables[2])
    #expect(tables[0]?.rowCount == 24)
  }

  @Test func `Upstream runs come first, and a run of two experiments runs once`() throws {
    let bench = Bench()
    let book = FakeBook(bench)
    let (report, results, _) = try book.run(
      "id: c\nkind: fake\nfrom: b\n---\nid: b\nkind: fake\nfrom: a\n---\nid: a\nkind: fake\n---\nid: twin\nkind: fake\n",
      workers: 4)
    #expect(report.ran == 3 && bench.ran.count == 3)
    #expect(results.table("twin") == results.table("a"))
  }

  @Test func `The parallel door gives results by index and ends, however deep it is nested`() throws {
    let sums = Mutex<[Int]>([])
    let bench = Bench { _, _, doors in
      let total = Mutex(0)
      doors.parallel.forEach(20) { i in
        doors.parallel.forEach(10) { j in
          doors.parallel.forEach(3) { k in total.withLock { $0 += i * 100 + j * 10 + k } }
        }
      }
      sums.withLock { $0.append(total.withLock { $0 }) }
    }
    try FakeBook(bench).run(grid, workers: 3)
    let expected = (0..<20).reduce(0) { sum, i in
      sum + (0..<10).reduce(0) { sum, j in sum + (0..<3).reduce(0) { $0 + i * 100 + j * 10 + $1 } }
    }
    #expect(sums.withLock { $0 } == Array(repeating: expected, count: 12))
  }

  @Test func `The clock that runs are lent goes as time does, within a twentieth, and never back`() throws {
    let seen = Mutex<[(door: Double, clock: Duration)]>([])
    let bench = Bench { _, _, doors in
      let (before, start) = (doors.now(), ContinuousClock.now)
      Thread.sleep(forTimeInterval: 0.3)
      let span = (doors.now() - before, ContinuousClock.now - start)
      seen.withLock { $0.append(span) }
      var last = doors.now()
      for _ in 0..<1000 {
        let now = doors.now()
        #expect(now >= last)
        last = now
      }
    }
    try FakeBook(bench).run("id: a\nkind: fake\n")
    let span = try #require(seen.withLock { $0 }.first)
    #expect(span.door >= 0.3 * 0.99)
    // A busy machine sleeps longer, by both clocks.
    #expect(abs(span.door / (span.clock / .seconds(1)) - 1) < 0.05)
  }

  @Test func `Idle workers help a lone run`() throws {
    let threads = Mutex<Set<UInt>>([])
    let bench = Bench { _, _, doors in
      doors.parallel.forEach(30) { _ in
        Thread.sleep(forTimeInterval: 0.01)
        threads.withLock { _ = $0.insert(UInt(pthread_self())) }
      }
    }
    try FakeBook(bench).run("id: a\nkind: fake\n", workers: 3)
    #expect(threads.withLock { $0.count } == 3)
  }

  @Test func `A run that takes too long is stopped and said at its timeout; the others go on`() throws {
    let marked = Marked(
      "id: slow\nkind: fake\ntimeout: 1️⃣0.05s\nnote: slow\n---\nid: b\nkind: fake\nfrom: slow\n---\nid: c\nkind: fake\n")
    let bench = Bench { values, _, doors in
      while values.text("note") == "slow" {
        if doors.isCancelled() { throw Cancelled() }
        Thread.sleep(forTimeInterval: 0.005)
      }
    }
    let book = FakeBook(bench)
    let (report, results, plan) = try book.run(marked.text)
    #expect(report.diagnostics.map(\.message) == ["‘slow’ took longer than 0.1 s and was stopped"])
    #expect(report.diagnostics.first?.place == marked.places["1️⃣"])
    #expect(report.ran == 1 && results.missing("c") == 0 && results.missing("slow") == 1 && results.missing("b") == 1)
    #expect(!book.store.holds(plan["slow"]!.runs[0].key))
  }

  @Test func `Ctrl-C stops what runs and keeps what finished`() throws {
    let wasAsked = Mutex(false)
    let bench = Bench { values, _, doors in
      guard values.integer("seed") > 2 else { return }
      wasAsked.withLock { $0 = true }
      while !doors.isCancelled() { Thread.sleep(forTimeInterval: 0.001) }
      throw Cancelled()
    }
    let book = FakeBook(bench)
    let (plan, _) = book.plan("id: a\nkind: fake\nsweep: {seed: [1, 2, 3, 4]}\n")
    let report = try plan.carryOut(
      store: book.store, workers: 1, display: NoDisplay(), isInterrupted: { wasAsked.withLock { $0 } })
    let results = Results(plan, store: book.store)
    #expect(report.wasInterrupted && report.ran == 2 && results.missing("a") == 2 && bench.ran.count == 3)
    #expect(report.diagnostics.isEmpty)
  }

  @Test func `A run that fails says so at its experiment and is not stored`() throws {
    struct Broken: Error {}
    let marked = Marked("id: 1️⃣a\nkind: fake\n")
    let book = FakeBook(Bench { _, _, _ in throw Broken() })
    let (report, results, _) = try book.run(marked.text)
    #expect(report.diagnostics == [Diagnostic(at: marked.places["1️⃣"], "‘a’ failed: Broken()")])
    #expect(results.missing("a") == 1)
  }

  @Test func `A run that gives up leaves nobody waiting`() throws {
    let bench = Bench { values, _, _ in if values.integer("seed") == 7 { throw Cancelled() } }
    let book = FakeBook(bench)
    let (report, _, _) = try book.run(
      "id: a\nkind: fake\nseed: 7\n---\nid: b\nkind: fake\nfrom: a\n---\nid: c\nkind: fake\n")
    #expect(report.ran == 1 && report.diagnostics.map(\.message) == ["‘a’ stopped before it was done"])
  }

  @Test func `A run that needs more memory than there is is refused before anything runs`() throws {
    let bench = Bench(memory: 3_000_000_000)
    let book = FakeBook(bench)
    let marked = Marked("id: 1️⃣a\nkind: fake\n---\nid: b\nkind: fake\nmemory: 2️⃣2GB\n")
    let (plan, _) = book.plan(marked.text)
    let report = try plan.carryOut(store: book.store, workers: 2, usableMemory: 2_500_000_000, display: NoDisplay())
    #expect(
      report.diagnostics.map(\.message) == [
        "‘a’ needs about 3.0 GB of memory, but runs may use 2.5 GB on this machine"
      ])
    #expect(bench.ran.isEmpty)
    let other = book.plan("id: b\nkind: fake\nmemory: 2GB\n").plan.refusals(store: book.store, usableMemory: .max)
    #expect(other.map(\.message) == ["‘b’ needs about 3.0 GB of memory, more than the 2.0 GB it is allowed here"])
  }

  @Test func `Runs whose memory does not fit together run one after the other`() throws {
    let running = Mutex((now: 0, most: 0))
    let bench = Bench(memory: 600) { _, _, _ in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      Thread.sleep(forTimeInterval: 0.005)
      running.withLock { $0.now -= 1 }
    }
    let book = FakeBook(bench)
    let (plan, _) = book.plan(grid)
    let report = try plan.carryOut(store: book.store, workers: 4, usableMemory: 1000, display: NoDisplay())
    #expect(report.ran == 12 && running.withLock { $0.most } == 1)
  }

  @Test func `A store that fills up ends the build with what was said, and keeps what was stored`() throws {
    let book = FakeBook()
    // A folder where the entry should go: the system refuses the rename.
    let (plan, _) = book.plan("id: a\nkind: fake\nsweep: {seed: [1, 2]}\n")
    try FileManager.default.createDirectory(
      atPath: book.store.path(plan.runs[1].key) + "/x", withIntermediateDirectories: true)
    #expect(throws: Store.Failure.self) {
      try plan.carryOut(store: book.store, workers: 1, display: NoDisplay())
    }
    #expect(book.store.holds(plan.runs[0].key))
  }

  @Test func `The longest run starts first`() throws {
    let bench = Bench { values, _, _ in Thread.sleep(forTimeInterval: values.integer("seed") == 3 ? 0.06 : 0.002) }
    let book = FakeBook(bench)
    let text = "id: a\nkind: fake\nsweep: {seed: [1, 2, 3]}\n"
    try book.run(text, workers: 1)
    try book.run(text + "epochs: 3\n", workers: 1)
    #expect(bench.ran[3] == "sgd 3")
  }

  @Test func `Only the experiments asked for run, with what they start from`() throws {
    let bench = Bench()
    let book = FakeBook(bench)
    let text = "id: a\nkind: fake\n---\nid: b\nkind: fake\nfrom: a\nseed: 2\n---\nid: c\nkind: fake\nseed: 3\n"
    #expect(try book.run(text, only: ["b"]).report.ran == 2)
    #expect(bench.ran == ["sgd 1", "sgd 2"])
  }
}
