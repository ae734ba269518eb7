import Experiments
import Testing

@testable import fieldbook

@Suite struct ProfileTests {
  private let settings = "title: Tiny\nprofiles: {quick: {seeds: 1, at-most: {steps: 2}}}\n"
  private let chapter = """
    # Bowls

    \(bowl)
    ```figure
    id: fig-a
    from: bowl.steps
    mark: line
    x: step
    y: loss
    color: optimizer
    caption: A.
    alt: B.
    ```

    After five steps: `= bowl.steps.loss[optimizer=sgd, step=5]`.
    """

  @Test func `A page says which profile its results are of, and what that leaves out is a dash`() throws {
    let book = try TinyBook(["a.md": chapter, "b.md": "# No results\n\nWords."], settings: settings)
    #expect(book.build(to: "full") == 0)
    #expect(book.build(to: "quick", profile: "quick") == 0)
    let notice = "profile ‘quick’"
    #expect(book.read("quick/index.html")?.contains(notice) == true)
    #expect(book.read("quick/index.html")?.contains("<span class=\"number\">–</span>") == true)
    #expect(book.read("quick/b.html")?.contains(notice) == false)
    #expect(book.read("full/index.html")?.contains("profile") == false)
    #expect(book.read("full/index.html")?.contains("<span class=\"number\">–</span>") == false)
    #expect(book.read("quick/data/fig-a.csv")?.split(separator: "\n").count == 1 + 2 * 3)
  }

  @Test func `Both profiles keep their results, and cleaning knows both`() throws {
    let book = try TinyBook(["a.md": chapter], settings: settings)
    book.build(to: "full")
    book.build(to: "quick", profile: "quick")
    _ = try cleanBook(at: book.folder, unused: true, kinds: kinds, console: book.console)
    _ = book.said
    book.build(to: "full")
    #expect(book.said.contains("0 runs ran, 2 were stored"))
    book.build(to: "quick", profile: "quick")
    #expect(book.said.contains("0 runs ran, 2 were stored"))
  }

  @Test func `Checking the book checks every profile, and says each mistake once`() throws {
    let text = """
      ```experiment
      id: a
      kind: descend
      function: beale
      optimizer: sgd
      start: [1, 1]
      steps: few
      profiles: {quick: {start: [1]}, tiny: {precision: half}}
      ```

      ```experiment
      id: b
      kind: descend
      function: beale
      optimizer: sgd
      start: [1, 1]
      ```

      """
    let settings = "title: T\nprofiles:\n  quick: {at-most: {steps: -2}}\n  tiny: {at-most: {steps: 2}}\n"
    let book = try TinyBook(["a.md": text], settings: settings)
    #expect(book.check() == 1)
    let said = book.said.split(separator: "\n").filter { $0.contains(" error: ") }
    #expect(
      said == [
        "book.yml:3:28: error: -2 is out of range: it must be from 1 to 10000000",
        "chapters/a.md:7:8: error: expected a whole number, found ‘few’",
        "chapters/a.md:8:27: error: a list of 1, but 2 are needed",
        "chapters/a.md:8:51: error: ‘half’ is not valid here",
      ])
    try book.change("chapters/a.md", "steps: few", "steps: 3")
    try book.change("chapters/a.md", "[1]}, tiny: {precision: half", "[1, 2]}, tiny: {precision: halv")
    try book.change("book.yml", "-2", "1")
    #expect(book.check() == 1)
    #expect(book.said.contains("    only with --profile tiny\n"))
    #expect(book.build() == 0)
  }

  @Test func `An unknown profile is named with the nearest one, and nothing is written`() throws {
    let book = try TinyBook(["a.md": chapter], settings: settings)
    #expect(book.build(profile: "quik") == 1)
    #expect(book.said.contains("book.yml has no profile ‘quik’"))
    #expect(!book.exists("site"))
  }
}
