import Tensors
import Testing

@Suite struct LookupTests {
  @Test func `Each byte becomes its number in the table`() {
    let table = (0..<256).map { Float($0) / 2 }
    #expect(Vector([0, 255, 3], table: table).array == [0, 127.5, 1.5])
    #expect(Vector([], table: table).count == 0)
  }
}
