@testable import Landscapes
import Tensors
import Testing

@Suite struct OrderingTests {
  @Test func `Sorting by bits is sorting by value, equal ones by index`() {
    var stream = Stream(book: 0, run: 0, purpose: .data("order"))
    let tiny = Double.leastNonzeroMagnitude
    var values = stream.normals(3000) + stream.uniforms(500, from: -1e-300, to: 1e-300)
    values += [0, -0.0, .infinity, -.infinity, tiny, -tiny] + (0..<900).map { Double($0 % 7) - 3 }
    let expected = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    #expect(order(of: values).map { Int($0) } == expected)
    #expect(order(of: [2, -1, 2, 0]) == [1, 3, 0, 2])
    #expect(order(of: Array(repeating: 4, count: 1000)) == Array(0..<1000))
  }
}
