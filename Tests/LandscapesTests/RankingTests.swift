import Landscapes
import Testing

@Suite struct RankingTests {
  @Test func `Percentiles are NumPy's`() {
    let ours = lines.percents.map { percentile(lines.values, $0) }
    #expect(difference(ours, lines.percentiles) < 1e-15)
    #expect(percentile([4], 30) == 4)
    #expect(percentile([], 30).isNaN)
    #expect(percentile([1, .nan], 30).isNaN)
  }

  @Test func `Orders are NumPy's stable ones, rank correlation SciPy's`() {
    #expect(rankingOrder(of: lines.ties) == lines.order)
    #expect(abs(rankCorrelation(lines.ties, lines.other) - lines.spearman) < 1e-14)
    #expect(rankCorrelation([1, 2, 3], [9, 4, -1]) == -1)
    #expect(rankCorrelation([1, 2, 3], [5, 5, 5]).isNaN)
  }
}
