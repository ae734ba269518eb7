import Experiments
import Foundation
import Testing

@testable import fieldbook

private let chapter =
  "# A bowl\n\nLet $x^2$ be. See @fig-bowl.\n\n" + bowl + """
    ```figure
    id: fig-bowl
    from: bowl.steps
    mark: line
    x: step
    y: {column: loss, scale: log}
    color: optimizer
    caption: The loss $f$ falls to `= bowl.loss[optimizer=sgd]`.
    alt: Two falling curves.
    ```

    ```table
    id: tbl-bowl
    from: bowl
    rows: optimizer
    columns: [loss]
    caption: Where they end.
    ```

    ```experiment
    id: clouds
    kind: train
    data: blobs
    model: {mlp: {hidden: [4]}}
    optimizer: sgd
    show:
      - {id: tbl-clouds, columns: [test-loss, seconds], caption: Clouds.}
    ```

    It took `= clouds.seconds`.

    ![A dot](dot.svg)

    """

private func sampleBook() throws -> TinyBook {
  let book = try TinyBook(["a.md": chapter, "deep/b.md": "# Next\n\nBack to [a](../a.md) and @tbl-bowl.\n"])
  try book.write("chapters/dot.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
  return book
}

@Suite struct BuildTests {
  @Test func `Checking says which numbers no stored row gives`() throws {
    let book = try TinyBook(["a.md": bowl])
    #expect(book.build() == 0)
    _ = book.said
    try book.write("chapters/a.md", bowl + "It is `= bowl.steps.loss[optimizer=sgd, step=7]`.\n")
    #expect(book.check() == 1)
    #expect(book.said.contains("chapters/a.md:10:10: error: no row is left: the conditions match nothing"))
    _ = try cleanBook(at: book.folder, unused: false, kinds: kinds, console: book.console)
    #expect(book.check() == 0)
  }

  @Test func `A label with a bar can be named in prose`() throws {
    let swept = bowl.replacing("[{sgd: {lr: 0.1}}", with: "[{sgd: {lr: 0.1}, label: a|b}")
    let book = try TinyBook(["a.md": swept + "It is `= bowl.steps[optimizer=a|b] | integer`.\n"])
    #expect(book.build() == 0, "\(book.said)")
    #expect(book.read("site/index.html")?.contains("<span class=\"number\">5</span>") == true)
  }

  @Test func `A book becomes pages with figures, tables, numbers, data, copied files and styles`() throws {
    let book = try sampleBook()
    #expect(book.build() == 0, "\(book.said)")
    let page = try #require(book.read("site/index.html"))
    #expect(page.contains("<figure id=\"fig-bowl\"") && page.contains("<figure id=\"tbl-bowl\""))
    #expect(page.contains("href=\"data/fig-bowl.csv\"") && page.contains("katex") && page.contains("<svg"))
    #expect(page.contains("The loss ") && !page.contains("= bowl."))
    for path in [
      "deep/b.html", "data/fig-bowl.csv", "data/tbl-bowl.csv", "dot.svg", "style.css", "charts.css", "katex/katex.css",
      ".fieldbook-site",
    ] {
      #expect(book.exists("site/\(path)"), "\(path)")
    }
    #expect(book.read("site/data/tbl-bowl.csv")?.hasPrefix("optimizer,") == true)
    #expect(book.read("site/deep/b.html")?.contains("href=\"../index.html#tbl-bowl\"") == true)
  }

  @Test func `Edits of prose, captions and headings run nothing, and a second build is the same to the byte`() throws {
    let book = try sampleBook()
    book.build()
    let before = book.files("site")
    _ = book.said
    book.build(workers: 1)
    #expect(book.said.hasSuffix("2 pages; 0 runs ran, 3 were stored\n"))
    #expect(book.files("site") == before)
    try book.change("chapters/a.md", "# A bowl", "# A deep bowl")
    try book.change("chapters/a.md", "Where they end", "Where they stop")
    book.build()
    #expect(book.said.contains("0 runs ran, 3 were stored"))
    #expect(book.read("site/index.html")?.contains("A deep bowl") == true)
  }

  @Test func `Ctrl-C while the site is drawn or written leaves the old site and nothing beside it`() throws {
    let book = try sampleBook()
    #expect(book.build() == 0)
    let before = book.files("site")
    try book.change("chapters/a.md", "# A bowl", "# A deep bowl")
    var asked = 0
    #expect(
      book.build(isInterrupted: {
        asked += 1
        return false
      }) == 0)
    #expect(asked > 20)
    try book.change("chapters/a.md", "# A deep bowl", "# A bowl")
    #expect(book.build() == 0)
    for last in [1, 3, asked / 2, asked - 1] {
      var count = 0
      #expect(
        book.build(isInterrupted: {
          count += 1
          return count >= last
        }) == 130)
      #expect(book.files("site") == before)
      let names = try FileManager.default.contentsOfDirectory(atPath: book.folder)
      #expect(!names.contains { $0.hasPrefix(".site") })
    }
  }

  @Test func `A new point of a sweep runs alone`() throws {
    let book = try sampleBook()
    book.build()
    _ = book.said
    try book.change("chapters/a.md", "{adam: {lr: 0.1}}]", "{adam: {lr: 0.1}}, lion]")
    book.build()
    #expect(book.said.contains("1 run ran, 3 were stored"))
  }

  @Test func `From two empty stores the same bytes come, but for what was measured`() throws {
    let (one, other) = (try sampleBook(), try sampleBook())
    one.build(workers: 1, measurements: false)
    other.build(to: "elsewhere/out", workers: 2, measurements: false)
    #expect(one.files("site") == other.files("elsewhere/out"))
    let page = try #require(one.read("site/index.html"))
    #expect(page.contains("<span class=\"number\">not measured</span>"))
    #expect(one.read("site/data/tbl-clouds.csv")?.contains("seconds") == false)
  }

  @Test func `A site is only put where nothing of another's is lost`() throws {
    let book = try sampleBook()
    try book.write("mine/thesis.txt", "years")
    #expect(book.build(to: "mine") == 2)
    #expect(book.said.contains("is not empty and Fieldbook did not make it"))
    #expect(book.read("mine/thesis.txt") == "years" && !book.exists(".fieldbook/store"))
    try book.write("site/.gitignore", "*\n")
    #expect(book.build() == 0)
    #expect(book.read("site/.gitignore") == "*\n")
    try book.write("site/stale.html", "")
    #expect(book.build() == 0)
    #expect(!book.exists("site/stale.html") && book.read("site/.gitignore") == "*\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: book.folder).allSatisfy { !$0.contains("building") })
  }

  @Test func `A site that cannot be written leaves the old one and says so`() throws {
    let book = try sampleBook()
    try book.write("wall", "a file")
    #expect(book.build(to: "wall/site") == 2)
    #expect(book.said.contains("cannot be written"))
    #expect(book.build(to: "wall") == 2)
  }

  @Test func `Drafts have no page and run nothing, but are checked`() throws {
    let book = try TinyBook(["a.md": "# A\n", "b.md": "---\ndraft: true\n---\n\n# B\n\n" + bowl])
    #expect(book.build() == 0)
    #expect(book.said.contains("1 page; 0 runs ran, 0 were stored"))
    try book.change("chapters/b.md", "steps: 5", "steps: five")
    #expect(book.check() == 1)
  }

  @Test func `A chapter's own CSV file is drawn like a result`() throws {
    let book = try TinyBook([
      "deep/a.md": "# A\n\n```table\nid: tbl-own\nfrom: own.csv\nrows: name\ncolumns: [height]\ncaption: Own.\n```\n"
    ])
    try book.write("chapters/deep/own.csv", "name,height\nada,1.5\nemmy,1.75\n")
    #expect(book.build() == 0, "\(book.said)")
    #expect(
      book.read("site/index.html")?.contains("emmy") == true || book.read("site/deep/a.html")?.contains("emmy") == true)
  }
}
