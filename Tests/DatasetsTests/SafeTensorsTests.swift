import Tensors
import Testing

@testable import Datasets

@Suite struct SafeTensorsTests {
  let folder: Folder

  init() throws { folder = try Folder() }

  private func file(_ header: String, _ data: [UInt8]) -> [UInt8] {
    little(UInt64(header.utf8.count)) + Array(header.utf8) + data
  }

  private func read(_ bytes: [UInt8]) throws -> SafeTensors {
    try SafeTensors(try folder.write("model.safetensors", bytes), name: "model.safetensors")
  }

  private func message(_ bytes: [UInt8]) throws -> String? {
    let path = try folder.write("model.safetensors", bytes)
    do throws(DataError) {
      let file = try SafeTensors(path, name: "m")
      _ = try file.numbers(of: file.entries)
      return nil
    } catch {
      #expect(error.file == "m")
      return error.message
    }
  }

  @Test func `Tensors of each floating-point type are read`() throws {
    let header =
      #"{"__metadata__":{"format":"pt"},"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"#
      + #""f":{"dtype":"F32","shape":[2,1],"data_offsets":[8,16]},"h":{"dtype":"F16","shape":[3],"data_offsets":[16,22]},"#
      + #""b":{"dtype":"BF16","shape":[],"data_offsets":[22,24]},"e":{"dtype":"F32","shape":[0,4],"data_offsets":[24,24]}}   "#
    let data =
      little((0.1 as Double).bitPattern) + little((1.5 as Float).bitPattern) + little((-2 as Float).bitPattern)
      // 1, −2⁻²⁴ (the smallest), 65504 (the largest); −1.5.
      + little(0x3c00 as UInt16) + little(0x8001 as UInt16) + little(0x7bff as UInt16) + little(0xbfc0 as UInt16)
    let file = try read(file(header, data))
    #expect(file.entries.map(\.name) == ["d", "f", "h", "b", "e"])
    #expect(file.entries[1].shape == [2, 1])
    let numbers = try file.numbers(of: file.entries)
    #expect(
      numbers == [.doubles([0.1]), .floats([1.5, -2]), .floats([1, -0x1p-24, 65504]), .floats([-1.5]), .floats([])])
  }

  @Test func `What is written is read back`() throws {
    let arrays = [
      NamedArray("linear-1.weight", [2, 3], .doubles([1, 2, 3, 0.1, -1e300, .leastNonzeroMagnitude])),
      NamedArray("bias \"b\"", [2], .floats([0.1, -0.0])), NamedArray("slope", [], .floats([0.25])),
    ]
    let bytes = SafeTensors.bytes(of: arrays)
    let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
    #expect(header % 8 == 0)
    let file = try read(bytes)
    #expect(file.entries.map(\.name) == arrays.map(\.name))
    #expect(file.entries.map(\.shape) == arrays.map(\.shape))
    #expect(try file.numbers(of: file.entries) == arrays.map(\.numbers))
  }

  @Test func `Whole numbers are no parameters, but other tensors beside them are read`() throws {
    let header =
      #"{"n":{"dtype":"I64","shape":[],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}}"#
    let bytes = file(header, [UInt8](repeating: 0, count: 12))
    #expect(
      try message(bytes) == "tensor ‘n’ has elements of type I64; parameters are floating-point: F64, F32, F16 or BF16")
    let file = try read(bytes)
    #expect(try file.numbers(of: [file.entries[1]]) == [.floats([0])])
  }

  @Test func `What is wrong is said in words`() throws {
    let good = #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
    let data = [UInt8](repeating: 0, count: 8)
    #expect(try message(file(good, data)) == nil)
    #expect(try message([1, 2, 3]) == "the file is shorter than its header says")
    #expect(
      try message([UInt8](repeating: 0xff, count: 16))
        == "this is no safetensors file: it promises a header of 18446744073709551615 bytes, more than it holds")
    #expect(try message(little(UInt64(9)) + data)?.contains("header of 9 bytes, more than it holds") == true)
    #expect(try message(file("hello {}", data))?.hasPrefix("the header is no map of tensors: ") == true)
    #expect(try message(file("[1, 2]", data))?.contains("not a map of tensors") == true)
    #expect(try message(gzip(file(good, data))) == "the file is packed with gzip; unpack it first")
    func says(_ header: String, _ message: String, _ location: SourceLocation = #_sourceLocation) throws {
      #expect(try self.message(file(header, data)) == message, sourceLocation: location)
    }
    try says(
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}}"#, "tensor ‘w’ lies at bytes 0 to 16, but there are 8")
    try says(
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}"#, "tensor ‘w’ lies at bytes 8 to 0, but there are 8")
    try says(
      #"{"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}"#, "tensor ‘w’ has 8 bytes, which is not 3 of F32")
    try says(
      #"{"w":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#, "tensor ‘w’ has 8 bytes, which is not 2 of F64")
    try says(
      #"{"w":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
      "tensor ‘w’ has 8 bytes, which is not 4611686018427387904×4 of F32")
    try says(
      #"{"w":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}}"#, "tensor ‘w’ has elements of an unknown type ‘F99’")
    try says(
      #"{"v":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
      "tensor ‘w’ overlaps another")
    try says(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#, "no tensor owns bytes 0 to 4")
    try says(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "no tensor owns bytes 4 to 8")
    for header in [
      #"{"w":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}}"#, #"{"w":{"dtype":"F32","shape":[2]}}"#,
      #"{"w":{"dtype":"F32","shape":2,"data_offsets":[0,8]}}"#,
      #"{"w":{"dtype":"F32","shape":[2.0],"data_offsets":[0,8]}}"#,
      #"{"w":{"dtype":32,"shape":[2],"data_offsets":[0,8]}}"#,
      #"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}"#,
      #"{"w":7}"#, #"{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}"#,
    ] {
      try says(
        header,
        "the header does not give ‘dtype’, ‘shape’ and ‘data_offsets’ of tensor ‘w’ as the format has them")
    }
    #expect(
      try message(file(#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{}}"#, data))?.contains(
        "‘w’ is named twice") == true)
    let infinite = little((1 as Float).bitPattern) + little(Float.infinity.bitPattern)
    #expect(
      try message(file(good, infinite)) == "element 1 (counted from 0) of tensor ‘w’ is not a finite number")
  }

  @Test func `A file that changed since it was looked at is refused`() throws {
    let before = try read(SafeTensors.bytes(of: [NamedArray("w", [1], .floats([1]))]))
    try folder.write("model.safetensors", SafeTensors.bytes(of: [NamedArray("v", [1], .floats([1]))]))
    #expect(throws: DataError.self) { try before.numbers(of: before.entries) }
    #expect(throws: DataError("there is no such file; paths start at the book's folder", file: "gone")) { try SafeTensors("/gone", name: "gone") }
  }

  /// A few thousand damaged files: each is read or refused, none crashes, hangs or asks for much memory.
  @Test func `No damage to a file does more than make it refused`() throws {
    let good = SafeTensors.bytes(of: [
      NamedArray("0.weight", [2, 2], .floats([1, 2, 3, 4])), NamedArray("0.bias", [2], .doubles([5, 6])),
    ])
    var stream = Stream(book: 1, run: 1, purpose: .data("damage"))
    var refused = 0
    for round in 0..<3000 {
      var bytes = good
      switch round % 4 {
      case 0: bytes = Array(bytes.prefix(Int(stream.integer(below: UInt32(bytes.count)))))
      case 1:
        let digits = Array("0123456789{}[]\",:F-e".utf8)
        for _ in 0...stream.integer(below: 3) {
          bytes[8 + Int(stream.integer(below: UInt32(bytes.count - 8)))] =
            digits[Int(stream.integer(below: UInt32(digits.count)))]
        }
      case 2:
        for _ in 0...stream.integer(below: 8) {
          bytes[Int(stream.integer(below: UInt32(bytes.count)))] = UInt8(truncatingIfNeeded: stream.next())
        }
      default: bytes[Int(stream.integer(below: 8))] = UInt8(truncatingIfNeeded: stream.next())
      }
      if try message(bytes) != nil { refused += 1 }
    }
    #expect(refused > 2000, "\(refused)")
  }
}
