import Testing

@testable import Charts

@Suite struct TicksTests {
  @Test func `linear ticks are round and inside`() {
    #expect(linearTicks(0, 1, count: 5) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(linearTicks(-3.2, 7.9, count: 6) == [-2, 0, 2, 4, 6])
    #expect(linearTicks(0, 0.3, count: 3) == [0, 0.1, 0.2, 0.3])
    #expect(linearTicks(1000, 9000, count: 4) == [2000, 4000, 6000, 8000])
  }

  @Test(arguments: [(0.0, 1.0), (-1e-7, 3e-7), (12.3, 4567.8), (1e9, 1.1e9), (-5, -4.99)])
  func `there are about as many as were asked for`(low: Double, high: Double) {
    for count in 2...10 {
      let ticks = linearTicks(low, high, count: count)
      #expect(ticks.count >= 1 && ticks.count <= 2 * count + 1)
      #expect(ticks.allSatisfy { $0 >= low - 1e-9 * abs(low) && $0 <= high + 1e-9 * abs(high) })
      #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func `log ticks are decades, thinned where there are many`() {
    #expect(logTicks(0.001, 1000, count: 8).major == [0.001, 0.01, 0.1, 1, 10, 100, 1000])
    #expect(logTicks(1e-12, 1, count: 5).major == [1e-12, 1e-9, 1e-6, 1e-3, 1])
  }

  @Test func `few decades get twos and fives, none gets round numbers`() {
    #expect(logTicks(0.9, 60, count: 6).major == [1, 2, 5, 10, 20, 50])
    #expect(logTicks(2.05, 2.95, count: 4).major == [2.2, 2.4, 2.6, 2.8])
  }

  @Test func `labels of one axis have the same decimals`() {
    #expect(linearLabels([0, 0.5, 1], format: nil).map(\.text) == ["0.0", "0.5", "1.0"])
    #expect(
      linearLabels([0, 2e6, 4e6], format: nil).map(\.text) == ["0", "2\u{202F}×\u{202F}10⁶", "4\u{202F}×\u{202F}10⁶"])
    #expect(linearLabels([0, 0.05, 0.1], format: .percent(nil)).map(\.text) == ["0%", "5%", "10%"])
  }

  @Test func `decades are plain while short, powers of ten otherwise`() {
    #expect(logLabels([0.01, 0.1, 1], format: nil).map(\.text) == ["0.01", "0.1", "1"])
    #expect(logLabels([1e-6, 1e-3, 1], format: nil).map(\.text) == ["10⁻⁶", "10⁻³", "10⁰"])
    #expect(logLabels([2e-5], format: nil).map(\.text) == ["2\u{202F}×\u{202F}10⁻⁵"])
  }

  @Test func `a short axis has three numbers where they fit, so that its unit can be read`() {
    let scale = Scale(kind: .linear, low: -1.5, high: 1.5, start: 0, end: 110)
    #expect(fittingTicks(scale, format: nil, length: 110).major == [-1, 0, 1])
    let decades = Scale(kind: .log, low: 0.0007, high: 0.3, start: 0, end: 140)
    #expect(fittingTicks(decades, format: nil, length: 140).labels.map(\.text) == ["0.001", "0.01", "0.1"])
  }
}
