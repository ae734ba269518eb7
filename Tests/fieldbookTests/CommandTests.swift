import Diagnostics
import Experiments
import Foundation
import Runs
import Specs
import Tables
import Testing

@testable import fieldbook

@Suite struct CommandTests {
  private func built() throws -> TinyBook {
    let book = try TinyBook(["a.md": "# A\n\n" + bowl])
    book.build()
    _ = book.said
    return book
  }

  @Test func `show prints a table aligned, or as CSV`() throws {
    let book = try built()
    let experiments = try book.experiments()
    let text = try experiments.show("bowl.steps[optimizer=sgd, step=0]", csv: false, console: book.console)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasPrefix("optimizer  step"))
    #expect(try experiments.show("bowl.steps", csv: true, console: book.console).split(separator: "\n").count == 13)
  }

  @Test(
    "show says what it cannot find",
    arguments: [
      ("bowll", "there is no experiment ‘bowll’"), ("bowl.step", "experiment ‘bowl’ has no table ‘step’"),
      ("bowl[optimizer=adm]", "experiment ‘bowl’ has no run with optimizer = ‘adm’"),
      ("bowl[rate=1]", "experiment ‘bowl’ does not sweep ‘rate’"),
    ])
  func showNothing(_ reference: String, _ message: String) throws {
    let book = try built()
    let experiments = try book.experiments()
    #expect {
      try experiments.show(reference, csv: false, console: book.console)
    } throws: { error in
      guard case .diagnostics(let diagnostics)? = error as? Failure else { return false }
      return diagnostics.map(\.message) == [message]
    }
  }

  @Test func `status counts what is stored and what is stale`() throws {
    let book = try built()
    #expect(try book.experiments().status().contains("2 runs stored, 0 to run; the store holds"))
    try book.change("chapters/a.md", "steps: 5", "steps: 6")
    let status = try book.experiments().status()
    #expect(status.contains("0 runs stored, 2 to run, about"))
  }

  @Test func `why names what changed`() throws {
    let book = try built()
    #expect(
      try book.experiments().why("bowl") == "bowl[optimizer=sgd], bowl[optimizer=adam]: stored, nothing changed\n")
    try book.change("chapters/a.md", "steps: 5", "steps: 6")
    #expect(
      try book.experiments().why("bowl")
        == "bowl[optimizer=sgd], bowl[optimizer=adam]: changed since the last run\n  option steps: 5 → 6\n")
  }

  @Test func `run computes only what is asked for`() throws {
    let book = try TinyBook([
      "a.md": bowl + bowl.replacing("id: bowl", with: "id: other").replacing("[1, 1]", with: "[2, 2]")
    ])
    let experiments = try book.experiments()
    #expect(try experiments.run(only: ["other"], workers: 1, console: book.console).ran == 2)
    #expect(try book.experiments().status().contains("2 runs stored, 2 to run"))
  }

  @Test func `clean removes what is not needed, or everything`() throws {
    let book = try built()
    try book.change("chapters/a.md", "{sgd: {lr: 0.1}}, ", "")
    _ = try cleanBook(at: book.folder, unused: true, kinds: kinds, console: book.console)
    #expect(try book.experiments().store.keys.count == 1)
    _ = try cleanBook(at: book.folder, unused: false, kinds: kinds, console: book.console)
    #expect(!book.exists(".fieldbook/store"))
  }

  @Test func `kinds tells every name that a block can use, with options, defaults and source`() throws {
    let vocabulary = Vocabulary(kinds: kinds)
    let all = try vocabulary.text(of: nil)
    for name in kinds.map(\.entry.name) + ["adam", "orthogonal", "fashion-mnist", "line", "rosenbrock"] {
      #expect(all.contains("  \(name)"), "\(name)")
    }
    let adam = try vocabulary.text(of: "adam")
    #expect(
      adam.hasPrefix("adam (optimizer)") && adam.contains("beta2") && adam.contains("default 0.999")
        && adam.contains("Source: "))
    #expect(try vocabulary.text(of: "optimizer").contains("lion (optimizer)"))
    #expect(throws: Failure.self) { try vocabulary.text(of: "adma") }
  }
}

@Suite struct SettingsTests {
  @Test func `book.yml is read with its defaults`() {
    var diagnostics: [Diagnostic] = []
    let settings = BookSettings("title: T\nauthors: Ada\ndata-folders: [data]\n", file: "book.yml", into: &diagnostics)
    #expect(diagnostics.isEmpty)
    #expect(
      settings.title == "T" && settings.authors == ["Ada"] && settings.seed == 1 && settings.dataFolders == ["data"])
  }

  @Test func `What book.yml gets wrong is said`() {
    var diagnostics: [Diagnostic] = []
    _ = BookSettings("titel: T\nseed: -1\n", file: "book.yml", into: &diagnostics)
    #expect(diagnostics.count == 3)
  }
}
