@testable import Experiments
import Tensors
import Testing

struct SpectralMeasureTests {
  @Test("Hilbert's matrix of order 5 has condition number 4.766·10⁵")
  func hilbert() {
    var hilbert = Matrix(rows: 5, columns: 5, [Double](repeating: 0, count: 25))
    for row in 0..<5 { for column in 0..<5 { hilbert[row, column] = 1 / Double(row + column + 1) } }
    #expect(abs(SpectralMeasure.conditionNumber(hilbert.singularValues()) / 476_607.250_242 - 1) < 1e-9)
  }

  @Test("A singular matrix has an infinite condition number")
  func singular() {
    #expect(SpectralMeasure.conditionNumber([2, 1, 0]) == .infinity)
  }

  @Test("Every rank is 1 for equal singular values, and 1/n for a matrix of rank one but the count, which is 0")
  func ranks() {
    for measure in [SpectralMeasure.effectiveRank, .nuclearRank, .stableRank] {
      #expect(abs(measure([2, 2, 2, 2]) - 1) < 1e-14, "\(measure)")
      #expect(abs(measure([3, 0, 0, 0]) - 0.25) < 1e-14, "\(measure)")
    }
    #expect(SpectralMeasure.countRank([3, 0, 0, 0]) == 0)
    #expect(SpectralMeasure.countRank([Double](repeating: 1, count: 256)) == 243.0 / 256)
  }

  @Test("The four ranks of one spectrum are four numbers")
  func different() {
    let s = [4.0, 2, 1, 1]
    #expect(SpectralMeasure.nuclearRank(s) == 0.5)
    #expect(SpectralMeasure.stableRank(s) == 22.0 / 64)
    // p = ½, ¼, ⅛, ⅛: entropy 1.75 ln 2.
    #expect(abs(SpectralMeasure.effectiveRank(s) - exponential(1.75 * logarithm(2)) / 4) < 1e-14)
    #expect(SpectralMeasure.countRank(s) == 0.75)
  }
}
