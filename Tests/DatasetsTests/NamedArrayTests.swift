import Tensors
import Testing

@testable import Datasets

@Suite struct NamedArrayTests {
  @Test(arguments: [[], [3], [2, 3], [1, 2, 3]])
  func `An NPY file is read back`(shape: [Int]) throws {
    let folder = try Folder()
    let count = shape.reduce(1, *)
    let values = (0..<count).map { Double($0) / 3 }
    let doubles = npyFile(of: NamedArray("a", shape, .doubles(values)))
    let floats = npyFile(of: NamedArray("a", shape, .floats(values.map(Float.init))))
    // The numbers begin at a multiple of 64, as NumPy has it.
    #expect((doubles.count - 8 * count) % 64 == 0)
    let read = try NPY(try folder.write("a.npy", doubles))
    #expect(read.shape == shape && read.elements == .doubles(values))
    #expect(try NPY(try folder.write("b.npy", floats)).elements == .floats(values.map(Float.init)))
  }
}
