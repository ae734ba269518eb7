import Diagnostics
import Testing

@testable import Notebook

/// What is wrong with a marked file: message and mark of each diagnostic.
private func mistakes(_ marked: String) -> [String] {
  let source = MarkedText(marked, file: "references.bib")
  return Bibliography.parse(text: source.text, file: "references.bib").diagnostics.map { diagnostic in
    let mark = (1...9).first { source[$0] == diagnostic.place }
    return "\(mark.map(String.init) ?? "\(diagnostic.place!)"): \(diagnostic.message)"
  }
}

/// The keys that are read all the same.
private func keys(_ text: String) -> [String] {
  Bibliography.parse(text: text, file: "references.bib").bibliography.works.map(\.key)
}

@Suite struct BibTeXTests {
  @Test func `Values stand in braces, quotation marks, or are joined from abbreviations`() {
    let (bibliography, diagnostics) = Bibliography.parse(
      text: """
        % A comment, and @article{not, an = {entry}
        @comment{nor {this} @one}
        @preamble{"\\newcommand{\\x}{y}"}
        @string{nips = "Advances in " # {NIPS}}

        @InProceedings{li2018,
          author    = "Li, Hao and {Deep Group}",
          title     = {A {T}itle
                       in two lines},
          BOOKTITLE = nips # { 31},
          year      = 2018, month = dec,
          abstract  = {Read past.},
        }
        @misc{b, author={B}, title="The {"}quoted{"} one", year="1999"}
        """, file: "references.bib")
    #expect(diagnostics == [])
    let work = bibliography["li2018"]
    #expect(work?.title == "A Title in two lines")
    #expect(work?.venue == ["booktitle": "Advances in NIPS 31"])
    #expect(work?.type == "inproceedings")
    #expect(work?.year == "2018")
    #expect(work?.place == Place(file: "references.bib", line: 6, column: 16))
    #expect(work?.authors == [Person(family: "Li", given: "Hao"), Person(family: "Deep Group")])
    #expect(bibliography["b"]?.title == "The \"quoted\" one")
  }

  @Test func `A brace that is not closed is said where it opens, and the next entry is read`() {
    #expect(
      mistakes("@misc{a, author = {A}, title = 1️⃣{T,\n year = 2000\n\n@misc{b, author={B}, title={T}, year=2001}")
        == ["1: this brace is never closed"])
    // One brace too few, and the entry's own takes its place.
    #expect(
      mistakes("@misc1️⃣{a, author = {A}, title = {T,\n year = 2000}\n\n@misc{b, author={B}, title={T}, year=2001}")
        == ["1: this brace is never closed"])
    #expect(
      mistakes("@misc1️⃣{a, author = {A}, title = {T}, year = 2000\n\n @misc{b, author={B}, title={T}, year=2001}\n")
        == ["1: this brace is never closed"])
    #expect(mistakes("@misc1️⃣{a,\n author = {A}, title = {T},") == ["1: this brace is never closed"])
    #expect(keys("@misc{a, title = {T,\n@misc{b, author={B}, title={T}, year=2001}") == ["a", "b"])
    #expect(mistakes("@comment1️⃣{ {").first == "1: this brace is never closed")
  }

  @Test func `A quotation mark without a partner is said`() {
    #expect(
      mistakes("@misc{a, author = {A}, year = 2000, title = 1️⃣\"T}\n@misc{b, author={B}, title={T}, year=2001}").first
        == "1: this quotation mark has no partner")
  }

  @Test func `What a file cannot mean is said at its place`() {
    #expect(mistakes("1️⃣misc{a}") == ["1: this is no entry, and no comment"])
    #expect(mistakes("@1️⃣ misc{a}") == ["1: an entry starts with its type and a brace"])
    #expect(mistakes("@misc1️⃣(a)") == ["1: an entry starts with its type and a brace"])
    #expect(mistakes("@misc{1️⃣, year = 2000}") == ["1: the entry has no key"])
    #expect(mistakes("@misc{1️⃣2018li, year = 2000}") == ["1: ‘2018li’ cannot be cited"])
    #expect(mistakes("@misc{1️⃣a'b, year = 2000}") == ["1: ‘a'b’ cannot be cited"])
    #expect(mistakes("@misc{a,\n author = {A}\n 1️⃣title = {T}, year = 2000}").first == "1: expected ‘,’ or ‘}’")
    #expect(mistakes("@string{a = {A}1️⃣, b = {B}}") == ["1: expected ‘}’"])
    #expect(mistakes("@misc{a, author 1️⃣{A}}").first == "1: expected ‘=’ after ‘author’")
    #expect(mistakes("@misc{a, 1️⃣= {A}}").first == "1: expected the name of a field, such as ‘title’, or ‘}’")
    #expect(mistakes("@misc{a, author = 1️⃣, }").first == "1: expected a value")
    #expect(
      mistakes("@string{nips = {N}}\n@misc{a, author={A}, title={T}, year=2000, journal = 1️⃣nip}")
        == ["1: no @string is called ‘nip’"])
    #expect(
      mistakes("@misc{a, author={A}, title={T}, year=2000, 1️⃣year = 2001}") == [
        "1: the entry has a field ‘year’ already"
      ])
  }
}
