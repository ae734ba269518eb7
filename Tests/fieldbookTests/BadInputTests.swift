import Diagnostics
import Fixtures
import Foundation
import Testing

@testable import fieldbook

/// A chapter with one mistake at 1️⃣, and what is said there.
private let mistakes: [(name: String, chapter: String, says: String, hint: String)] = [
  (
    "an unknown key",
    "```experiment\nid: a\nkind: descend\n1️⃣stepz: 5\nfunction: beale\noptimizer: sgd\nstart: [1, 1]\n```\n",
    "kind ‘descend’ has no option ‘stepz’", "did you mean ‘steps’?"
  ),
  (
    "an unknown kind", "```experiment\nid: a\nkind: 1️⃣decsend\n```\n", "there is no kind ‘decsend’",
    "did you mean ‘descend’?"
  ),
  (
    "an unknown optimizer",
    "```experiment\nid: a\nkind: descend\nfunction: beale\noptimizer: 1️⃣adan\nstart: [1, 1]\n```\n",
    "there is no optimizer ‘adan’", "did you mean ‘adam’?"
  ),
  (
    "a wrong type",
    "```experiment\nid: a\nkind: descend\nfunction: beale\noptimizer: sgd\nstart: [1, 1]\nsteps: 1️⃣few\n```\n",
    "expected a whole number, found ‘few’", ""
  ),
  (
    "an unknown column in a figure",
    bowl + "```figure\nid: fig-a\nfrom: bowl.steps\nmark: line\nx: step\ny: 1️⃣los\ncaption: C.\nalt: A.\n```\n",
    "has no column ‘los’", "did you mean ‘loss’?"
  ),
  (
    "an unknown column in a table",
    bowl + "```table\nid: tbl-a\nfrom: bowl\nrows: optimizer\ncolumns: [1️⃣los]\ncaption: C.\n```\n",
    "has no column ‘los’", "did you mean ‘loss’?"
  ),
  (
    "an unknown table", bowl + "```table\nid: tbl-a\nfrom: 1️⃣bowl.step\ncolumns: [loss]\ncaption: C.\n```\n",
    "experiment ‘bowl’ has no table ‘step’", "did you mean ‘steps’?"
  ),
  (
    "an unknown experiment in a view", bowl + "```table\nid: tbl-a\nfrom: 1️⃣bowll\ncolumns: [loss]\ncaption: C.\n```\n",
    "there is no experiment ‘bowll’", "did you mean ‘bowl’?"
  ),
  (
    "an unknown value of an axis",
    bowl + "```table\nid: tbl-a\nfrom: bowl[1️⃣optimizer=adm]\ncolumns: [loss]\ncaption: C.\n```\n",
    "experiment ‘bowl’ has no run with optimizer = ‘adm’", "did you mean ‘adam’?"
  ),
  (
    "an unknown value of an axis under where",
    bowl + "```table\nid: tbl-a\nfrom: bowl\nwhere: {1️⃣optimizer: [sgd, adm]}\ncolumns: [loss]\ncaption: C.\n```\n",
    "experiment ‘bowl’ has no run with optimizer = ‘adm’", "did you mean ‘adam’?"
  ),
  (
    "a sweep over an option of an optimizer that is not chosen",
    "```experiment\nid: a\nkind: descend\nfunction: beale\noptimizer: adam\nstart: [1, 1]\n"
      + "sweep: {1️⃣optimizer.sgd.lr: [0.1, 0.2]}\n```\n",
    "‘optimizer’ is ‘adam’ here, so there is no ‘optimizer.sgd.lr’ to give values to",
    "make it ‘sgd’, or write the sweep as a list of maps, one for each"
  ),
  (
    "a number that names nothing", bowl + "It is `= 1️⃣bowl.losss[optimizer=adam]`.\n", "has no column ‘losss’",
    "did you mean ‘loss’?"
  ),
  (
    "a number that names several", bowl + "It is `= 1️⃣bowl.loss`.\n", "several runs are left where one number is needed",
    "choose a value of ‘optimizer’: sgd, adam"
  ),
  ("a broken reference", "See 1️⃣@fig-nothing.\n", "nothing in this book has the label ‘fig-nothing’", ""),
  (
    "an experiment that starts from nothing",
    "```experiment\nid: a\nkind: train\ndata: blobs\nmodel: {mlp: {hidden: [4]}}\noptimizer: sgd\nfrom: 1️⃣b\n```\n",
    "there is no experiment ‘b’", "did you mean ‘a’?"
  ),
  (
    "a cycle",
    "```experiment\nid: a\nkind: train\ndata: blobs\nmodel: {mlp: {hidden: [4]}}\noptimizer: sgd\nfrom: 1️⃣a\n```\n",
    "experiment ‘a’ starts from itself", ""
  ),
  (
    "a missing data set",
    "```experiment\nid: a\nkind: train\ndata: 1️⃣{csv: {path: none.csv, target: y}}\nmodel: {mlp: {hidden: [4]}}\noptimizer: sgd\n```\n",
    "none.csv", ""
  ),
  (
    "a start from another model's checkpoint",
    "```experiment\nid: a\nkind: train\ndata: spirals\nmodel: {mlp: {hidden: [4]}}\noptimizer: sgd\n```\n\n"
      + "```experiment\nid: b\nkind: train\ndata: spirals\nmodel: {mlp: {hidden: [5]}}\noptimizer: sgd\nfrom: 1️⃣a@end\n```\n",
    "of 22 parameters where this one has 27: its linear-1.weight is 4×2, not 5×2", ""
  ),
  (
    "a duplicate id", bowl + bowl.replacing("id: bowl", with: "id: 1️⃣bowl"), "there is already an experiment ‘bowl’",
    "the other one stands at chapters/a.md:2:5"
  ),
  ("YAML that does not parse", "```experiment\nid: a\nkind: [1, 2\n1️⃣```\n", "this is not YAML", ""),
  ("a formula that does not parse", "Let $\\frac{1}1️⃣$ be.\n", "this formula cannot be set", ""),
  ("a missing image", "A 1️⃣![picture](dots.svg).\n", "there is no file ‘dots.svg’", ""),
  (
    "a file outside the chapters", "A 1️⃣![picture](../book.svg).\n",
    "‘../book.svg’ lies outside the chapters folder", ""
  ),
  (
    "a timeout that is none",
    "```experiment\nid: a\nkind: descend\nfunction: beale\noptimizer: sgd\nstart: [1, 1]\ntimeout: 1️⃣soon\n```\n",
    "‘soon’ is not a span of time", ""
  ),
]

@Suite struct BadInputTests {
  @Test("Each mistake is said at its place, with exit code 1", arguments: mistakes.indices)
  func mistake(_ index: Int) throws {
    let (name, chapter, says, hint) = mistakes[index]
    let source = MarkedText(chapter, file: "chapters/a.md")
    let book = try TinyBook(["a.md": source.text])
    #expect(book.check() == 1, "\(name)")
    let said = book.said
    let place = source["1️⃣"]
    let line = said.split(separator: "\n").first { $0.contains(": error:") } ?? ""
    #expect(line.contains(says), "\(name): \(said)")
    #expect(line.hasPrefix("chapters/a.md:\(place.line):\(place.column): error:"), "\(name): \(said)")
    #expect(hint.isEmpty || said.contains(hint), "\(name): \(said)")
    #expect(said.components(separatedBy: " error: ").count == 2, "\(name) is said once: \(said)")
    #expect(said.contains("^"))
  }

  @Test func `A table of contents that names a missing file is a mistake at its line`() throws {
    let book = try TinyBook(["a.md": "# A\n"], summary: "- [A](a.md)\n- [B](b.md)\n")
    #expect(book.check() == 1)
    #expect(book.said.contains("chapters/SUMMARY.md:2:3: error: there is no chapter ‘b.md’"))
  }

  @Test func `All mistakes of all chapters are said in one go, and the old site stays whole`() throws {
    let book = try TinyBook(["a.md": "# A\n", "b.md": "# B\n"], settings: "title: T\ntitel: U\n")
    try book.write("book.yml", "title: T\n")
    #expect(book.build() == 0)
    let before = book.files("site")
    _ = book.said
    try book.write("book.yml", "title: T\nautor: U\n")
    try book.write("chapters/a.md", bowl.replacing("kind: descend", with: "kind: descent") + "See @fig-x, $\\frac{$.\n")
    try book.write("chapters/b.md", "`= nothing.loss`\n\n```table\nid: tbl-b\nfrom: bowl\n```\n")
    #expect(book.build() == 1)
    let said = book.said
    for message in [
      "book.yml:2:1: error: book.yml has no option ‘autor’", "there is no kind ‘descent’", "the label ‘fig-x’",
      "this formula cannot be set", "there is no experiment ‘nothing’", "a table needs ‘caption’",
    ] { #expect(said.contains(message), "\(message) in \(said)") }
    #expect(book.files("site") == before)
    #expect(!book.exists(".fieldbook/store"))
  }

  @Test func `A folder that is no book is an input error`() throws {
    let book = try TinyBook(["a.md": "# A\n"])
    try FileManager.default.removeItem(atPath: book.folder + "/book.yml")
    #expect(book.build() == 2)
    #expect(book.said.contains("has no book.yml"))
  }
}
