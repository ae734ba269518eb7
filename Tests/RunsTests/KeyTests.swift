import Experiments
import Foundation
import Specs
import Testing

@testable import Runs

@Suite struct KeyTests {
  private func keys(_ text: String, _ change: (FakeBook) -> Void = { _ in }, flags: [String] = []) -> [Key] {
    let book = FakeBook()
    change(book)
    let (plan, diagnostics) = book.plan(text, flags: flags)
    #expect(diagnostics.isEmpty)
    return plan.runs.map(\.key)
  }

  private let plain = "id: a\nkind: fake\noptimizer: {sgd: {lr: 0.1}}\n"

  @Test(
    "What does not change a number does not change a key",
    arguments: [
      "id: another\nkind: fake\n", "kind: fake\nid: a\ntitle: A title\n",
      "id: a\nkind: fake\ntimeout: 3s\nmemory: 1GB\n",
      "id: a\nkind: fake\nshow: [{id: fig-x}]\n", "# A comment\nid: a\nkind: fake\nepochs: 2\nseed: 1\n",
      "id: a\nkind: fake\noptimizer: sgd\n", "id: a\nkind: fake\nsweep: {optimizer: [{label: x, sgd: {lr: 0.10}}]}\n",
      "id: a\nkind: fake\nsweep: {seed: [1]}\n",
    ])
  func same(_ text: String) { #expect(keys(text) == keys(plain)) }

  @Test(
    "What may change a number changes the key",
    arguments: [
      "id: a\nkind: fake\nepochs: 3\n", "id: a\nkind: fake\nseed: 2\n", "id: a\nkind: fake\noptimizer: adam\n",
      "id: a\nkind: fake\noptimizer: {sgd: {lr: 0.2}}\n",
    ])
  func different(_ text: String) { #expect(keys(text) != keys(plain)) }

  @Test func `Revision, book seed and flags are in the key`() {
    #expect(keys(plain) { $0.kinds = [fakeKind(revision: 2)] } != keys(plain))
    #expect(keys(plain) { $0.seed = 2 } != keys(plain))
    #expect(keys(plain, flags: ["native"]) != keys(plain))
  }

  @Test func `The bytes of a data file are in the key, its folder is not`() throws {
    func key(_ bytes: String) throws -> [Key] {
      let folder = NSTemporaryDirectory() + UUID().uuidString
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try bytes.write(toFile: folder + "/points.csv", atomically: true, encoding: .utf8)
      let kind = fakeKind()
      let parts = keyParts(
        kind: kind.entry, values: .init(),
        data: [("points.csv", DataDigests(rememberedAt: nil).digest(of: folder + "/points.csv")!)],
        seed: 1, flags: [])
      return [Key(parts)]
    }
    #expect(try key("x\n1\n") == key("x\n1\n"))
    #expect(try key("x\n1\n") != key("x\n2\n"))
  }

  @Test func `A change upstream changes every key downstream`() {
    let downstream = "---\nid: b\nkind: fake\nfrom: a\n---\nid: c\nkind: fake\nfrom: b@start\n"
    let before = keys(plain + downstream)
    let after = keys(plain + "epochs: 3\n" + downstream)
    #expect(zip(before, after).allSatisfy { $0 != $1 })
    #expect(keys(plain + downstream.replacing("from: a", with: "from: a@start"))[1] != before[1])
    #expect(keys(plain + downstream.replacing("from: a", with: "from: a@end"))[1] == before[1])
  }

  @Test func `Order of the book is not in the key`() {
    let (a, b) = ("id: a\nkind: fake\nseed: 3\n", "id: b\nkind: fake\nfrom: a\n")
    #expect(keys(a + "---\n" + b) == keys(b + "---\n" + a).reversed())
  }

  @Test func `A key is the SHA-256 of its parts`() {
    #expect(sha256(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(Key([KeyPart("a", "bc")]) != Key([KeyPart("ab", "c")]))
  }

  @Test func `Digests of data files are remembered until the file changes`() throws {
    let folder = NSTemporaryDirectory() + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let (file, memory) = (folder + "/data", folder + "/digests.json")
    try "one".write(toFile: file, atomically: true, encoding: .utf8)
    let past = Date(timeIntervalSinceNow: -60)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
    let first = DataDigests(rememberedAt: memory)
    let digest = first.digest(of: file)
    first.save()
    // Same size and time: the remembered digest is believed.
    try "two".write(toFile: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: file)
    #expect(DataDigests(rememberedAt: memory).digest(of: file) == digest)
    try "three".write(toFile: file, atomically: true, encoding: .utf8)
    #expect(DataDigests(rememberedAt: memory).digest(of: file) != digest)
  }
}
