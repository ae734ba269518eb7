import Tensors
import Testing

@Suite struct VectorTests {
  @Test func `Copies share until one is written`() {
    let a = Vector<Float>([1, 2, 3])
    var b = a
    b[1] = 9
    #expect(a.array == [1, 2, 3])
    #expect(b.array == [1, 9, 3])
    var c = b
    c.replace(from: 1, with: [7, 8])
    #expect(b.array == [1, 9, 3])
    #expect(c.array == [1, 7, 8])
    var d = c
    d.copy(2, from: a, at: 0, to: 1)
    #expect(c.array == [1, 7, 8])
    #expect(d.array == [1, 1, 2])
  }

  @Test func `Equality is that of bits`() {
    #expect(Vector<Double>([.nan]) == Vector([.nan]))
    #expect(Vector<Double>([0]) != Vector([-0.0]))
    #expect(Vector<Double>([1]) != Vector([1, 1]))
    #expect(Vector<Double>(zeros: 3) == Vector(repeating: 0, count: 3))
  }

  @Test func `Precisions convert`() {
    #expect(Vector<Double>([0.1, 2]).converted(to: Float.self).array == [0.1 as Float, 2])
    #expect(Vector<Float>([0.5]).converted(to: Double.self)[0..<1] == [0.5])
  }
}
