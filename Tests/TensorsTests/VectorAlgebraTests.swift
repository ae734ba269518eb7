import Tensors
import Testing

struct VectorAlgebraTests {
  private func check<Element: Scalar>(_ type: Element.Type) {
    let a = Vector<Element>((1...5).map { Element($0) })
    var b = Vector<Element>([2, -1, 0, 4, -2])
    let kept = b
    #expect(a.dot(b) == 6)
    #expect(a.dot(2, at: 3, with: b, at: 0) == 3)
    #expect(Vector<Element>([3, 4]).norm == 5)
    b.add(2, times: a)
    #expect(b.array == [4, 3, 6, 12, 8])
    b.add(-1, times: a, at: 3, 2, to: 0)
    #expect(b.array == [0, -2, 6, 12, 8])
    b.scale(by: 0.5)
    #expect(b.array == [0, -1, 3, 6, 4])
    // Copies share until one is written.
    #expect(kept.array == [2, -1, 0, 4, -2])
    #expect(Vector<Element>(zeros: 0).norm == 0)
  }

  @Test("Products, sums and lengths are those of the definition, in both precisions, and copies keep their numbers")
  func algebra() {
    check(Float.self)
    check(Double.self)
  }
}
