import Testing

@testable import Charts

@Suite struct DecimalDigitsTests {
  @Test func `digits and point of a number are those it is printed with`() {
    #expect(DecimalDigits(1234.5).digits == [1, 2, 3, 4, 5])
    #expect(DecimalDigits(1234.5).exponent == 3)
    #expect(DecimalDigits(-0.00012).exponent == -4)
    #expect(DecimalDigits(6.02e23).exponent == 23)
    #expect(DecimalDigits(1e16).digits == [1])
    #expect(DecimalDigits(0).isZero)
  }

  @Test func `halves round up, as seen in decimal`() {
    #expect(DecimalDigits(0.125).rounded(decimals: 2).positional(decimals: 2) == "0.13")
    #expect(DecimalDigits(1.005).rounded(decimals: 2).positional(decimals: 2) == "1.01")
    #expect(DecimalDigits(2.5).rounded(decimals: 0).positional(decimals: 0) == "3")
  }

  @Test func `a carry goes through all nines`() {
    #expect(DecimalDigits(9.996).rounded(decimals: 2).positional(decimals: 2) == "10.00")
    #expect(DecimalDigits(999.9).rounded(significant: 3).exponent == 3)
  }

  @Test func `rounding beyond the first digit gives nought or one`() {
    #expect(DecimalDigits(0.004).rounded(decimals: 2).isZero)
    #expect(DecimalDigits(0.006).rounded(decimals: 2).positional(decimals: 2) == "0.01")
    #expect(DecimalDigits(0.0006).rounded(decimals: 2).isZero)
  }

  @Test func `thousands are set apart from ten thousand on`() {
    #expect(DecimalDigits(9999).positional(decimals: 0) == "9999")
    #expect(DecimalDigits(10000).positional(decimals: 0) == "10,000")
    #expect(DecimalDigits(1234567.5).positional(decimals: 1) == "1,234,567.5")
  }
}
