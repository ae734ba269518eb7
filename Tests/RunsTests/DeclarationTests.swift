import Diagnostics
import Specs
import Testing

@testable import Runs

/// Each of these is one mistake, pointed at by 1️⃣, and what is said about it.
private let mistakes: [(text: String, message: String, hint: String?)] = [
  ("1️⃣- a\n- b\n", "an experiment is a map with ‘id’, ‘kind’ and the options of that kind", nil),
  ("1️⃣kind: fake\n", "this experiment has no ‘id’", nil),
  ("id: 1️⃣my study\nkind: fake\n", "‘my study’ is not an id: use letters, digits and dashes", nil),
  ("1️⃣id: a\n", "experiment ‘a’ has no ‘kind’", "kinds: fake"),
  ("id: a\nkind: 1️⃣fkae\n", "there is no kind ‘fkae’", "did you mean ‘fake’?"),
  ("id: a\nkind: fake\n1️⃣epoch: 3\n", "kind ‘fake’ has no option ‘epoch’", "did you mean ‘epochs’?"),
  ("id: a\nkind: fake\nepochs: 1️⃣many\n", "expected a whole number, found ‘many’", nil),
  ("id: a\nkind: fake\noptimizer: 1️⃣adan\n", "there is no optimizer ‘adan’", "did you mean ‘adam’?"),
  ("id: a\nkind: fake\nepochs: 1️⃣13\n", "13 epochs bring bad luck", nil),
  ("id: a\nkind: fake\ntimeout: 1️⃣soon\n", "‘soon’ is not a span of time: write 30s, 5m or 2h", nil),
  ("id: a\nkind: fake\nmemory: 1️⃣2 elephants\n", "‘2 elephants’ is not an amount of memory: write 500MB or 2GB", nil),
  (
    "id: a\nkind: fake\nsweep: 1️⃣seed\n", "a sweep is a map from options to lists of values, or a list of such maps", nil
  ),
  ("id: a\nkind: fake\nsweep: {1️⃣sed: [1, 2]}\n", "kind ‘fake’ has no option ‘sed’", "did you mean ‘seed’?"),
  ("id: a\nkind: fake\nsweep: {optimizer.1️⃣sdg.lr: [1, 2]}\n", "‘optimizer’ has no option ‘sdg’", "did you mean ‘sgd’?"),
  (
    "id: a\nkind: fake\nsweep: {optimizer.sgd.1️⃣rl: [1, 2]}\n", "‘optimizer.sgd’ has no option ‘rl’",
    "did you mean ‘lr’?"
  ),
  ("id: a\nkind: fake\nsweep: {seed.1️⃣x: [1, 2]}\n", "‘seed’ has no options, so no ‘x’", nil),
  ("id: a\nkind: fake\nsweep: {seed: 1️⃣3}\n", "a sweep over ‘seed’ needs a list of values", nil),
  ("id: a\nkind: fake\nsweep: {seed: 1️⃣[]}\n", "a sweep over ‘seed’ needs a list of values", nil),
  ("id: a\nkind: fake\nsweep: {seed: [1, 2, 1️⃣two]}\n", "expected a whole number, found ‘two’", nil),
  (
    "id: a\nkind: fake\nsweep: {optimizer: [{sgd: {lr: 1}}, 1️⃣{sgd: {lr: 2}}]}\n",
    "two values of ‘optimizer’ are called ‘sgd’, and tables could not tell them apart",
    "give one of them another ‘label:’"
  ),
  (
    "id: a\nkind: fake\nsweep: {optimizer.sgd.lr: [0.1, 1️⃣0.10]}\n",
    "two values of ‘optimizer.sgd.lr’ are called ‘0.10’, and tables could not tell them apart",
    "give one of them another ‘label:’"
  ),
  (
    "id: a\nkind: fake\nsweep: {note: [x, 1️⃣'two \"x\"']}\n",
    "no reference could name ‘two \"x\"’: values are put in double quotes there", "give it a ‘label:’ without them"
  ),
  ("id: a\nkind: fake\nfrom: 1️⃣b\n", "there is no experiment ‘b’", "did you mean ‘a’?"),
  ("id: a\nkind: fake\nfrom: 1️⃣a\n", "experiment ‘a’ starts from itself", nil),
  ("id: a\nkind: fake\ndata: /no/such/file\n", "the data file ‘/no/such/file’ cannot be read", nil),
]

@Suite struct DeclarationTests {
  @Test("A mistake is said once, at its place, with what would be right", arguments: mistakes.indices)
  func mistake(_ index: Int) {
    let (text, message, hint) = mistakes[index]
    let marked = Marked(text)
    let (_, diagnostics) = FakeBook().plan(marked.text)
    #expect(diagnostics.map(\.message) == [message])
    if let place = marked.places["1️⃣"] { #expect(diagnostics.first?.place == place) }
    if let hint { #expect(diagnostics.first?.hints == [hint]) }
  }

  @Test func `Of two experiments of one id both places are named`() {
    let marked = Marked("id: 1️⃣a\nkind: fake\n---\nid: 2️⃣a\nkind: fake\n")
    let (plan, diagnostics) = FakeBook().plan(marked.text)
    #expect(diagnostics.map(\.message) == ["there is already an experiment ‘a’"])
    #expect(diagnostics.first?.place == marked.places["2️⃣"])
    #expect(diagnostics.first?.hints == ["the other one stands at chapter.md:1:5"])
    #expect(plan.experiments.count == 1)
  }

  @Test func `All mistakes of a book are found in one go`() {
    let text = """
      id: a
      kind: fake
      epochs: none
      from: nothing
      ---
      id: b
      kind: fake
      optimizr: adam
      sweep: {sed: [1]}
      ---
      id: c
      kind: fake
      from: b@epoch=7
      """
    let (plan, diagnostics) = FakeBook().plan(text)
    #expect(
      Set(diagnostics.map(\.message)) == [
        "expected a whole number, found ‘none’", "there is no experiment ‘nothing’",
        "kind ‘fake’ has no option ‘optimizr’", "kind ‘fake’ has no option ‘sed’",
      ])
    #expect(plan.broken == ["a", "b", "c"])
    #expect(plan.experiments.isEmpty)
  }

  @Test func `Views, limits and shared keys are kept apart from the options`() throws {
    var diagnostics: [Diagnostic] = []
    let text = """
      id: a
      kind: fake
      title: A study
      timeout: 5m
      memory: 1.5GB
      epochs: 3
      show:
        - {id: fig-a, mark: line}
        - {id: fig-b, mark: dot}
      """
    let declarations = Declarations(Marked(text).fences, kinds: [fakeKind()], into: &diagnostics)
    let declaration = try #require(declarations.all.first)
    #expect(diagnostics.isEmpty)
    #expect(declaration.base.entries.map(\.key) == ["epochs"])
    #expect(declaration.views.map { $0["id"]?.text } == ["fig-a", "fig-b"])
    #expect(declaration.timeout?.amount == 300)
    #expect(declaration.memory?.amount == 1.5e9)
  }

  @Test func `Amounts are said in words`() {
    #expect(inWords(seconds: 2.14) == "2.1 s")
    #expect(inWords(seconds: 125) == "2 min 5 s")
    #expect(inWords(seconds: 3780) == "1 h 3 min")
    #expect(inWords(bytes: 999) == "999 bytes")
    #expect(inWords(bytes: 1.5e9) == "1.5 GB")
  }
}
