import Testing

@testable import Datasets

/// An NPY file as NumPy writes it.
func npy(_ type: String, _ shape: String, _ data: [UInt8], version: UInt8 = 1, order: String = "False") -> [UInt8] {
  let header = Array("{'descr': '\(type)', 'fortran_order': \(order), 'shape': \(shape), }      \n".utf8)
  let length = version == 1 ? little(UInt16(header.count)) : little(UInt32(header.count))
  return [0x93] + Array("NUMPY".utf8) + [version, 0] + length + header + data
}

@Suite struct NPYTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func read(_ bytes: [UInt8]) throws -> NPY { try NPY(try folder.write("array.npy", bytes)) }

  private func message(of bytes: [UInt8]) throws -> String? {
    let path = try folder.write("array.npy", bytes)
    do throws(DataError) {
      _ = try NPY(path)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `Every supported type is read`() throws {
    let floats = try read(npy("<f4", "(2, 1)", [1.5 as Float, -0.25].flatMap { little($0.bitPattern) }))
    #expect(floats.shape == [2, 1])
    #expect(floats.elements == .floats([1.5, -0.25]))
    #expect(try read(npy("<f8", "(1,)", little((0.1 as Double).bitPattern))).elements == .doubles([0.1]))
    #expect(
      try read(npy("<i4", "(2,)", little(-7 as Int32) + little(Int32.max))).elements == .integers([-7, 2_147_483_647]))
    #expect(try read(npy("<i8", "(1,)", little(Int64.min))).elements == .integers([.min]))
    #expect(try read(npy("|u1", "(3,)", [0, 128, 255])).elements == .bytes([0, 128, 255]))
  }

  @Test func `Versions, scalars, empty arrays and gzip are read`() throws {
    for version in UInt8(1)...3 {
      #expect(try read(npy("|u1", "(2, 2)", [1, 2, 3, 4], version: version)).shape == [2, 2])
    }
    #expect(try read(npy("|u1", "()", [9])).shape == [])
    #expect(try read(npy("|u1", "(0, 5)", [])).elements == .bytes([]))
    #expect(try read(gzip(npy("|u1", "(1,)", [4]))).elements == .bytes([4]))
    #expect(try read(npy("|u1", "(2,)", [1, 2], order: "True")).shape == [2])
  }

  @Test func `Everything else is refused in words`() throws {
    #expect(
      try message(of: Array("PK hello, world".utf8)) == "this is not an NPY file: it does not start with \\x93NUMPY")
    #expect(try message(of: npy("|u1", "(1,)", [4], version: 4)) == "NPY version 4 is not known")
    #expect(
      try message(of: npy(">f8", "(1,)", [0, 0, 0, 0, 0, 0, 0, 0]))
        == "elements of type ‘>f8’ are not supported; use float32, float64, int32, int64 or uint8")
    #expect(
      try message(of: npy("|u1", "(2, 2)", [1, 2, 3, 4], order: "True"))
        == "the array is in Fortran order; save it with numpy.ascontiguousarray")
    #expect(try message(of: npy("|u1", "(3,)", [1, 2, 3, 4])) == "the file is longer than its header says")
    #expect(
      try message(of: Array(npy("|u1", "(3,)", [1, 2, 3]).prefix(30))) == "the file is shorter than its header says")
    #expect(
      try message(of: npy("<f8", "(4611686018427387904, 4)", []))
        == "the header promises 4611686018427387904×4 elements, more than the file can hold")
  }

  @Test(
    arguments: [
      "", "{", "{}", "{'descr': '<f8'}", "{'descr': '<f8', 'fortran_order': False, 'shape': (1}", "['descr']",
      "{'descr': '<f8', 'fortran_order': 0, 'shape': (1,)}", "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)} x", "{'descr': [('a', '<f8')], 'shape': (1,)}",
      "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    ])
  func `A header that is not one is refused`(text: String) { #expect(NPYHeader(text) == nil) }

  @Test func `Headers are read`() {
    #expect(
      NPYHeader("{'shape': (3, 4), 'fortran_order': True, 'descr': '|u1'}")
        == NPYHeader(type: "|u1", fortranOrder: true, shape: [3, 4]))
  }
}
