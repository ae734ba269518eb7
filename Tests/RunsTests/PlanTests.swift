import Diagnostics
import Experiments
import Specs
import Tables
import Testing

@testable import Runs

private let study = "id: a\nkind: fake\nsweep: {optimizer: [adam, lion], seed: [1, 2]}\n---\n"

@Suite struct PlanTests {
  private func said(_ text: String) -> [String] { FakeBook().plan(text).diagnostics.map(\.message) }

  @Test func `Each match of a reference makes a run, with the axes carried along`() throws {
    let (plan, diagnostics) = FakeBook().plan(study + "id: b\nkind: fake\nfrom: a[optimizer=lion]@end\n")
    #expect(diagnostics.isEmpty)
    #expect(plan["b"]?.runs.map(\.name) == ["b[optimizer=lion, seed=1]", "b[optimizer=lion, seed=2]"])
    #expect(plan.announced("b")?.first?.columns.map(\.name) == ["optimizer", "seed", "loss", "seconds"])
    #expect(plan["b"]?.axes.first?.schema.entity == "optimizer")
    #expect(plan["b"]?.runs[0].upstream["from"] == [Upstream(key: plan["a"]!.runs[2].key, moment: .end)])
  }

  @Test func `References in a list make one run of all their matches`() {
    let (plan, _) = FakeBook().plan(
      study + "id: b\nkind: fake\npoints: [\"a[seed=1]\", \"a[seed=2, optimizer=adam]@start\"]\n")
    #expect(plan["b"]?.runs.count == 1)
    #expect(plan["b"]?.runs[0].upstream["points"]?.map(\.moment) == [.end, .end, .start])
  }

  @Test func `Every epoch that is kept makes a run, or in a list one run of them all in order`() {
    let study = "id: a\nkind: fake\nepochs: 11\nkeeps-epochs: true\nsweep: {seed: [1, 2]}\n---\n"
    let (plan, diagnostics) = FakeBook().plan(
      study + "id: b\nkind: fake\nfrom: a[seed=2]@epochs\n---\nid: c\nkind: fake\npoints: [\"a@epochs\"]\n")
    #expect(diagnostics.isEmpty)
    #expect(plan["b"]?.runs.map(\.name) == (0...11).map { "b[seed=2, a.epoch=\($0)]" })
    #expect(plan["b"]?.axes.last?.schema.kind == .integer)
    let points = plan["c"]!.runs[0].upstream["points"]!
    #expect(points.map(\.moment) == Array(repeating: [.start] + (1...11).map { .epoch($0) }, count: 2).flatMap(\.self))
    #expect(
      points.map { $0.origin?.labels.first?.value } == Array(repeating: "1", count: 12)
        + Array(repeating: "2", count: 12))
    #expect(said("id: a\nkind: fake\n---\nid: b\nkind: fake\nfrom: a@epochs\n") == ["experiment ‘a’ keeps no epochs"])
  }

  @Test func `A condition that says same takes the value of the run, or of another reference`() {
    let swept = "id: a\nkind: fake\nkeeps-epochs: true\nsweep: {optimizer: [adam, lion], seed: [1, 2]}\n---\n"
    let (plan, diagnostics) = FakeBook().plan(
      swept + "id: b\nkind: fake\nfrom: a[optimizer=lion]@start\n"
        + "points: [\"a[optimizer=adam, seed=same]@epochs\"]\n---\n"
        + "id: c\nkind: fake\nfrom: a[optimizer=same, seed=1]\nsweep: {optimizer: [lion, adam]}\n")
    #expect(diagnostics.isEmpty)
    #expect(plan["b"]?.runs.map(\.name) == ["b[optimizer=lion, seed=1]", "b[optimizer=lion, seed=2]"])
    let origins = plan["b"]!.runs.map { $0.upstream["points"]!.map { $0.origin!.labels.map(\.value) } }
    #expect(origins == [1, 2].map { Array(repeating: ["adam", "\($0)"], count: 3) })
    #expect(plan["c"]?.runs.map(\.name) == ["c[optimizer=lion, seed=1]", "c[optimizer=adam, seed=1]"])
    #expect(plan["c"]?.runs.map { $0.upstream["from"]![0].key } == [2, 0].map { plan["a"]!.runs[$0].key })
    #expect(
      said(swept + "id: b\nkind: fake\nfrom: a[seed=same]\n")
        == ["‘seed=same’ takes the seed of this run or of another reference beside it, but none has one"])
    #expect(said(swept + "id: b\nkind: fake\nfrom: a[lr=same]\n") == ["experiment ‘a’ does not sweep ‘lr’"])
  }

  @Test func `An axis that both sweep keeps its name downstream, and the other gets the id in front`() {
    let (plan, diagnostics) = FakeBook().plan(
      study + "id: b\nkind: fake\nfrom: a[optimizer=adam]\nsweep: {seed: [5]}\n")
    #expect(diagnostics.isEmpty)
    #expect(
      plan["b"]?.runs.map(\.name) == ["b[seed=5, optimizer=adam, a.seed=1]", "b[seed=5, optimizer=adam, a.seed=2]"])
  }

  @Test func `A reference may point forward in the book`() throws {
    let book = FakeBook()
    let (_, results, _) = try book.run("id: b\nkind: fake\nfrom: a\n---\nid: a\nkind: fake\nseed: 40\n")
    #expect(results.table("b")?["loss"]?.number(0) == 40.05 + 1 + 0.05)
  }

  @Test(
    "What a reference gets wrong is said at its place",
    arguments: [
      ("from: a[1️⃣sed=1]", "experiment ‘a’ does not sweep ‘sed’", "did you mean ‘seed’?"),
      ("from: a[1️⃣optimizer=lionn]", "experiment ‘a’ has no run with optimizer = ‘lionn’", "did you mean ‘lion’?"),
      ("from: 1️⃣a@epoch=1", "experiment ‘a’ keeps no checkpoint @epoch=1", "it keeps @start, @end"),
      ("from: 1️⃣a.epoch", "experiment ‘a’ has no table ‘epoch’", "did you mean ‘epochs’?"),
      ("from: 1️⃣A", "there is no experiment ‘A’", "did you mean ‘a’?"),
      (
        "from: a1️⃣@noon", "‘@noon’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs",
        "written like: study.table[axis=value]@epoch=3"
      ),
    ])
  func reference(_ line: String, _ message: String, _ hint: String) {
    let marked = Marked(study + "id: b\nkind: fake\n" + line + "\n")
    let (_, diagnostics) = FakeBook().plan(marked.text)
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.first?.place == marked.places["1️⃣"])
    #expect(diagnostics.first?.hints == [hint])
  }

  @Test func `A checkpoint of another model is said at the reference, for every run that it matches`() {
    let text = study + "id: b\nkind: fake\nfrom: 1️⃣a[seed=1]\nwidth: 2\n---\nid: c\nkind: fake\nfrom: a\n"
    let marked = Marked(text)
    let (plan, diagnostics) = FakeBook().plan(marked.text)
    #expect(
      diagnostics.map(\.message)
        == ["adam", "lion"].map {
          "‘a[optimizer=\($0), seed=1]’ cannot be started from: it is 1 wide, not 2"
        })
    #expect(diagnostics.allSatisfy { $0.place == marked.places["1️⃣"] })
    #expect(plan["b"] == nil && plan["c"] != nil)
  }

  @Test func `A cycle is said once and names the path`() {
    #expect(
      said(
        "id: a\nkind: fake\nfrom: c\n---\nid: b\nkind: fake\nfrom: a\n---\nid: c\nkind: fake\nfrom: b\n---\n"
          + "id: d\nkind: fake\nfrom: a\n") == ["these experiments start from each other: a → c → b → a"])
  }

  @Test func `Runs that match no combination are said`() {
    let text =
      "id: a\nkind: fake\nsweep:\n  - {optimizer: [adam], seed: [1]}\n  - {optimizer: [lion], seed: [2]}\n---\n"
    #expect(
      said(text + "id: b\nkind: fake\nfrom: a[optimizer=adam, seed=2]\n") == [
        "no run matches ‘a[optimizer=adam, seed=2]’"
      ])
  }
}
