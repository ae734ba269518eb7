import Tables
public import Tensors

/// An array with a name and a shape, to be written to a file.
public struct NamedArray: Hashable, Sendable {
  public var name: String
  public var shape: [Int]
  public var numbers: PackedNumbers

  /// - Precondition: floats or doubles, as many as the shape has.
  public init(_ name: String, _ shape: [Int], _ numbers: PackedNumbers) {
    precondition(numbers.count == shape.reduce(1, *), "as many numbers as the shape of ‘\(name)’ has")
    self.name = name
    self.shape = shape
    self.numbers = numbers
  }
}

extension SafeTensors {
  /// The file of these arrays, in this order.
  /// - Precondition: all names differ.
  public static func bytes(of arrays: [NamedArray]) -> [UInt8] {
    var members: [JSON.Member] = []
    var data: [UInt8] = []
    for array in arrays {
      let start = data.count
      data += array.numbers.littleEndian
      func list(_ values: [Int]) -> JSON { .array(values.map { .number(String($0)) }) }
      members.append(
        .init(
          array.name,
          .object([
            .init("dtype", .string(array.numbers.isDouble ? "F64" : "F32")), .init("shape", list(array.shape)),
            .init("data_offsets", list([start, data.count])),
          ])))
    }
    precondition(Set(arrays.map(\.name)).count == arrays.count, "two arrays have the same name")
    var header = Array(JSON.object(members).text.utf8)
    // Readers map the file into memory, where numbers are best aligned.
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: header.count >> (8 * $0)) } + header + data
  }
}

extension NPY {
  /// The NPY file (version 1) of an array.
  static func bytes(of array: NamedArray) -> [UInt8] {
    let lengths = array.shape.map { "\($0)," }.joined(separator: " ")
    let type = array.numbers.isDouble ? "<f8" : "<f4"
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(lengths)), }"
    // Ten bytes before it; with the final newline a multiple of 64.
    header += String(repeating: " ", count: 63 - (10 + header.utf8.count) % 64) + "\n"
    let length = header.utf8.count
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)] + Array(header.utf8)
      + array.numbers.littleEndian
  }
}

/// The NPY file (version 1) of an array.
public func npyFile(of array: NamedArray) -> [UInt8] { NPY.bytes(of: array) }

extension PackedNumbers {
  fileprivate var isDouble: Bool { if case .doubles = self { true } else { false } }

  fileprivate var littleEndian: [UInt8] {
    func bytes<Number, Bits: FixedWidthInteger>(_ numbers: [Number], _ bits: (Number) -> Bits) -> [UInt8] {
      var result: [UInt8] = []
      result.reserveCapacity(numbers.count * Bits.bitWidth / 8)
      for number in numbers {
        var rest = bits(number)
        for _ in 0..<Bits.bitWidth / 8 {
          result.append(UInt8(truncatingIfNeeded: rest))
          rest >>= 8
        }
      }
      return result
    }
    switch self {
    case .floats(let values): return bytes(values, \.bitPattern)
    case .doubles(let values): return bytes(values, \.bitPattern)
    case .bytes: preconditionFailure("only floats and doubles are written")
    }
  }
}
