import Tables
public import Tensors

/// A file of named arrays in the safetensors format: eight bytes with the length of a JSON header, the header, then
/// the numbers, little-endian and without gaps (github.com/huggingface/safetensors).
///
/// Looking at a file reads its header only, and checks that it describes the file exactly.
public struct SafeTensors: Sendable {
  public struct Entry: Hashable, Sendable {
    public var name: String
    /// As the format calls it: `F32`, `I64`, …
    public var type: String
    public var shape: [Int]
    /// Where its bytes are, counted from the end of the header.
    public var range: Range<Int>
  }

  /// In the order of their bytes.
  public let entries: [Entry]
  /// Absolute.
  public let path: String
  private let name: String
  private let headerLength: Int
  private let dataLength: Int

  /// Reads the header.
  /// - Parameters:
  ///   - path: absolute.
  ///   - name: what the author calls the file; messages name it so.
  public init(_ path: String, name: String) throws(DataError) {
    do throws(DataError) {
      let file = try ByteFile(path)
      guard file.mostBytes == file.storedSize else { throw DataError(packed) }
      let length = words(try file.read(8), UInt64.self) { $0 }[0]
      guard file.storedSize >= 8, length <= UInt64(file.storedSize - 8), length <= 100_000_000 else {
        throw DataError(longHeader(length))
      }
      headerLength = Int(length)
      dataLength = file.storedSize - 8 - headerLength
      entries = try SafeTensors.entries(in: try file.read(headerLength), dataLength: dataLength)
    } catch {
      throw DataError(error.message, file: name, hints: error.hints)
    }
    self.path = path
    self.name = name
  }

  /// What a header says, checked against the number of bytes that follow it.
  static func entries(in header: [UInt8], dataLength: Int) throws(DataError) -> [Entry] {
    let json: JSON
    do { json = try JSON(parsing: header) } catch { throw DataError(notJSON(error.message, error.offset)) }
    guard let members = json.members else { throw DataError(notJSON("not a map of tensors", 0)) }
    var entries: [Entry] = []
    for member in members where member.name != "__metadata__" {
      let name = member.name
      guard let type = member.value["dtype"]?.string,
        let shape = member.value["shape"]?.array?.map(\.integer), let lengths = all(shape),
        let offsets = member.value["data_offsets"]?.array?.map(\.integer), let bounds = all(offsets), bounds.count == 2,
        lengths.allSatisfy({ $0 >= 0 })
      else { throw DataError(badEntry(name)) }
      guard let size = sizes[type] else { throw DataError(unknownType(type, name)) }
      guard bounds[0] >= 0, bounds[0] <= bounds[1], bounds[1] <= dataLength else {
        throw DataError(outside(name, bounds, dataLength))
      }
      var bytes = size
      for length in lengths {
        let (product, overflow) = bytes.multipliedReportingOverflow(by: length)
        guard !overflow else { throw DataError(wrongSize(name, type, lengths, bounds[1] - bounds[0])) }
        bytes = product
      }
      guard bytes == bounds[1] - bounds[0] else {
        throw DataError(wrongSize(name, type, lengths, bounds[1] - bounds[0]))
      }
      entries.append(Entry(name: name, type: type, shape: lengths, range: bounds[0]..<bounds[1]))
    }
    entries.sort { ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound) }
    var end = 0
    for entry in entries {
      if entry.range.lowerBound < end { throw DataError(overlapping(entry.name)) }
      if entry.range.lowerBound > end { throw DataError(gap(end, entry.range.lowerBound)) }
      end = entry.range.upperBound
    }
    guard end == dataLength else { throw DataError(gap(end, dataLength)) }
    return entries
  }

  /// The numbers of some entries. Reads the file.
  /// - Throws: also when the file changed since it was looked at, and for elements that are not floating-point.
  public func numbers(of wanted: [Entry]) throws(DataError) -> [PackedNumbers] {
    do throws(DataError) {
      let file = try ByteFile(path)
      guard file.storedSize == 8 + headerLength + dataLength else { throw DataError(changed) }
      _ = try file.read(8)
      guard try SafeTensors.entries(in: try file.read(headerLength), dataLength: dataLength) == entries else {
        throw DataError(changed)
      }
      // As parameters are few in a file, it is held whole.
      let data = try file.read(dataLength)
      var numbers: [PackedNumbers] = []
      for entry in wanted { numbers.append(try entry.numbers(in: data)) }
      return numbers
    } catch {
      throw DataError(error.message, file: name, hints: error.hints)
    }
  }

  /// Bytes of an element of each type that the format knows.
  private static let sizes = [
    "F64": 8, "F32": 4, "F16": 2, "BF16": 2, "F8_E4M3": 1, "F8_E5M2": 1, "I64": 8, "I32": 4, "I16": 2, "I8": 1,
    "U64": 8, "U32": 4, "U16": 2, "U8": 1, "BOOL": 1, "C64": 8,
  ]
}

extension SafeTensors.Entry {
  /// Whether parameters can be read from it.
  public var isFloatingPoint: Bool { ["F64", "F32", "F16", "BF16"].contains(type) }

  fileprivate func numbers(in data: [UInt8]) throws(DataError) -> PackedNumbers {
    let bytes = data[range]
    let numbers: PackedNumbers
    switch type {
    case "F64": numbers = .doubles(words(bytes, UInt64.self) { Double(bitPattern: $0) })
    case "F32": numbers = .floats(words(bytes, UInt32.self) { Float(bitPattern: $0) })
    case "F16": numbers = .floats(words(bytes, UInt16.self) { Float(halfPrecision: $0) })
    case "BF16": numbers = .floats(words(bytes, UInt16.self) { Float(bitPattern: UInt32($0) << 16) })
    default: throw DataError(notFloating(self))
    }
    let unfit: Int?
    switch numbers {
    case .floats(let values): unfit = values.firstIndex { !$0.isFinite }
    case .doubles(let values): unfit = values.firstIndex { !$0.isFinite }
    case .bytes: unfit = nil
    }
    if let unfit { throw DataError(notFinite(name, unfit)) }
    return numbers
  }
}

extension Float {
  /// IEEE 754 half precision: a sign, five bits of exponent, ten of fraction.
  init(halfPrecision bits: UInt16) {
    let (exponent, fraction) = (Int(bits >> 10) & 0x1f, Float(bits & 0x3ff))
    let magnitude: Float =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Float(sign: .plus, exponent: exponent - 15, significand: 1 + fraction * 0x1p-10)
      }
    self = bits >> 15 == 1 ? -magnitude : magnitude
  }
}

/// The values, if none is missing.
private func all(_ values: [Int?]) -> [Int]? {
  let known = values.compactMap(\.self)
  return known.count == values.count ? known : nil
}

private let packed = "the file is packed with gzip; unpack it first"
private let changed = "the file changed since it was checked"
private func longHeader(_ length: UInt64) -> String {
  "this is no safetensors file: it promises a header of \(length) bytes, more than it holds"
}
private func notJSON(_ message: String, _ offset: Int) -> String {
  "the header is no map of tensors: \(message), at byte \(8 + offset)"
}
private func badEntry(_ name: String) -> String {
  "the header does not give ‘dtype’, ‘shape’ and ‘data_offsets’ of tensor ‘\(name)’ as the format has them"
}
private func unknownType(_ type: String, _ name: String) -> String {
  "tensor ‘\(name)’ has elements of an unknown type ‘\(type)’"
}
private func outside(_ name: String, _ bounds: [Int], _ length: Int) -> String {
  "tensor ‘\(name)’ lies at bytes \(bounds[0]) to \(bounds[1]), but there are \(length)"
}
private func wrongSize(_ name: String, _ type: String, _ shape: [Int], _ bytes: Int) -> String {
  "tensor ‘\(name)’ has \(bytes) bytes, which is not \(described(shape)) of \(type)"
}
private func overlapping(_ name: String) -> String { "tensor ‘\(name)’ overlaps another" }
private func gap(_ start: Int, _ end: Int) -> String { "no tensor owns bytes \(start) to \(end)" }
private func notFloating(_ entry: SafeTensors.Entry) -> String {
  "tensor ‘\(entry.name)’ has elements of type \(entry.type); parameters are floating-point: F64, F32, F16 or BF16"
}
private func notFinite(_ name: String, _ index: Int) -> String {
  "element \(index) (counted from 0) of tensor ‘\(name)’ is not a finite number"
}
private func described(_ shape: [Int]) -> String {
  shape.isEmpty ? "one element" : shape.map(String.init).joined(separator: "×")
}
