import Landscapes
import Testing

@Suite struct DiagramDistanceTests {
  let a = Diagram(intervals: topology.distances.a)
  let b = Diagram(intervals: topology.distances.b)

  @Test func `The bottleneck distance equals GUDHI's`() {
    #expect(abs(bottleneckDistance(a, b, dimension: 0) - topology.distances.bottleneck) < 1e-14)
    #expect(bottleneckDistance(a, b, dimension: 0) == bottleneckDistance(b, a, dimension: 0))
  }

  @Test func `Wasserstein distances equal SciPy's assignment`() {
    for reference in topology.distances.wasserstein {
      let distance = wassersteinDistance(a, b, dimension: 0, p: reference.p)
      #expect(abs(distance - reference.value) < 1e-12 * reference.value)
      #expect(abs(distance - wassersteinDistance(b, a, dimension: 0, p: reference.p)) < 1e-12)
    }
  }

  @Test func `A diagram is at distance 0 from itself and half its longest lifetime from none`() {
    #expect(bottleneckDistance(a, a, dimension: 0) == 0)
    #expect(wassersteinDistance(a, a, dimension: 0, p: 2) == 0)
    let none = Diagram()
    let half = a.pairs.map { $0.lifetime / 2 }
    #expect(bottleneckDistance(a, none, dimension: 0) == half.max())
    #expect(abs(wassersteinDistance(none, a, dimension: 0) - half.reduce(0, +)) < 1e-12)
  }

  @Test func `Essential classes are matched with one another, in order`() {
    let two = Diagram(intervals: [[0, .infinity], [3, .infinity]])
    let shifted = Diagram(intervals: [[3.5, .infinity], [0.25, .infinity]])
    #expect(bottleneckDistance(two, shifted, dimension: 0) == 0.5)
    #expect(abs(wassersteinDistance(two, shifted, dimension: 0, p: 2) - 0.3125.squareRoot()) < 1e-15)
    #expect(bottleneckDistance(two, Diagram(intervals: [[0, .infinity]]), dimension: 0) == .infinity)
    #expect(wassersteinDistance(two, Diagram(), dimension: 0) == .infinity)
  }

  @Test func `Two pairs that want the same partner are told apart`() {
    // Greedy matching would give (0, 10) its nearest, (0, 10.4), and leave 4 for the other.
    let p = Diagram(intervals: [[0, 10], [0, 11]])
    let q = Diagram(intervals: [[0, 10.4], [0, 9]])
    #expect(abs(bottleneckDistance(p, q, dimension: 0) - 1) < 1e-12)
  }
}
