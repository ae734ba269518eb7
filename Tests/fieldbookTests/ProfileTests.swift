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

  @Test func `An unknown profile is named with the nearest one, and nothing is written`() throws {
    let book = try TinyBook(["a.md": chapter], settings: settings)
    #expect(book.build(profile: "quik") == 1)
    #expect(book.said.contains("book.yml has no profile ‘quik’"))
    #expect(!book.exists("site"))
  }
}
