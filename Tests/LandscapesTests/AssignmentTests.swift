import Fixtures
import Landscapes
import Tensors
import Testing

@Suite struct AssignmentTests {
  private struct Reference: Decodable {
    struct Case: Decodable {
      var cost: [[Double]]
      var columns: [Int]
      var total: Double
    }
    var cases: [Case]
  }

  @Test func `Assignments cost as little as SciPy's, and are the same where only one is best`() throws {
    let cases = try fixture("assignment", as: Reference.self).cases
    #expect(cases.count == 5)
    for (index, one) in cases.enumerated() {
      let cost = Matrix(rows: one.cost.count, columns: one.cost[0].count, one.cost.flatMap(\.self))
      let found = try assignment(minimizing: cost)
      #expect(Set(found).count == cost.rows)
      #expect(abs(found.indices.reduce(0) { $0 + cost[$1, found[$1]] } - one.total) < 1e-12)
      if index < 4 { #expect(found == one.columns) }
    }
  }

  @Test func `No exchange of two rows' columns is better`() throws {
    var stream = Stream(book: 1, run: 1, purpose: .probes(0))
    let count = 60
    let cost = Matrix(rows: count, columns: count, stream.normals(count * count))
    let found = try assignment(minimizing: cost)
    for i in 0..<count {
      for j in 0..<i {
        #expect(cost[i, found[i]] + cost[j, found[j]] <= cost[i, found[j]] + cost[j, found[i]] + 1e-12)
      }
    }
  }

  @Test func `Costs that are not finite are refused`() {
    #expect(throws: LandscapeError.self) { try assignment(minimizing: Matrix(rows: 1, columns: 2, [1, .nan])) }
  }
}
