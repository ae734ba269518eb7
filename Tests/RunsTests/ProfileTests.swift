import Diagnostics
import Experiments
import Specs
import Testing

@testable import Runs

@Suite struct ProfileTests {
  private let quick = Profile(
    "quick", seeds: 2,
    bounds: [
      .init("epochs", atMost: 2, at: Place(file: "book.yml", line: 4, column: 9)),
      .init("optimizer.sgd.lr", atMost: 0.5, at: Place(file: "book.yml", line: 5, column: 9)),
    ])

  /// What the runs of one experiment are asked to do, as `epochs/optimizer/seed`.
  private func runs(_ text: String, _ profile: Profile) throws -> [String] {
    var diagnostics: [Diagnostic] = []
    let declarations = Declarations(
      Marked(text).fences, kinds: [fakeKind()], profile: profile, among: ["full", "quick"], into: &diagnostics)
    #expect(diagnostics.isEmpty)
    let plan = Plan(
      declarations, surroundings: .init(seed: 1, dataFolders: [], folder: "/"), digest: { _ in nil }, into: &diagnostics
    )
    #expect(diagnostics.isEmpty)
    return plan.runs.map { run in
      ["epochs", "optimizer", "seed"].map { name in
        run.parts.first { $0.name == "option \(name)" }?.value ?? "?"
      }.joined(separator: " ")
    }
  }

  @Test func `Bounds lower what is larger, by default or as written, and leave the rest`() throws {
    let text = "id: a\nkind: fake\nepochs: 7\noptimizer: {sgd: {lr: 0.1}}\n"
    let small = try runs(text, quick)
    #expect(small == (try runs("id: a\nkind: fake\nepochs: 2\noptimizer: {sgd: {lr: 0.1}}\n", .full)))
    let large = try runs("id: a\nkind: fake\nepochs: 1\noptimizer: {sgd: {lr: 3}}\n", quick)
    #expect(large == (try runs("id: a\nkind: fake\nepochs: 1\noptimizer: {sgd: {lr: 0.5}}\n", .full)))
    let other = try runs("id: a\nkind: fake\nepochs: 1\noptimizer: adam\n", quick)
    #expect(other == (try runs("id: a\nkind: fake\nepochs: 1\noptimizer: adam\n", .full)))
  }

  @Test func `Sweeps lose what lies above a bound and the later seeds`() throws {
    let text = "id: a\nkind: fake\nsweep: {epochs: [1, 2, 5], seed: [4, 5, 6]}\n"
    let fewer = "id: a\nkind: fake\nsweep: {epochs: [1, 2], seed: [4, 5]}\n"
    #expect(try runs(text, quick) == runs(fewer, .full))
    let above = "id: a\nkind: fake\nsweep: [{epochs: [8, 9]}]\n"
    #expect(try runs(above, quick) == runs("id: a\nkind: fake\nepochs: 8\n", .full))
    let entries = "id: a\nkind: fake\nepochs: 1\nsweep: {optimizer: [{sgd: {lr: 2}, label: x}, adam]}\n"
    let bounded = "id: a\nkind: fake\nepochs: 1\nsweep: {optimizer: [{sgd: {lr: 0.5}}, adam]}\n"
    #expect(try runs(entries, quick) == runs(bounded, .full))
  }

  @Test func `What an experiment says of a profile outweighs the book and holds only there`() throws {
    let text = """
      id: a
      kind: fake
      epochs: 7
      sweep: {seed: [1, 2, 3]}
      profiles: {quick: {epochs: 5, sweep: {seed: [9]}}}
      """
    #expect(try runs(text, quick) == runs("id: a\nkind: fake\nepochs: 5\nseed: 9\n", .full))
    #expect(try runs(text, .full).count == 3)
  }

  @Test(
    "A mistake under profiles is said at its place, whatever is built",
    arguments: [
      ("id: a\nkind: fake\nprofiles: {1️⃣quik: {epochs: 1}}\n", "book.yml has no profile ‘quik’"),
      (
        "id: a\nkind: fake\nprofiles: {1️⃣full: {epochs: 1}}\n",
        "‘full’ is the experiment as it is written; only other profiles change it"
      ),
      (
        "id: a\nkind: fake\nprofiles: {quick: 1️⃣3}\n",
        "what a profile changes is a map from options to values, such as {epochs: 1}"
      ),
      (
        "id: a\nkind: fake\nsweep: {seed: [1]}\nprofiles: {quick: {sweep: {1️⃣epochs: [1]}}}\n",
        "the sweep has no axis ‘epochs’ whose values could be replaced"
      ),
      ("id: a\nkind: fake\nprofiles: {quick: {1️⃣epoch: 1}}\n", "kind ‘fake’ has no option ‘epoch’"),
      (
        "id: a\nkind: fake\nprofiles: {quick: {optimizer.1️⃣sdg.lr: 1}}\n", "‘optimizer’ has no option ‘sdg’"
      ),
      (
        "id: a\nkind: fake\nprofiles: {quick: {1️⃣kind: fake}}\n",
        "a profile changes options, not what a block is: ‘kind’ does not belong here"
      ),
      (
        "id: a\nkind: fake\nprofiles: {quick: {1️⃣id: b}}\n",
        "a profile changes options, not what a block is: ‘id’ does not belong here"
      ),
      (
        "id: a\nkind: fake\nprofiles: {quick: {1️⃣show: []}}\n",
        "a profile changes options, not what a block is: ‘show’ does not belong here"
      ),
      (
        "id: a\nkind: fake\nsweep: {seed: [1]}\nprofiles: {quick: {sweep: 1️⃣[]}}\n",
        "what a profile changes of a sweep is a map from its axes to lists of values"
      ),
      (
        "id: a\nkind: fake\nprofiles: 1️⃣quick\n",
        "‘profiles’ is a map from the names of profiles in book.yml to options"
      ),
    ]) func mistake(text: String, message: String)
  {
    let marked = Marked(text)
    var diagnostics: [Diagnostic] = []
    _ = Declarations(marked.fences, kinds: [fakeKind()], among: ["full", "quick"], into: &diagnostics)
    #expect(diagnostics.map(\.message) == [message])
    #expect(diagnostics.first?.place == marked.places["1️⃣"])
  }

  @Test func `A profile can give a block another time and size`() throws {
    let text = "id: a\nkind: fake\nprofiles: {quick: {timeout: 3s, memory: 5MB}}\n"
    var diagnostics: [Diagnostic] = []
    let declarations = Declarations(
      Marked(text).fences, kinds: [fakeKind()], profile: quick, among: ["full", "quick"], into: &diagnostics)
    #expect(diagnostics.isEmpty)
    #expect(declarations.all.map(\.timeout?.amount) == [3])
    #expect(declarations.all.map(\.memory?.amount) == [5e6])
  }

  @Test func `A bound that an option cannot take is said where it is written`() {
    let place = Place(file: "book.yml", line: 4, column: 9)
    var diagnostics: [Diagnostic] = []
    let declarations = Declarations(
      Marked("id: a\nkind: fake\nepochs: 3\n").fences, kinds: [fakeKind()],
      profile: Profile("quick", bounds: [.init("epochs", atMost: -2, at: place)]), among: ["full", "quick"],
      into: &diagnostics)
    _ = Plan(
      declarations, surroundings: .init(seed: 1, dataFolders: [], folder: "/"), digest: { _ in nil }, into: &diagnostics
    )
    #expect(diagnostics.map(\.message) == ["-2 is out of range: it must be from 1 to 1000"])
    #expect(diagnostics.map(\.place) == [place])
  }

  @Test func `A bound that no kind has an option for is said at its place in book yml`() {
    let place = Place(file: "book.yml", line: 3, column: 5)
    let said = Profile("quick", bounds: [.init("epoch", atMost: 1, at: place)]).check(against: [fakeKind()])
    #expect(said.map(\.message) == ["no kind of experiment has an option ‘epoch’"])
    #expect(said.first?.place == place)
    #expect(said.first?.hints == ["did you mean ‘epochs’?"])
    #expect(quick.check(against: [fakeKind()]).isEmpty)
  }
}
