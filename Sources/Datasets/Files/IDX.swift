/// A file of the IDX format (LeCun's MNIST): two zero bytes, the type of the elements, the number of dimensions, then
/// the dimensions as big-endian 32-bit numbers and the elements, the last index fastest.
///
/// Only unsigned bytes (type 8), as in MNIST and its relatives; plain or gzip.
struct IDX {
  let dimensions: [Int]
  private let file: ByteFile

  /// Reads the header.
  /// - Parameter rank: how many dimensions there must be.
  init(_ path: String, rank: Int) throws(DataError) {
    file = try ByteFile(path)
    let magic = try file.read(4)
    guard magic[0] == 0, magic[1] == 0 else { throw DataError(notIDX, file: path) }
    guard magic[2] == 8 else { throw DataError(wrongType(magic[2]), file: path) }
    guard magic[3] == rank else { throw DataError(wrongRank(Int(magic[3]), rank), file: path) }
    var dimensions: [Int] = []
    for _ in 0..<rank { dimensions.append(try file.read(4).reduce(0) { $0 << 8 | Int($1) }) }
    var count = 1
    for dimension in dimensions {
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard dimension > 0 else { throw DataError(emptyDimension, file: path) }
      guard !overflow, product <= file.mostBytes else { throw DataError(impossible(dimensions), file: path) }
      count = product
    }
    self.dimensions = dimensions
  }

  /// Reads the elements; the file must end with them.
  func elements() throws(DataError) -> [UInt8] {
    let bytes = try file.read(dimensions.reduce(1, *))
    try file.finish()
    return bytes
  }
}

private let notIDX = "this is not an IDX file: it does not start with two zero bytes"
private let emptyDimension = "the header gives a dimension of 0"
private func wrongType(_ type: UInt8) -> String {
  "elements of IDX type \(type) are not supported; only unsigned bytes (8)"
}
private func wrongRank(_ rank: Int, _ wanted: Int) -> String { "\(rank) dimensions, but \(wanted) are needed" }
private func impossible(_ dimensions: [Int]) -> String {
  "the header promises \(dimensions.map(String.init).joined(separator: "×")) bytes, more than the file can hold"
}
