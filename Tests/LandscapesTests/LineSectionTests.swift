import Autodiff
@testable import Landscapes
import Tensors
import Testing

@Suite struct LineSectionTests {
  /// 1 + 2x − 3x² + 4x³ + y².
  private let cubic = plane { x, y in 1 + 2 * x - 3 * x.squared + 4 * (x * x.squared) + y.squared }

  @Test func `Both models touch the curve, with its slope and its curvature`() {
    let section = LineSection(of: cubic, through: [0.5, 1], along: [1, 0], at: [-0.25, 0, 0.5])
    #expect(section.origin == .init(x: 0, value: 2.75, slope: 2, curvature: 6))
    #expect(section.places[1] == section.origin)
    for x in [-0.25, 0.5] {
      #expect(section.model(1, at: x) == 2.75 + 2 * x)
      #expect(section.model(2, at: x) == 2.75 + 2 * x + 3 * x * x)
    }
    // What is missing is 4x³.
    #expect(abs(section.places[2].value - section.model(2, at: 0.5) - 4 * 0.125) < 1e-14)
    #expect(abs(section.largestThirdDerivative - 24) < 1e-10)
    // In units of a longer direction.
    let longer = LineSection(of: cubic, through: [0.5, 1], along: [2, 0], at: [0.25])
    #expect(longer.origin.slope == 4 && longer.origin.curvature == 24)
    #expect(longer.places[0].value == section.places[2].value)
  }

  @Test func `The second-order error falls like the cube of the distance, the first-order one like its square`() {
    let errors = TaylorErrors(of: plane(himmelblau), through: [1, 2], along: [0.6, 0.8], from: 0.5)
    #expect(abs(errors.power(1) - 2) < 0.01 && abs(errors.power(2) - 3) < 0.01)
    #expect(errors.sizes[0].size == 0.5 && abs(errors.sizes[3].size - 0.0625) < 1e-15)
    // At a symmetric minimum the cube is missing; a quadratic has no error at all.
    let well = plane { x, y in (x.squared - 1).squared + y.squared }
    #expect(abs(TaylorErrors(of: well, through: [0, 0], along: [1, 0], from: 0.5).power(2) - 4) < 0.01)
    let bowl = plane { $0.squared + $1.squared }
    #expect(TaylorErrors(of: bowl, through: [1, 0], along: [1, 0], from: 1).power(2).isNaN)
  }

  @Test func `Along negative curvature the loss falls for steps below 3|λ|/M, and may rise beyond`() {
    // −½x² + x³/6 + y²: λ = −1, M = 1; it crosses its start at x = 3 exactly.
    let escape = plane { x, y in -0.5 * x.squared + x * x.squared / 6 + y.squared }
    let places = (1...400).map { Double($0) / 100 }
    let section = LineSection(of: escape, through: [0, 0], along: [1, 0], at: places)
    let limit = 3 * abs(section.origin.curvature) / section.largestThirdDerivative
    #expect(abs(limit - 3) < 1e-9)
    #expect(section.places.allSatisfy { $0.x >= limit - 1e-6 || $0.value < 0 })
    #expect(section.places.contains { $0.x > limit && $0.value > 0 })
  }
}
