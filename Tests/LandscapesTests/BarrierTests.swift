import Landscapes
import Testing

@Suite struct BarrierTests {
  @Test func `A barrier is measured from the line between the ends' losses, between the ends`() throws {
    let t = [-0.5, 0, 0.25, 0.5, 0.75, 1, 1.5]
    let barrier = try Barrier(positions: t, losses: [9, 1, 2, 3.5, 3, 2, 9])
    #expect(barrier.height == 2)
    #expect(barrier.position == 0.5)
    #expect(try Barrier(positions: [0, 0.5, 1], losses: [1, 0.2, 2]) == Barrier(positions: [0, 1], losses: [1, 2]))
    #expect(try Barrier(positions: [0, 0.5, 1], losses: [1, 0.2, 2]).height == 0)
    #expect(try Barrier(positions: [0, 0.5, 1], losses: [1, .infinity, 2]).height == .infinity)
    #expect(try Barrier(positions: [0, 0.5, 0.7, 1], losses: [1, .nan, 9, 2]).height.isNaN)
    #expect(throws: LandscapeError.self) { try Barrier(positions: [0.1, 0.9], losses: [1, 2]) }
  }
}
