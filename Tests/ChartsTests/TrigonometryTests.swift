import Foundation
import Testing

@testable import Charts

@Suite struct TrigonometryTests {
  @Test func `sines and cosines agree with the C library's`() {
    for tenth in -3700...3700 {
      let angle = Double(tenth) / 10
      #expect(abs(sine(degrees: angle) - sin(angle * .pi / 180)) < 4e-15)
      #expect(abs(cosine(degrees: angle) - cos(angle * .pi / 180)) < 4e-15)
    }
  }

  @Test func `quarter turns are exact`() {
    #expect([0, 90, 180, 270, -90].map { sine(degrees: $0) } == [0, 1, 0, -1, -1])
    #expect([0, 90, 180, 270, -90].map { cosine(degrees: $0) } == [1, 0, -1, 0, 0])
    #expect(cosine(degrees: .infinity).isNaN)
  }
}
