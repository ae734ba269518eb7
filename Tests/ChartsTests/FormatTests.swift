import Diagnostics
import Markup
import Testing

@testable import Charts

@Suite struct FormatTests {
  private let place = Place(file: "chapter.md", line: 3, column: 7)

  @Test(arguments: [
    (0.0, "0"), (0.5, "0.500"), (2.3026, "2.30"), (12.345, "12.3"), (123.45, "123"), (1234.5, "1235"),
    (-0.25, "−0.250"), (123456.0, "123,456"), (0.00123, "0.00123"), (0.9996, "1.00"),
    (1.5e-4, "1.50\u{202F}×\u{202F}10⁻⁴"), (2.5e6, "2.50\u{202F}×\u{202F}10⁶"), (.infinity, "∞"),
    (-.infinity, "−∞"), (.nan, "—"),
  ])
  func `three significant digits are the standard`(value: Double, text: String) {
    #expect(format(value).text == text)
  }

  @Test(arguments: [
    (0.114, Format.percent(nil), "11.4%"), (0.9996, .percent(nil), "100.0%"), (0.00052, .percent(nil), "0.052%"),
    (0.5, .percent(0), "50%"), (0, .percent(nil), "0.0%"), (3.14159, .fixed(2), "3.14"), (-0.001, .fixed(2), "0.00"),
    (1234.5, .integer, "1235"), (512, .bytes, "512\u{A0}B"), (0, .bytes, "0\u{A0}B"),
    (2_500_000, .bytes, "2.50\u{A0}MB"), (0.0025, .seconds, "2.50\u{A0}ms"), (90, .seconds, "90.0\u{A0}s"),
    (600, .seconds, "10.0\u{A0}min"), (9000, .seconds, "2.50\u{A0}h"), (0, .seconds, "0\u{A0}s"),
    (12345, .scientific(3), "1.23\u{202F}×\u{202F}10⁴"),
  ])
  func `each format writes its kind of number`(value: Double, wanted: Format, text: String) {
    #expect(format(value, wanted).text == text)
  }

  @Test func `powers of ten are raised in HTML`() {
    #expect(format(1.5e-4).node.rendered() == "1.50\u{202F}×\u{202F}10<sup>−4</sup>")
  }

  @Test func `a format is read with its digits`() throws {
    #expect(try Format.parse("percent", at: place).get() == .percent(nil))
    #expect(try Format.parse("percent 2", at: place).get() == .percent(2))
    #expect(try Format.parse(" fixed  1 ", at: place).get() == .fixed(1))
    #expect(try Format.parse("scientific", at: place).get() == .scientific(3))
  }

  @Test(arguments: ["", "percnt", "fixed x", "fixed 99", "integer 2", "fixed 2 3"])
  func `what is not a format is said at its place`(text: String) {
    guard case .failure(let error) = Format.parse(text, at: place) else {
      Issue.record("‘\(text)’ was read")
      return
    }
    #expect(error.diagnostics.first?.place == place)
  }

  @Test func `a misspelt format gets the nearest spelling`() {
    guard case .failure(let error) = Format.parse("percnt", at: place) else { return }
    #expect(error.diagnostics[0].hints == ["did you mean ‘percent’?"])
  }

  @Test func `a mean has no more digits than its deviation supports`() {
    #expect(MeanDeviation([0.31, 0.35]).format(nil) == .fixed(3))
    #expect(MeanDeviation([30, 36]).format(nil) == .fixed(1))
    #expect(MeanDeviation([100, 300]).format(nil) == .fixed(0))
    #expect(MeanDeviation([0.5]).format(nil) == .standard)
  }

  @Test func `the deviation is that of a sample`() {
    let values = MeanDeviation([2, 4, 4, 4, 5, 5, 7, 9, .nan])
    #expect(values.mean == 5)
    #expect(abs(values.deviation! - (32.0 / 7).squareRoot()) < 1e-12)
    #expect(values.nonFinite == 1)
    #expect(MeanDeviation([0.1, 0.1, 0.1]).deviation == 0)
  }

  @Test(arguments: [
    ([8.1, 8.104], Format.fixed(2), "0.003"), ([8.1, 8.2], .fixed(2), "0.07"), ([0.5, 0.5], .fixed(3), "0"),
    ([0.2, 0.2 + 1e-12], .fixed(2), "0.00"), ([0.16, 0.164], .percent(0), "0.3%"), ([1, 1], .percent(0), "0%"),
    ([3e-6, 3.3e-6], .scientific(1), "2\u{202F}×\u{202F}10⁻⁷"),
    ([3e-6, 3.3e-6], .standard, "2.1\u{202F}×\u{202F}10⁻⁷"),
    ([2, 2.4], .integer, "0.3"),
  ])
  func `a deviation that the mean's decimals would hide has one or two more`(
    values: [Double], wanted: Format, text: String
  ) {
    #expect(MeanDeviation(values).spread(wanted)?.text == text)
  }
}
