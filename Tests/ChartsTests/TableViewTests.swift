import Diagnostics
import Foundation
import Markup
import Specs
import Tables
import Testing

@testable import Charts

@Suite struct TableViewTests {
  private static let words = "\nid: tbl-test\ncaption: A caption.\n"

  private func html(_ yaml: String, showsMeasurements: Bool = true) throws -> String {
    try Samples.view(yaml + Self.words).draw(
      Presentation(number: "1", showsMeasurements: showsMeasurements), tables: { Samples.table($0)! }
    ).node.rendered()
  }

  @Test(arguments: [
    ("from: study\n1️⃣row: init\ncolumns: [test-loss]", "a table has no option ‘row’"),
    ("from: study\nrows: 1️⃣ini\ncolumns: [test-loss]", "has no column ‘ini’"),
    ("from: study\nrows: [{column: 1️⃣ini, label: a}]\ncolumns: [test-loss]", "has no column ‘ini’"),
    ("from: study\nrows: init\ncolumns: [test-loss, 1️⃣test-eror]", "has no column ‘test-eror’"),
    ("from: study\nrows: init\ncolumns: [{column: test-loss, format: 1️⃣fixd}]", "there is no number format ‘fixd’"),
    (
      "from: study\ncolumns: [{column: init, format: 1️⃣percent}]", "column ‘init’ holds text, which has no number format"
    ),
    ("from: study\nrows: init\ncolumns: [test-loss]\nbest: {1️⃣test-error: lowest}", "is not among the columns"),
    ("from: study\nrows: init\ncolumns: [test-loss]\nbest: {test-loss: 1️⃣least}", "‘least’ is not valid here"),
    (
      "from: study\nrows: seed\ncolumns: [init]\nbest: {1️⃣init: lowest}",
      "column ‘init’ holds text, so none of it is best"
    ),
    ("from: study\nrows: init\ncolumns: [test-loss]\nsort: 1️⃣test-eror", "has no column ‘test-eror’"),
    ("from: study\nrows: init\ncolumns: [test-loss]\nsort: 1️⃣parameters", "is not among the columns"),
    ("from: study\nrows: init\ncolumns: 1️⃣[init]", "column ‘init’ already names the rows"),
    ("from: study\nrows: init\ncolumns: [test-loss]\nover: 1️⃣sed", "has no column ‘sed’"),
    ("from: study\nrows: init\ncolumns: 1️⃣[]", "a list of 0"),
    ("from: 1️⃣study.layers\nrows: init\ncolumns: [a]", "there is no table ‘study.layers’"),
  ])
  func `a mistake is said at its place`(source: String, message: String) throws {
    let (yaml, place) = marked(source)
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(yaml + Self.words, at: Place(file: "chapter.md", line: 1, column: 1))
    #expect(TableView.check(spec, schemas: Samples.schema, into: &diagnostics) == nil)
    #expect(diagnostics.contains { $0.message.contains(message) && $0.place == place }, "\(diagnostics)")
    #expect(diagnostics.count == 1, "\(diagnostics)")
  }

  @Test func `seeds become mean and deviation, and the best mean is marked for eyes and ears`() throws {
    let html = try html(
      "from: study\nrows: init\ncolumns: [{column: test-error, format: percent}]\nbest: {test-error: lowest}")
    #expect(
      html.contains("<th scope=\"row\">lecun</th><td class=\"number\">11.55%<span class=\"deviation\"> ± 0.07%</span>"))
    #expect(html.contains("<td class=\"number best\">"))
    #expect(html.components(separatedBy: "(best)").count == 2)
    #expect(html.contains("Mean ± standard deviation over 2 seeds."))
  }

  @Test func `cells that are not finite say how many runs left`() throws {
    let html = try html("from: study\nrows: init\ncolumns: [test-error, test-loss]\nbest: {test-loss: highest}")
    #expect(html.contains("diverged (2 of 2)"))
    #expect(html.contains("1 of 2 diverged"))
    // Orthogonal's mean would be highest, but one of its runs left.
    let best = try #require(html.firstRange(of: "number best"))
    let row = html[..<best.lowerBound].components(separatedBy: "<tr>").last!
    #expect(row.contains("kaiming-normal"))
  }

  @Test func `no value is a dash, and infinity a number, where no run left`() throws {
    let html = try html("from: study.classes\nrows: dimension\ncolumns: [birth, death]\nwhere: {death: inf}")
    #expect(html.contains("<td class=\"number\">∞"))
    let column = CellColumn(
      [
        MeanDeviation([.nan]), MeanDeviation([.nan, .nan]), MeanDeviation([-.infinity]), MeanDeviation([1, .nan]),
        MeanDeviation([1, .infinity]),
      ],
      format: nil)
    for row in 0...1 {
      #expect(
        column.node(row).rendered() == "<span class=\"no-value\" role=\"img\" aria-label=\"no value\">—</span>")
    }
    #expect(column.node(2).rendered() == "−∞")
    #expect(column.node(3).rendered().contains("1 of 2 without a value"))
    #expect(column.node(4).rendered().contains("1 of 2 infinite"))
    var lost = MeanDeviation([.nan])
    lost.diverged = 1
    #expect(CellColumn([lost], format: nil).node(0).rendered().contains("not finite"))
  }

  @Test func `ranges have minus signs, and no text is a dash`() throws {
    let table = Table(
      "runs",
      [
        Column(ColumnSchema("range", .text), .texts(["-1, 1", ""])),
        Column(ColumnSchema("note", .text), .texts(["", "a-b"])),
      ])
    var diagnostics: [Diagnostic] = []
    let spec = try Spec.parse(
      "from: study\nrows: range\ncolumns: [note]" + Self.words, at: Place(file: "a.md", line: 1, column: 1))
    let view = try #require(TableView.check(spec, schemas: { _, _ in table.schema }, into: &diagnostics))
    let html = view.draw(Presentation(number: "1"), tables: { _ in table }).node.rendered()
    #expect(html.contains("<th scope=\"row\">−1, 1</th><td><span class=\"no-value\""))
    #expect(html.contains("aria-label=\"no value\">—</span></th><td>a-b</td>"))
  }

  @Test func `a column may leave the deviation out`() throws {
    let html = try html("from: study\nrows: init\ncolumns: [{column: test-error, deviation: false}]")
    #expect(!html.contains("class=\"deviation\""))
  }

  @Test func `numbers are aligned at the point by digits that nobody sees`() throws {
    let column = CellColumn([MeanDeviation([0.5]), MeanDeviation([120]), MeanDeviation([7.25])], format: nil)
    #expect(column.node(0).rendered() == "0.500")
    #expect(column.node(1).rendered() == "120<span class=\"pad\" data-room=\".500\" aria-hidden=\"true\"></span>")
    #expect(column.node(2).rendered() == "7.25<span class=\"pad\" data-room=\"0\" aria-hidden=\"true\"></span>")
  }

  @Test func `a short deviation has room in digits, whatever the longest ends in`() {
    let column = CellColumn([MeanDeviation([0.10, 0.104]), MeanDeviation([0.1, 0.9])], format: .percent(1))
    #expect(column.node(0).rendered().hasSuffix("<span class=\"pad\" data-room=\"0\" aria-hidden=\"true\"></span>"))
    let equal = CellColumn([MeanDeviation([0.1, 0.1]), MeanDeviation([0.1, 0.2])], format: .fixed(3))
    #expect(equal.node(0).rendered().hasSuffix("<span class=\"pad\" data-room=\".000\" aria-hidden=\"true\"></span>"))
  }

  @Test func `values of like size have the same decimals`() {
    let column = CellColumn([MeanDeviation([0.412]), MeanDeviation([2.3026])], format: nil)
    #expect(column.node(0).rendered() == "0.412" && column.node(1).rendered() == "2.303")
  }

  @Test func `counts that are the same in every run have no deviation`() throws {
    #expect(
      try html("from: study\nrows: init\ncolumns: [parameters]").contains("<td class=\"number\">235,146</td>"))
  }

  @Test func `headers have units, text is left and numbers are right`() throws {
    let html = try html("from: study\nrows: seed\ncolumns: [init, test-loss]\nwhere: {init: lecun}")
    #expect(html.contains("<th scope=\"col\">init</th>"))
    #expect(html.contains("<th scope=\"col\" class=\"number\">test loss<span class=\"unit\"> (nats)</span></th>"))
    #expect(html.contains("<td>lecun</td>"))
    #expect(html.contains("class=\"table-scroll\" role=\"region\" aria-labelledby=\"tbl-test-caption\" tabindex=\"0\""))
  }

  @Test func `a row column has the header that it is given`() throws {
    let html = try html("from: study\nrows: [{column: init, label: starting weights}, seed]\ncolumns: [test-loss]")
    #expect(html.contains("<th scope=\"col\">starting weights</th>"))
    #expect(html.contains("<th scope=\"col\">seed</th>"))
  }

  @Test func `rows are sorted by a column, what is not finite last`() throws {
    let html = try html("from: study\nrows: init\ncolumns: [test-error]\nsort: {test-error: ascending}")
    let order = Samples.inits.map { html.firstRange(of: ">\($0)<")!.lowerBound }
    #expect(order[1] < order[0] && order[0] < order[2])
  }

  @Test func `measured columns can be left out`() throws {
    let yaml = "from: study\nrows: init\ncolumns: [test-loss, seconds]"
    #expect(try html(yaml).contains("seconds"))
    #expect(try !html(yaml, showsMeasurements: false).contains("seconds"))
  }

  @Test func `rows that differ in more than the seed are not averaged silently`() throws {
    let drawing = try Samples.view("from: study.epochs\nrows: init\ncolumns: [train-loss]" + Self.words).draw(
      Presentation(number: "1"), tables: { Samples.table($0)! })
    #expect(drawing.diagnostics.first?.hints == ["they differ in epoch"])
  }

  @Test func `a table of a list that is empty says so, and blames no condition`() throws {
    let view = try Samples.view("from: study.nothing\ncolumns: [x]" + Self.words)
    let drawing = view.draw(
      Presentation(number: "1", dataLink: "tbl-test.csv", showsMeasurements: true), tables: { Samples.table($0)! })
    #expect(
      drawing.diagnostics.map(\.message) == ["‘study.nothing’ has no rows: its experiment found nothing to list there"])
  }

  @Test func `words behind a number stand apart from it`() throws {
    let style = try String(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../templates/charts.css"), encoding: .utf8)
    #expect(style.contains(/\.table-scroll \.number \+ :not\(\.number\) \{ padding-left: 0\.9rem; \}/))
  }
}
