import Foundation
import Testing

@testable import fieldbook

private let settings = "title: Tiny\nbibliography: references.bib\n"

private func citingBook() throws -> TinyBook {
  let book = try TinyBook(
    ["a.md": "# A\n\nAs @adam says.\n\n" + bowl + "It ends at `= bowl.loss[optimizer=sgd]`.\n", "b.md": "# B\n"],
    settings: settings)
  try book.write("references.bib", "@misc{adam, author = {Adam, A.}, title = {On bowls}, year = 1999}\n")
  return book
}

@Suite struct BibliographyTests {
  @Test func `A change of the bibliography changes the pages that cite it, and nothing runs again`() throws {
    let book = try citingBook()
    #expect(book.build() == 0, "\(book.said)")
    let before = book.files("site")
    #expect(book.read("site/index.html")?.contains("Adam (1999)</a> says") == true)
    #expect(book.build() == 0)
    #expect(book.files("site") == before)
    _ = book.said
    try book.change("references.bib", "1999", "1998")
    #expect(book.build() == 0)
    #expect(book.said.contains("0 runs ran"))
    #expect(book.read("site/index.html")?.contains("Adam (1998)</a> says") == true)
    let after = book.files("site")
    #expect(Set(after.keys.filter { after[$0] != before[$0] }) == ["index.html"])
  }

  @Test func `Mistakes in the bibliography are said with its lines, beside those of chapters`() throws {
    let book = try citingBook()
    try book.write(
      "references.bib", "@misc{adam,\n  author = {Adam, A.}, title = {On bowls}, year = 1999,\n  doi = {11}}\n")
    try book.change("chapters/b.md", "# B", "# B\n\n[@eve]")
    #expect(book.check() == 1)
    let said = book.said
    #expect(said.contains("references.bib:3:10: error: ‘11’ is no DOI\n      doi = {11}}\n             ^\n"), "\(said)")
    #expect(said.contains("chapters/b.md:3:2: error: the bibliography has no work ‘eve’"))
  }

  @Test func `A work that nothing cites is a warning`() throws {
    let book = try citingBook()
    try book.write(
      "references.bib", (book.read("references.bib") ?? "") + "@misc{eve, author={E}, title={T}, year=2000}")
    #expect(book.check() == 0)
    #expect(book.said.contains("references.bib:2:7: warning: no chapter cites ‘eve’"))
  }

  @Test func `A file that is not there, or no text, is a mistake, and its keys are not mistakes too`() throws {
    let book = try citingBook()
    try book.change("book.yml", "references.bib", "reference.bib")
    #expect(book.check() == 1)
    let said = book.said
    #expect(said.contains("book.yml:2:15: error: there is no file ‘reference.bib’ that can be read"))
    #expect(said.contains("did you mean ‘references.bib’?") && !said.contains("no work"))
    try book.change("book.yml", "reference.bib", "references.bib")
    try Data([0x40, 0xFF]).write(to: URL(fileURLWithPath: "\(book.folder)/references.bib"))
    #expect(book.check() == 1)
    #expect(book.said.contains("references.bib:1:2: error: this file is not UTF-8"))
  }
}
