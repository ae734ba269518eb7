import Tensors

/// An array in NumPy's file format (NEP 1): a magic string, a version, a header that is a Python dictionary, then the
/// elements.
///
/// Versions 1 to 3, C order, and the element types `<f4`, `<f8`, `<i4`, `<i8`, `|u1`; plain or gzip.
struct NPY {
  enum Elements: Equatable {
    case bytes([UInt8])
    case integers([Int])
    case floats([Float])
    case doubles([Double])
  }

  let shape: [Int]
  let elements: Elements

  init(_ path: String) throws(DataError) {
    let file = try ByteFile(path)
    let start = try file.read(8)
    guard start.starts(with: [0x93] + Array("NUMPY".utf8)) else { throw DataError(notNPY, file: path) }
    guard (1...3).contains(start[6]) else { throw DataError(unknownVersion(start[6]), file: path) }
    let length = try file.read(start[6] == 1 ? 2 : 4).reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= 1 << 16 else { throw DataError(badHeader, file: path) }
    guard let header = NPYHeader(String(decoding: try file.read(length), as: UTF8.self)) else {
      throw DataError(badHeader, file: path)
    }
    guard !header.fortranOrder || header.shape.count < 2 else { throw DataError(fortran, file: path) }
    guard let size = ["<f4": 4, "<f8": 8, "<i4": 4, "<i8": 8, "|u1": 1][header.type] else {
      throw DataError(unknownType(header.type), file: path)
    }
    var count = 1
    for dimension in [size] + header.shape {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow, product <= file.mostBytes else { throw DataError(impossible(header.shape), file: path) }
      count = product
    }
    let bytes = try file.read(count)
    try file.finish()
    shape = header.shape
    switch header.type {
    case "<f4": elements = .floats(words(bytes, UInt32.self) { Float(bitPattern: $0) })
    case "<f8": elements = .doubles(words(bytes, UInt64.self) { Double(bitPattern: $0) })
    case "<i4": elements = .integers(words(bytes, UInt32.self) { Int(Int32(bitPattern: $0)) })
    case "<i8": elements = .integers(words(bytes, UInt64.self) { Int(Int64(bitPattern: $0)) })
    default: elements = .bytes(bytes)
    }
  }
}

/// Little-endian words, each as the number that it stands for.
func words<Word: FixedWidthInteger, Number>(
  _ bytes: some RandomAccessCollection<UInt8>, _ type: Word.Type, _ number: (Word) -> Number
) -> [Number] {
  var numbers: [Number] = []
  numbers.reserveCapacity(bytes.count / (Word.bitWidth / 8))
  var (word, shift) = (0 as Word, 0)
  for byte in bytes {
    word |= Word(truncatingIfNeeded: byte) << Word(truncatingIfNeeded: shift)
    shift += 8
    if shift == Word.bitWidth {
      numbers.append(number(word))
      (word, shift) = (0, 0)
    }
  }
  return numbers
}

/// `{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }`, read strictly.
struct NPYHeader: Equatable {
  var type: String
  var fortranOrder: Bool
  var shape: [Int]

  init(type: String, fortranOrder: Bool, shape: [Int]) {
    self.type = type
    self.fortranOrder = fortranOrder
    self.shape = shape
  }

  init?(_ text: String) {
    var rest = text.filter { $0 != " " && $0 != "\n" && $0 != "\0" }[...]
    func take(_ word: String) -> Bool {
      guard rest.hasPrefix(word) else { return false }
      rest = rest.dropFirst(word.count)
      return true
    }
    func quoted() -> String? {
      guard take("'") else { return nil }
      let word = rest.prefix { $0 != "'" }
      rest = rest.dropFirst(word.count)
      return take("'") ? String(word) : nil
    }
    var (type, order, shape): (String?, Bool?, [Int]?) = (nil, nil, nil)
    guard take("{") else { return nil }
    while !take("}") {
      guard let key = quoted(), take(":") else { return nil }
      switch key {
      case "descr" where type == nil: type = quoted()
      case "fortran_order" where order == nil: order = take("True") ? true : take("False") ? false : nil
      case "shape" where shape == nil:
        guard take("(") else { return nil }
        var lengths: [Int] = []
        while !take(")") {
          let digits = rest.prefix { $0.isASCII && $0.isNumber }
          rest = rest.dropFirst(digits.count)
          guard let length = Int(digits), take(",") || rest.first == ")" else { return nil }
          lengths.append(length)
        }
        shape = lengths
      default: return nil
      }
      guard take(",") || rest.first == "}" else { return nil }
    }
    guard rest.isEmpty, let type, let order, let shape else { return nil }
    self.init(type: type, fortranOrder: order, shape: shape)
  }
}

private let notNPY = "this is not an NPY file: it does not start with \\x93NUMPY"
private let badHeader = "the NPY header cannot be read"
private let fortran = "the array is in Fortran order; save it with numpy.ascontiguousarray"
private func unknownVersion(_ version: UInt8) -> String { "NPY version \(version) is not known" }
private func unknownType(_ type: String) -> String {
  "elements of type ‘\(type)’ are not supported; use float32, float64, int32, int64 or uint8"
}
private func impossible(_ shape: [Int]) -> String {
  "the header promises \(shape.map(String.init).joined(separator: "×")) elements, more than the file can hold"
}
