import Diagnostics
import Testing

@testable import Notebook

private func parse(_ marked: String) -> (bibliography: Bibliography, said: [String], hints: [String]) {
  let source = MarkedText(marked, file: "references.bib")
  let (bibliography, diagnostics) = Bibliography.parse(text: source.text, file: "references.bib")
  let said = diagnostics.map { diagnostic in
    let mark = (1...9).first { source[$0] == diagnostic.place }
    return "\(mark.map(String.init) ?? "\(diagnostic.place!)"): \(diagnostic.message)"
  }
  return (bibliography, said, diagnostics.flatMap(\.hints))
}

/// An entry that is whole with these fields.
private func entry(_ fields: String) -> String {
  "@misc{a, author = {A}, title = {T}, year = 2000, \(fields)}"
}

private func work(author: String = "A", title: String = "T") -> Work? {
  parse("@misc{a, author = {\(author)}, title = {\(title)}, year = 2000}").bibliography["a"]
}

@Suite struct BibliographyTests {
  @Test func `Names are last first, first last, with particles, in braces`() {
    #expect(
      work(author: "van der Maaten, Laurens and Laurens van der Maaten and {The {ML} Group} and King, Jr, Martin")?
        .authors
        == [
          Person(family: "van der Maaten", given: "Laurens"), Person(family: "van der Maaten", given: "Laurens"),
          Person(family: "The ML Group"), Person(family: "King", given: "Martin", suffix: "Jr"),
        ])
    #expect(work(author: "Alexander Amini and Sandy Anderson")?.authors.map(\.family) == ["Amini", "Anderson"])
    #expect(work(author: "Li, Hao and others")?.hasMoreAuthors == true)
  }

  @Test func `A sentence names up to three authors`() {
    #expect(work(author: "A, X")?.authorLabel == "A")
    #expect(work(author: "A and B")?.authorLabel == "A & B")
    #expect(work(author: "A and B and C")?.authorLabel == "A, B & C")
    #expect(work(author: "A and B and C and D")?.authorLabel == "A et al.")
    #expect(work(author: "A and others")?.authorLabel == "A et al.")
  }

  @Test func `Accents and other marks of LaTeX become characters`() {
    #expect(work(author: #"M{\'e}moli, Facundo"#)?.authors.first?.family == "Mémoli")
    #expect(
      work(title: #"{\"o}\"{o}\"o \v{c} \c c {\'{\i}} \~n \r{a} \H{o} \k{a} \=a \.z \u g \^{\j}"#)?.title
        == "ööö č ç í ñ å ő ą ā ż ğ ĵ")
    #expect(
      work(title: #"\o \L{}x \ss{} \& 5\% \_ a--b---c ``d'' it's \emph{e} f~g"#)?.title
        == "øŁx ß & 5% _ a–b—c “d” it’s e f\u{A0}g")
    #expect(work(title: "{SGD} and {A}dam")?.title == "SGD and Adam")
  }

  @Test func `LaTeX that is not known is said at its place`() {
    #expect(
      parse(#"@misc{a, author = {A}, title = {An 1️⃣\unknown{x}}, year = 2000}"#).said
        == [#"1: the command ‘\unknown’ is not known here"#])
    #expect(
      parse(#"@misc{a, author = {B and M1️⃣\'qA}, title = {T}, year = 2000}"#).said
        == [#"1: no letter is ‘q’ with the accent ‘\'’"#])
    #expect(
      parse("@misc{a, author = {A}, title = {At\n 1️⃣$O(1)$}, year = 2000}").said
        == ["1: a bibliography holds no formulas"])
  }

  @Test func `An entry without author, title or year is said at its key`() {
    let (_, said, hints) = parse("@misc{1️⃣a, autor = {A}, title = {}, note = {N}}")
    #expect(said == ["1: ‘a’ has no author", "1: ‘a’ has no title", "1: ‘a’ has no year"])
    #expect(hints == ["is ‘autor’ meant to be it?"])
    #expect(parse("@misc{a, author={A}, title={T}, year = {1️⃣in press}}").said == ["1: ‘in press’ is no year"])
    #expect(parse("@misc{a, author={A and1️⃣  and B}, title={T}, year = 2000}").said == ["1: a name is missing"])
    #expect(parse("@misc{a, author={1️⃣others}, title={T}, year = 2000}").said == ["1: a name is missing"])
    #expect(parse("@misc{a, author={A and 1️⃣}, title={T}, year = 2000}").said == ["1: a name is missing"])
    #expect(
      parse("@misc{a, author={1️⃣A, B, C, D}, title={T}, year = 2000}").said == ["1: a name has at most two commas"])
    #expect(parse("1️⃣@artcle{a, author={A}, title={T}, year = 2000}").hints == ["did you mean ‘article’?"])
    #expect(
      parse("@misc{1️⃣fig-a, author={A}, title={T}, year = 2000}").said == ["1: ‘@fig-a’ would be a cross-reference"])
  }

  @Test func `A key given twice is said with the place of the first`() {
    let (bibliography, said, hints) = parse(entry("") + "\n" + "@misc{1️⃣a, author = {B}, title = {U}, year = 2001}")
    #expect(said == ["1: the key ‘a’ is given twice"])
    #expect(hints == ["first at references.bib:1:7"])
    #expect(bibliography.works.map(\.title) == ["T"])
  }

  @Test(arguments: [
    "eprint = {1712.09913}", "eprint = {0704.0001}, archiveprefix = {arXiv}", "eprint = {1412.6980v9}",
    "eprint = {math-ph/0609050}", "eprint = {cond-mat/0611023}", "eprint = {x}, archiveprefix = {HAL}",
    "doi = {10.1103/PhysRevLett.98.150201}", "doi = {10.1016/0041-5553(64)90137-5}", "isbn = {978-0-262-03561-3}",
    "isbn = {0-306-40615-2}", "isbn = {080442957X}", "url = {https://a.b/c}",
  ])
  func `A number of the right form is taken`(_ fields: String) {
    #expect(parse(entry(fields)).said == [])
  }

  @Test(arguments: [
    ("eprint = {1️⃣1713.09913}", "is no number on arXiv"), ("eprint = {1️⃣1712.0991}", "is no number on arXiv"),
    ("eprint = {1️⃣1412.69801}", "is no number on arXiv"), ("eprint = {1️⃣arXiv:1412.6980}", "is no number on arXiv"),
    ("eprint = {1️⃣math-ph/060905}", "is no number on arXiv"), ("eprint = {1️⃣1412.6980v}", "is no number on arXiv"),
    ("eprint = {1️⃣2513.00001}, archiveprefix = {arXiv}", "is no number on arXiv"),
    ("doi = {1️⃣https://doi.org/10.1103/a}", "is no DOI"), ("doi = {1️⃣10.11/a}", "is no DOI"),
    ("doi = { 1️⃣10.1103}", "is no DOI"), ("doi = {1️⃣10.1103/}", "is no DOI"), ("doi = {1️⃣10.1103/a b}", "is no DOI"),
    ("isbn = {1️⃣978-0-262-03561-4}", "is no ISBN"), ("isbn = {1️⃣0-306-40615-3}", "is no ISBN"),
    ("isbn = {1️⃣12345}", "is no ISBN"), ("url = {1️⃣www.a.b}", "is no address"),
  ])
  func `A number of a wrong form is said at its place`(_ fields: String, _ message: String) {
    let (bibliography, said, _) = parse(entry(fields))
    #expect(said.count == 1 && said[0].hasPrefix("1: ") && said[0].hasSuffix(message), "\(said)")
    #expect(bibliography["a"]?.identifiers == [])
  }

  @Test func `Numbers lead to where they are looked up`() {
    let fields = "doi = {10.1016/0041-5553(64)90137-5}, eprint = {math-ph/0609050}, isbn = {0-306-40615-2}"
    #expect(
      parse(entry(fields)).bibliography["a"]?.identifiers.map(\.address) == [
        "https://doi.org/10.1016/0041-5553(64)90137-5", "https://arxiv.org/abs/math-ph/0609050", nil,
      ])
    #expect(Identifier.doi("10.1000/a<b>#c").address == "https://doi.org/10.1000/a%3Cb%3E%23c")
  }

  @Test func `Works are sorted by what sentences call them without accents, then year, then title`() {
    let text = [
      ("a", "Zhang, A", "T", 1990), ("b", "Émile, B", "T", 2001), ("c", "Ellis, C", "T", 2001),
      ("d", "Émile, B", "T", 2000), ("e", "van Dyk, D", "T", 2000), ("f", "Émile, B and A", "A", 1999),
      ("g", "Ellis, C and Z and Y and X", "A", 2002), ("h", "Ellis, C and A and Y and X", "A", 2003),
    ].map { "@misc{\($0), author = {\($1)}, title = {\($2)}, year = \($3)}" }.joined(separator: "\n")
    #expect(parse(text).bibliography.works.map(\.key) == ["c", "g", "h", "d", "b", "f", "e", "a"])
  }

  @Test func `Works that a sentence would call the same have letters`() {
    let text = [
      ("a", "Li, H and B and C and D", "Z", 2018), ("b", "Li, H and X and Y and Z", "A", 2018),
      ("c", "Li, H", "A", 2018),
      ("d", "Li, H and B and C and D", "A", 2019),
    ].map { "@misc{\($0), author = {\($1)}, title = {\($2)}, year = \($3)}" }.joined(separator: "\n")
    let bibliography = parse(text).bibliography
    #expect(["a", "b", "c", "d"].map { bibliography[$0]?.yearLabel } == ["2018a", "2018b", "2018", "2019"])
  }
}
