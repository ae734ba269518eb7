import Testing

@testable import Datasets

@Suite struct IDXTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func idx(_ dimensions: [UInt32], type: UInt8 = 8, _ elements: [UInt8]) -> [UInt8] {
    [0, 0, type, UInt8(dimensions.count)] + dimensions.flatMap(big) + elements
  }

  private func message(of bytes: [UInt8], rank: Int = 3) throws -> String? {
    let path = try folder.write("file", bytes)
    do throws(DataError) {
      let idx = try IDX(path, rank: rank)
      _ = try idx.elements()
      return nil
    } catch {
      #expect(error.file == path)
      return error.message
    }
  }

  @Test(arguments: [false, true])
  func `Dimensions and elements are read`(packed: Bool) throws {
    let bytes = idx([2, 1, 3], [1, 2, 3, 4, 5, 6])
    let file = try IDX(try folder.write("file", packed ? gzip(bytes) : bytes), rank: 3)
    #expect(file.dimensions == [2, 1, 3])
    #expect(try file.elements() == [1, 2, 3, 4, 5, 6])
  }

  @Test func `Wrong headers are said`() throws {
    #expect(
      try message(of: [1] + idx([1, 1, 1], [0])) == "this is not an IDX file: it does not start with two zero bytes")
    #expect(
      try message(of: idx([1, 1, 1], type: 13, [0]))
        == "elements of IDX type 13 are not supported; only unsigned bytes (8)")
    #expect(try message(of: idx([1], [0])) == "1 dimensions, but 3 are needed")
    #expect(try message(of: idx([4, 0, 1], [])) == "the header gives a dimension of 0")
  }

  @Test func `Wrong sizes are said`() throws {
    let longer = idx([1, 1, 2], [1, 2, 3])
    #expect(try message(of: []) == "the file is shorter than its header says")
    #expect(try message(of: Array(longer.prefix(9))) == "the file is shorter than its header says")
    #expect(try message(of: longer) == "the file is longer than its header says")
    #expect(try message(of: gzip(longer)) == "the file is longer than its header says")
    #expect(try message(of: gzip(idx([1, 1, 3], [1, 2]))) == "the file is shorter than its header says")
  }

  @Test(arguments: [false, true])
  func `Giant dimensions are refused before memory is asked for`(packed: Bool) throws {
    for dimensions: [UInt32] in [
      [0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [1, 1 << 31, 1 << 31], [60000, 2800, 2800],
    ] {
      let bytes = idx(dimensions, [1, 2, 3])
      let found = try message(of: packed ? gzip(bytes) : bytes)
      #expect(found?.hasPrefix("the header promises") == true)
      #expect(found?.hasSuffix("more than the file can hold") == true)
    }
  }
}
