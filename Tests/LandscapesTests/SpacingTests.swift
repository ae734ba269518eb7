import Landscapes
import Testing

@Suite struct SpacingTests {
  @Test func `Spacings and differences are NumPy's, bit for bit`() {
    for spacing in lines.spacings {
      #expect(linspace(spacing.from, spacing.to, count: spacing.count) == spacing.values)
    }
    #expect(linspace(3, 9, count: 1) == [3])
    #expect(differences(lines.values) == lines.differences)
    #expect(differences([1]).isEmpty)
  }
}
