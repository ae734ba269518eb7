import Tables
import Testing

@testable import Charts

@Suite struct ScaleTests {
  @Test func `a linear scale maps its ends to its pixels`() {
    let scale = Scale(kind: .linear, low: 2, high: 4, start: 100, end: 0)
    #expect(scale.position(2) == 100)
    #expect(scale.position(3) == 50)
    #expect(scale.position(.infinity) == 0)
    #expect(scale.position(-.infinity) == 100)
  }

  @Test func `a log scale gives each decade the same room and nothing to zero`() {
    let scale = Scale(kind: .log, low: 0.01, high: 100, start: 0, end: 400)
    #expect(abs(scale.position(1) - 200) < 1e-9)
    #expect(abs(scale.position(10) - 300) < 1e-9)
    #expect(scale.position(0).isNaN)
    #expect(!scale.contains(0))
  }

  @Test func `a symlog scale is odd around zero`() {
    let scale = Scale(.symlog, holding: [-100, 0.1, 100], domain: nil, includesZero: false, padding: 0)
    #expect(abs(scale.position(0) - 0.5) < 1e-12)
    #expect(abs(scale.position(7) + scale.position(-7) - 1) < 1e-12)
  }

  @Test func `ticks of a symlog scale are zero and the same decades on both sides, apart from each other`() {
    let scale = Scale(.symlog, holding: [-0.5, 22], domain: nil, includesZero: false, padding: 0, threshold: 0.001)
    #expect(scale.threshold == 0.001)
    #expect(scale.ticks(count: 9).major == [-0.1, -0.01, 0, 0.01, 0.1, 1, 10])
    #expect(scale.ticks(count: 5).major == [-0.1, 0, 0.1, 10])
    let positive = Scale(.symlog, holding: [0, 5], domain: nil, includesZero: false, padding: 0, threshold: 1)
    #expect(positive.ticks(count: 4).major == [0, 1])
    #expect(scale.labels([-0.1, 0, 10], format: nil).map(\.text) == ["−0.1", "0", "10"])
  }

  @Test(arguments: [ScaleKind.linear, .log, .symlog])
  func `a place on the axis leads back to its value`(kind: ScaleKind) {
    let scale = Scale(kind, holding: [0.01, 300], domain: nil, includesZero: false, padding: 0)
    for value in [0.01, 0.5, 7, 300] { #expect(abs(scale.value(at: scale.transformed(value)) / value - 1) < 1e-10) }
    if kind == .symlog { #expect(abs(scale.value(at: scale.transformed(-7)) + 7) < 1e-9) }
  }

  @Test func `domains hold all finite values`() {
    let scale = Scale(.linear, holding: [3, .nan, 1, .infinity], domain: nil, includesZero: false, padding: 0)
    #expect((scale.low, scale.high) == (1, 3))
    let log = Scale(.log, holding: [0, -1, 0.1, 10], domain: nil, includesZero: false, padding: 0)
    #expect(abs(log.low - 0.1) < 1e-12 && abs(log.high - 10) < 1e-9)
  }

  @Test func `zero is the end of the axis only where length encodes value`() {
    #expect(Scale(.linear, holding: [5, 6], domain: nil, includesZero: true, padding: 0.05).low == 0)
    #expect(Scale(.linear, holding: [5, 6], domain: nil, includesZero: false, padding: 0.05).low > 4)
  }

  @Test func `a single value and no value still make an axis`() {
    let one = Scale(.linear, holding: [5], domain: nil, includesZero: false, padding: 0)
    #expect(one.low < 5 && one.high > 5)
    let none = Scale(.log, holding: [.nan], domain: nil, includesZero: false, padding: 0)
    #expect(none.isEmpty && none.ticks(count: 5).major.isEmpty)
  }

  @Test(arguments: [1e-300, 1e-10, 0.5, 1, 2, 9.999, 10, 12345.678, 1e300])
  func `own logarithm and power agree with each other and with decades`(value: Double) {
    #expect(abs(exp10(log10(value)) / value - 1) < 1e-12)
    #expect(abs(log10(1000) - 3) < 1e-15)
    #expect(floorLog10(value) == Int(log10(value).rounded(.down)) || abs(log10(value) - log10(value).rounded()) < 1e-12)
  }

  @Test func `an entity has the colour of its number, whatever else is shown`() {
    let styles = Categories("init", in: [Samples.epochs])
    #expect(styles.values == Samples.inits)
    #expect(styles.styles[0] == SeriesStyle(color: .category(0), variant: 0))
    #expect(styles.styles[1] == SeriesStyle(color: .category(1), variant: 1))
    #expect(styles.styles[2] == SeriesStyle(color: .category(2), variant: 0))
    let one = Categories("init", in: [Samples.epochs.filtered([("init", ["orthogonal"])])])
    #expect(one.styles == [styles.styles[2]])
  }

  @Test(
    arguments: [[1.4e-15, 1.7e308], [Double.leastNonzeroMagnitude, 1], [.leastNonzeroMagnitude, 1.797e308]]
      as [[Double]])
  func `a log axis holds whatever numbers there are`(values: [Double]) {
    let scale = Scale(.log, holding: values, domain: nil, includesZero: false, padding: 0.05)
    let positions = values.map(scale.position)
    #expect(positions.allSatisfy { (0...1).contains($0) } && positions[0] < positions[1])
    #expect((3...40).contains(scale.ticks(count: 6).major.count))
  }

  @Test(
    arguments: [[-1.7e308, 1.7e308], [1e308, 1e308], [-1.797e308, 0]] as [[Double]], [ScaleKind.linear, .symlog])
  func `a span that is no number is none of an axis`(values: [Double], kind: ScaleKind) {
    let scale = Scale(kind, holding: values, domain: nil, includesZero: true, padding: 0.05)
    #expect((scale.high - scale.low).isFinite && values.allSatisfy { (0...1).contains(scale.position($0)) })
    #expect(binEdges(scale, count: 20).allSatisfy { $0.isFinite })
    #expect(!scale.ticks(count: 5).major.isEmpty)
  }

  @Test func `ticks that lie close together on a log axis have labels of their own`() {
    let scale = Scale(.log, holding: [2.2998, 2.3026], domain: nil, includesZero: false, padding: 0)
    let ticks = scale.ticks(count: 5).major
    let labels = scale.labels(ticks, format: nil).map(\.text)
    #expect(ticks.count >= 3 && Set(labels).count == ticks.count && Set(labels.map(\.count)).count == 1)
  }

  @Test func `up to seven entities differ in colour, and what moves keeps its dash`() {
    var categories = Categories("init", in: [Samples.epochs])
    categories.styles = [.numbered(2), .numbered(9), .numbered(3)]
    #expect(
      categories.toldApart().styles == [
        .numbered(2), SeriesStyle(color: .category(4), variant: 1), .numbered(3),
      ])
    var many = categories
    (many.values, many.labels) = ((0..<8).map(String.init), (0..<8).map(String.init))
    many.styles = (0..<8).map { .numbered($0) }
    #expect(many.toldApart() == many)
  }

  @Test func `numbers are sorted and take colours along a ramp`() {
    let styles = Categories("epoch", in: [Samples.epochs])
    #expect(styles.labels == ["0", "1", "2", "3"])
    #expect(styles.styles.first?.color == .ramp(0) && styles.styles.last?.color == .ramp(6))
  }

  @Test func `colour maps go from dark to light, or through near-white`() {
    #expect(ColorMap.sequential.hex(0) == "#440154")
    #expect(ColorMap.sequential.hex(1) == "#fde725")
    #expect(ColorMap.sequential.hex(7) == "#fde725")
    #expect(ColorMap.diverging.hex(0.5) == "#f7f7f7")
    #expect(ColorMap.sequential.isLight(1) && !ColorMap.sequential.isLight(0))
  }
}
