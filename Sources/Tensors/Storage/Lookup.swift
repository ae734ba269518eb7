extension Vector where Element == Float {
  /// Each byte's number in a table: pixels as the values that a network sees.
  /// - Precondition: the table has 256 numbers.
  public init(_ bytes: [UInt8], table: [Float]) {
    precondition(table.count == 256, "a number for every byte")
    self.init(count: bytes.count)
    unsafe table.withUnsafeBufferPointer { table in
      for index in bytes.indices { unsafe base[index] = table[Int(bytes[index])] }
    }
  }

  /// Memory whose every element is about to be written.
  private init(count: Int) { storage = Storage(count: count) }
}
