internal import COpenBLAS

extension Vector {
  /// Writes rows of `width` packed numbers one after the other, from the front: a batch of a data set.
  /// - Precondition: the rows are there, and fit.
  public mutating func gather(_ rows: ArraySlice<Int>, width: Int, of numbers: PackedNumbers) {
    precondition(rows.count * width <= count, "the batch has no room for these rows")
    precondition(width == 0 || rows.allSatisfy { $0 >= 0 && ($0 + 1) * width <= numbers.count }, "no such row")
    makeUnique()
    switch numbers {
    case .bytes(let bytes, let table): unsafe Element.gather(rows, width, bytes, table, base)
    case .floats(let values): unsafe Element.gather(rows, width, values, base)
    case .doubles(let values): unsafe Element.gather(rows, width, values, base)
    }
  }

  /// Writes the numbers of these classes one after the other, from the front.
  /// - Precondition: the rows are there, and fit.
  public mutating func gather(_ rows: ArraySlice<Int>, of labels: [Int32]) {
    precondition(rows.count <= count, "the batch has no room for these rows")
    makeUnique()
    unsafe Element.gather(rows, labels, base)
  }
}

// The kernels, once for each type: `Scalar` says why.

extension Float {
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ bytes: [UInt8], _ table: ByteTable, _ target: UnsafeMutablePointer<Float>
  ) { unsafe lookUp(rows, width, bytes, table.floats, table.run, target) }
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ values: [Float], _ target: UnsafeMutablePointer<Float>
  ) { unsafe Tensors.gather(rows, width, values, target) { $0 } }
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ values: [Double], _ target: UnsafeMutablePointer<Float>
  ) { unsafe Tensors.gather(rows, width, values, target) { Float($0) } }
  public static func gather(_ rows: ArraySlice<Int>, _ labels: [Int32], _ target: UnsafeMutablePointer<Float>) {
    unsafe Tensors.gather(rows, 1, labels, target) { Float($0) }
  }
}

extension Double {
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ bytes: [UInt8], _ table: ByteTable, _ target: UnsafeMutablePointer<Double>
  ) { unsafe lookUp(rows, width, bytes, table.doubles, table.run, target) }
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ values: [Float], _ target: UnsafeMutablePointer<Double>
  ) { unsafe Tensors.gather(rows, width, values, target) { Double($0) } }
  public static func gather(
    _ rows: ArraySlice<Int>, _ width: Int, _ values: [Double], _ target: UnsafeMutablePointer<Double>
  ) { unsafe Tensors.gather(rows, width, values, target) { $0 } }
  public static func gather(_ rows: ArraySlice<Int>, _ labels: [Int32], _ target: UnsafeMutablePointer<Double>) {
    unsafe Tensors.gather(rows, 1, labels, target) { Double($0) }
  }
}

@inline(__always)
private func gather<Source, Target>(
  _ rows: ArraySlice<Int>, _ width: Int, _ values: [Source], _ target: UnsafeMutablePointer<Target>,
  _ convert: (Source) -> Target
) {
  var target = unsafe target
  unsafe values.withUnsafeBufferPointer { values in
    for row in rows {
      let source = values.extracting(row * width..<(row + 1) * width)
      for index in 0..<width { unsafe target[index] = convert(unsafe source[index]) }
      unsafe target += width
    }
  }
}

/// One load a byte: the same bits as the arithmetic that filled the table, and no slower.
///
/// Rows come from anywhere, and waiting for their first bytes took four fifths of the time: the rows after the next are
/// asked for ahead.
@inline(__always)
private func lookUp<Target>(
  _ rows: ArraySlice<Int>, _ width: Int, _ bytes: [UInt8], _ table: [Target], _ run: Int,
  _ target: UnsafeMutablePointer<Target>
) {
  var target = unsafe target
  unsafe bytes.withUnsafeBufferPointer { bytes in
    unsafe table.withUnsafeBufferPointer { table in
      for (index, row) in zip(rows.indices, rows) {
        if index + 2 < rows.endIndex {
          let ahead = unsafe bytes.baseAddress! + rows[index + 2] * width
          for line in stride(from: 0, to: width, by: 64) { unsafe prefetchMemory(ahead + line) }
        }
        var channel = 0
        for start in stride(from: row * width, to: (row + 1) * width, by: max(1, run)) {
          let count = min(run, (row + 1) * width - start)
          let source = unsafe bytes.baseAddress! + start
          let numbers = unsafe table.baseAddress! + channel
          for index in 0..<count { unsafe target[index] = numbers[Int(unsafe source[index])] }
          unsafe target += count
          // A row of more runs than channels begins anew: a sample within a longer row.
          channel = channel + 256 == table.count ? 0 : channel + 256
        }
      }
    }
  }
}
