import Diagnostics
import Experiments
import Foundation
import Specs
import Tables
import Testing

@testable import Runs

private let study = "id: a\nkind: fake\nsweep: {seed: [1, 2, 3]}\n"

@Suite struct StoreTests {
  private func temporaryStore() -> Store { Store(folder: NSTemporaryDirectory() + "store-\(UUID().uuidString)") }

  private let odd = Table(
    "runs",
    [
      Column(
        ColumnSchema("x", unit: "nats", origin: .measured, doc: "An x."),
        .numbers([0.1, -0.0, .infinity, Double(nan: 7, signaling: false)])),
      Column(ColumnSchema("n", .integer), .integers([.min, -1, 0, .max])),
      Column(
        ColumnSchema("who", .text, entity: "optimizer"), .texts(["", "a,\"b\"", "\n", "é😀"]), catalogNumbers: ["é😀": 3]),
    ])

  @Test func `Tables and checkpoints come back with every bit`() throws {
    let store = temporaryStore()
    defer { try? store.removeAll() }
    let key = Key([KeyPart("a", "b")])
    let checkpoint = Checkpoint(
      moment: .epoch(3),
      arrays: ["parameters": .floats([1, .nan, -.infinity, .leastNonzeroMagnitude]), "state": .doubles([.pi])],
      layout: ["w": [2, 2]], counters: ["epoch": 3])
    try store.prepareForWriting()
    try store.put(Outcome(tables: [odd, Table("empty", [])], checkpoints: [checkpoint]), key: key, seconds: 2)
    let tables = try #require(store.tables(key))
    #expect(tables.map(\.name) == ["runs", "empty"])
    #expect(tables[0].schema == odd.schema)
    #expect(tables[0].columns[1...] == odd.columns[1...])
    guard case .numbers(let numbers) = tables[0].columns[0].values, case .numbers(let before) = odd.columns[0].values
    else { return }
    #expect(numbers.map(\.bitPattern) == before.map(\.bitPattern))
    guard case .whole(let loan) = store.loan(key, at: .epoch(3)) else {
      Issue.record("the checkpoint is not there")
      return
    }
    let input = try #require(loan.checkpoint)
    guard case .floats(let floats)? = input.arrays["parameters"] else { return }
    #expect(floats.map(\.bitPattern) == [Float(1), .nan, -.infinity, .leastNonzeroMagnitude].map(\.bitPattern))
    #expect(
      input.arrays["state"] == .doubles([.pi]) && input.layout == ["w": [2, 2]] && input.counters == ["epoch": 3])
    #expect(store.condition(of: key, checkpoints: [.epoch(3)]) == .whole(seconds: 2))
    // A moment that the run never reached is not damage.
    guard case .unkept = store.loan(key, at: .start), case .lost = store.loan(Key(hex: "ab"), at: nil) else {
      Issue.record("what is not there is taken for something else")
      return
    }
  }

  @Test func `What is stored does not run again`() throws {
    let bench = Bench()
    let book = FakeBook(bench)
    #expect(try book.run(study).report.ran == 3)
    let again = try book.run(study).report
    #expect(again.ran == 0 && again.stored == 3 && bench.ran.count == 3)
  }

  @Test func `Adding a seed runs only the new runs`() throws {
    let bench = Bench()
    let book = FakeBook(bench)
    try book.run(study)
    try book.run(study.replacing("3]", with: "3, 4]"))
    #expect(bench.ran.sorted() == ["sgd 1", "sgd 2", "sgd 3", "sgd 4"])
  }

  @Test("A damaged result is found, said, and computed again", arguments: ["flip", "cut", "empty", "head", "swap"])
  func damage(_ how: String) throws {
    let book = FakeBook()
    let (_, before, plan) = try book.run(study)
    let table = before.table("a.epochs")
    let path = book.store.path(plan.runs[1].key)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    switch how {
    case "flip": bytes[bytes.firstRange(of: Array("epochs".utf8), from: 600)] ^= 1
    case "cut": bytes.removeLast(3)
    case "empty": bytes = []
    case "head": bytes[40] ^= 1
    default: bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: book.store.path(plan.runs[0].key))))
    }
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    let (report, after, _) = try book.run(study)
    #expect(report.ran == 1)
    #expect(report.diagnostics.map(\.message) == ["the stored result of ‘a[seed=2]’ is damaged and is computed again"])
    #expect(report.diagnostics.first?.severity == .warning)
    #expect(after.table("a.epochs") == table)
  }

  @Test func `A checkpoint that turns out damaged when it is needed is computed again`() throws {
    let book = FakeBook()
    let (_, _, plan) = try book.run("id: a\nkind: fake\n")
    let path = book.store.path(plan.runs[0].key)
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    bytes[bytes.count - 1] ^= 1
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    #expect(try book.run("id: a\nkind: fake\n").report.ran == 0)
    let (report, results, _) = try book.run("id: a\nkind: fake\n---\nid: b\nkind: fake\nfrom: a\n")
    #expect(report.ran == 2)
    #expect(results.table("b")?["loss"]?.number(0) == 1.05 + 1 + 0.05)
  }

  @Test func `Many writers and readers of one result at once see it whole or not at all`() throws {
    let store = temporaryStore()
    defer { try? store.removeAll() }
    try store.prepareForWriting()
    let keys = (0..<4).map { Key([KeyPart("n", "\($0)")]) }
    DispatchQueue.concurrentPerform(iterations: 64) { index in
      let key = keys[index % 4]
      try? store.put(Outcome(tables: [odd]), key: key, seconds: 1)
      #expect(store.condition(of: key) == .whole(seconds: 1))
    }
    #expect(Set(store.keys) == Set(keys))
    #expect(try FileManager.default.contentsOfDirectory(atPath: store.temporaries).isEmpty)
  }

  @Test func `What a killed build left half written is ignored, and removed when it is stale`() throws {
    let book = FakeBook()
    try book.run(study)
    let (dead, mine) = (book.store.temporaries + "/999999999-1", book.store.temporary())
    for path in [dead, mine] {
      try "half".write(toFile: path, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSinceNow: -100)], ofItemAtPath: path)
    }
    #expect(try book.run(study).report.ran == 0)
    book.store.tidy()
    #expect(!FileManager.default.fileExists(atPath: dead))
    #expect(FileManager.default.fileExists(atPath: mine))
  }

  @Test func `A store that cannot be written says so before anything runs`() throws {
    let bench = Bench()
    let book = FakeBook(bench)
    try FileManager.default.createDirectory(atPath: book.folder, withIntermediateDirectories: true)
    try "in the way".write(toFile: book.folder + "/.fieldbook", atomically: false, encoding: .utf8)
    #expect {
      try book.run(study)
    } throws: { error in
      (error as? Store.Failure)?.message.contains("cannot be written") == true
    }
    #expect(bench.ran.isEmpty)
  }

  @Test func `Cleaning keeps what the plan needs, or nothing`() throws {
    let book = FakeBook()
    try book.run(study)
    let (plan, _) = book.plan("id: a\nkind: fake\nsweep: {seed: [2]}\n")
    #expect(book.store.size > 0)
    #expect(try book.store.removeAll(but: plan.keys) == 2)
    #expect(Set(book.store.keys) == plan.keys)
    try book.store.removeAll()
    #expect(book.store.size == 0 && book.store.keys.isEmpty)
  }

  @Test func `Parts of an interrupted run are there for the next one and go when it is done`() throws {
    let attempts = Bench { _, _, doors in
      if let part = doors.kept(7) {
        guard part == [1, 2, 3], doors.kept(8) == nil else { throw Cancelled() }
      } else {
        doors.keep(7, [1, 2, 3])
        throw Cancelled()
      }
    }
    let book = FakeBook(attempts)
    let (plan, _) = book.plan("id: a\nkind: fake\n")
    let key = plan.runs[0].key
    #expect(try book.run("id: a\nkind: fake\n").report.ran == 0)
    #expect(book.store.kept(7, of: key) == [1, 2, 3])
    #expect(try book.run("id: a\nkind: fake\n").report.ran == 1)
    #expect(book.store.kept(7, of: key) == nil)
  }

  @Test func `A damaged part counts as none`() throws {
    let store = temporaryStore()
    defer { try? store.removeAll() }
    try store.prepareForWriting()
    let key = Key([])
    try store.keep(1, [5, 6], of: key)
    try Data("junk".utf8).write(to: URL(fileURLWithPath: "\(store.parts)/\(key.hex)/1"))
    #expect(store.kept(1, of: key) == nil)
  }
}

extension [UInt8] {
  /// Where `pattern` first stands at or after an index.
  fileprivate func firstRange(of pattern: [UInt8], from start: Int) -> Int {
    (start..<count - pattern.count).first { Array(self[$0..<$0 + pattern.count]) == pattern }!
  }
}
