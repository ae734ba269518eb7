import Landscapes
import Testing

@Suite struct MonotonicityTests {
  @Test func `Rises, falls and bends are counted`() {
    let falling = Monotonicity([4, 2.5, 1.5, 1, 0.8])
    #expect((falling.increases, falling.decreases, falling.concavities) == (0, 4, 0))
    #expect(falling.greatestRise == 0)
    let bump = Monotonicity([4, 2, 3, 2.5, 3.5, 1])
    #expect((bump.increases, bump.decreases) == (2, 3))
    #expect(bump.greatestRise == 1.5)
    #expect(bump.concavities == 2)
    #expect(Monotonicity([4, 2, 2.001, 1], tolerance: 0.01).increases == 0)
    // Unequal distances: a convex parabola stays convex.
    let x = [0.0, 0.1, 0.5, 0.6, 2]
    #expect(Monotonicity(x.map { $0 * $0 }, positions: x).concavities == 0)
    #expect(Monotonicity(x.map { -$0 * $0 }, positions: x).concavities == 3)
  }

  @Test func `A straight path has the length of its chord, a detour more`() {
    #expect(abs(tortuosity(of: [[0, 0], [1, 1], [3, 3]]) - 1) < 1e-15)
    #expect(tortuosity(of: [[0, 0], [0, 4], [3, 4]]) == 1.4)
    #expect(tortuosity(of: [[0], [1], [0]]) == .infinity)
    #expect(tortuosity(of: [[2, 2]]) == 1)
  }
}
