import Diagnostics
import Specs
import Testing

@testable import Charts

/// Every mistake in a `figure` block, with the place of the message marked in the text.
@Suite struct FigureCheckTests {
  @Test(arguments: [
    ("from: study\nmark: dot\nx: init\ny: test-loss\n1️⃣colr: init", "a figure has no option ‘colr’"),
    ("from: study\nmark: 1️⃣lin\nx: init\ny: test-loss", "there is no mark ‘lin’"),
    ("from: study\nmark: dot\nx: init\ny: 1️⃣test-los", "the table ‘runs’ has no column ‘test-los’"),
    ("from: study\nmark: dot\nx: init\ny: {column: 1️⃣test-los}", "the table ‘runs’ has no column ‘test-los’"),
    (
      "from: study\nmark: line\nx: seed\ny: 1️⃣init",
      "the mark ‘line’ needs numbers for ‘y’, but column ‘init’ holds text"
    ),
    ("from: study\nmark: bar\nx: init\ny: 1️⃣init", "the mark ‘bar’ needs numbers for x or y, but both hold text"),
    ("from: study\nmark: dot\nx: init\ny: {column: test-loss, scale: 1️⃣logg}", "‘logg’ is not valid here"),
    ("from: study\nmark: dot\nx: {column: init, scale: 1️⃣log}\ny: test-loss", "which has no place on a log scale"),
    ("from: study\nmark: dot\nx: init\ny: {column: test-loss, domain: 1️⃣[2, 1]}", "from a lower to a higher number"),
    (
      "from: study\nmark: dot\nx: init\ny: {column: test-loss, scale: log, domain: 1️⃣[0, 1]}",
      "a logarithmic axis cannot reach zero"
    ),
    ("from: study\nmark: dot\nx: init\ny: {column: test-loss, format: 1️⃣percnt}", "there is no number format ‘percnt’"),
    ("from: study\nmark: 1️⃣line\nx: seed", "the mark ‘line’ needs ‘y’: a column of numbers"),
    ("from: study\nmark: histogram\nx: test-loss\ny: 1️⃣seed", "the mark ‘histogram’ does not use ‘y’"),
    ("from: study\nmark: histogram\nx: test-loss\n1️⃣bins: 4", "‘bins’ is an option of the mark ‘histogram’"),
    ("from: study\nmark: {histogram: {1️⃣bin: 4}}\nx: test-loss", "mark ‘histogram’ has no option ‘bin’"),
    ("from: study\nmark: {histogram: {bins: 1️⃣0}}\nx: test-loss", "0 is out of range"),
    ("from: study\nmark: 1️⃣rule", "the mark ‘rule’ needs ‘x’ or ‘y’"),
    ("from: 1️⃣nothing\nmark: dot\nx: init\ny: test-loss", "there is no table ‘nothing.runs’"),
    ("from: 1️⃣study@end\nmark: dot\nx: init\ny: test-loss", "but a view reads tables"),
    ("from: study1️⃣[init\nmark: dot\nx: init\ny: test-loss", "this ‘[’ is not closed"),
    ("from: study[1️⃣ini=lecun]\nmark: dot\nx: init\ny: test-loss", "has no column ‘ini’"),
    ("from: study[1️⃣seed=one]\nmark: dot\nx: init\ny: test-loss", "holds numbers, so it is never ‘one’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nwhere: {1️⃣ini: lecun}", "has no column ‘ini’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nwhere: {init: 1️⃣[]}", "a value, or a list of values"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nover: 1️⃣sed", "has no column ‘sed’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nband: 1️⃣quartiles", "‘quartiles’ is not valid here"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nfacet: 1️⃣ini", "has no column ‘ini’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nfacet: {column: 1️⃣ini}", "has no column ‘ini’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nfacet: 1️⃣{rows: init}", "a facet needs ‘column’, or ‘rows’ and"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nfacet: 1️⃣{}", "a facet needs ‘column’, or ‘rows’ and"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nfacet: {rows: init, columns: 1️⃣sed}", "has no column ‘sed’"),
    (
      "from: study\nmark: dot\nx: init\ny: test-loss\nfacet: {rows: init, columns: seed, label: 1️⃣start}",
      "1 label for 2 facets"
    ),
    (
      "from: study\nmark: dot\nx: init\ny: test-loss\nfacet: {rows: init, columns: seed}\ncolumns: 1️⃣2",
      "leave ‘columns’ out"
    ),
    (
      "from: study\nmark: dot\nx: init\ny: {column: test-loss, threshold: 1️⃣0.1}", "only a symlog scale has a threshold"
    ),
    ("from: study\nmark: line\nx: seed\ny: test-loss\norder: 1️⃣stp", "has no column ‘stp’"),
    ("from: study\nlayers:\n  - 1️⃣{x: init, y: test-loss}", "a figure needs ‘mark’"),
    ("layers:\n  - 1️⃣{mark: dot, x: init, y: test-loss}", "a figure needs ‘from’"),
    ("from: study\nlayers:\n  - mark: dot\n    x: init\n    y: 1️⃣tst-loss", "has no column ‘tst-loss’"),
    ("from: study\nmark: dot\nx: init\ny: test-loss\nheight: 1️⃣5", "5 is out of range"),
  ])
  func `a mistake is said at its place`(source: String, message: String) throws {
    let (yaml, place) = marked(source)
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml + Samples.words, at: Place(file: "chapter.md", line: 1, column: 1))
    #expect(Figure.check(spec, schemas: Samples.schema, into: &diagnostics) == nil)
    #expect(diagnostics.contains { $0.message.contains(message) && $0.place == place }, "\(diagnostics)")
    #expect(diagnostics.count == 1, "\(diagnostics)")
  }

  @Test(arguments: ["id", "caption", "alt"])
  func `id, caption and alt must be there`(name: String) throws {
    let words = Samples.words.split(separator: "\n").filter { !$0.hasPrefix(name) }.joined(separator: "\n")
    #expect(throws: DiagnosticError.self) {
      try Samples.figure("from: study\nmark: dot\nx: init\ny: test-loss\n" + words)
    }
  }

  @Test func `one mistake does not hide another`() throws {
    do {
      _ = try Samples.figure("from: study\nmark: dot\nx: int\ny: test-los\ncolr: init\nid: a b")
      Issue.record("this figure was accepted")
    } catch let error as DiagnosticError {
      // The unknown key, the two missing texts, the id, the two columns.
      #expect(error.diagnostics.count == 6, "\(error.diagnostics.map(\.message))")
      #expect(error.diagnostics.contains { $0.hints == ["did you mean ‘init’?"] })
    }
  }

  @Test func `a figure knows the tables it reads`() throws {
    let figure = try Samples.figure(
      "layers:\n  - {from: study.surface, mark: contour, x: x, y: y, z: z}\n"
        + "  - {from: data/epochs.csv, mark: dot, x: epoch, y: train-loss}" + Samples.words)
    #expect(
      figure.sources.map(\.origin) == [
        .results(experiment: "study", table: "surface"), .file("data/epochs.csv"),
      ])
    #expect(figure.caption == "A caption." && figure.alt == "What it shows.")
  }

  @Test func `every mark is in the catalog with documentation, and reads its own defaults`() throws {
    #expect(markCatalog.names.count == Set(markCatalog.names).count)
    for entry in markCatalog.entries {
      #expect(!entry.doc.isEmpty)
      var diagnostics: [Diagnostic] = []
      let empty = Spec(.map([]), at: Place(file: "", line: 1, column: 1))
      #expect(empty.read(entry.options, owner: entry.name, into: &diagnostics) != nil)
    }
  }
}
