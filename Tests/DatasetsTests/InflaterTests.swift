import Testing

@testable import Datasets

extension Inflater {
  /// Of bytes that are all at hand, supplied in pieces of a thousand.
  convenience init(_ bytes: [UInt8]) {
    var rest = bytes[...]
    self.init {
      defer { rest = rest.dropFirst(1000) }
      return rest.isEmpty ? nil : Array(rest.prefix(1000))
    }
  }
}

@Suite struct InflaterTests {
  let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0) }

  @Test func `Reading in pieces gives what was packed`() throws {
    let inflater = Inflater(gzip(bytes))
    #expect(try inflater.read(7) == Array(bytes[..<7]))
    #expect(try inflater.read(150_000) == Array(bytes[7..<150_007]))
    #expect(try inflater.read(1 << 20) == Array(bytes[150_007...]))
    #expect(try inflater.read(10).isEmpty)
    try inflater.finish()
  }

  @Test func `Compressed blocks inflate`() throws {
    // "aaaaaaaaaa…" (100 of them) as gzip -9 packs it.
    let packed: [UInt8] = [
      0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0xff, 0x4b, 0x4c, 0xa4, 0x3d, 0x00, 0x00, 0x64, 0x7a, 0x70,
      0xaf, 0x64, 0x00, 0x00, 0x00,
    ]
    let inflater = Inflater(packed)
    #expect(try inflater.read(200) == [UInt8](repeating: UInt8(ascii: "a"), count: 100))
    try inflater.finish()
  }

  @Test func `An empty stream is whole`() throws {
    let inflater = Inflater(gzip([]))
    #expect(try inflater.read(5).isEmpty)
    try inflater.finish()
  }

  @Test(arguments: [0, 1, 9, 10, 14, 5000, 200_032])
  func `A stream that is cut short is found`(length: Int) {
    #expect(throws: GzipError.truncated) {
      let inflater = Inflater(Array(gzip(bytes).prefix(length)))
      _ = try inflater.read(bytes.count)
      try inflater.finish()
    }
  }

  @Test(arguments: [10, 500, 150_000])
  func `A damaged stream is found`(position: Int) {
    var packed = gzip(bytes)
    packed[position] ^= 0x55
    #expect(throws: GzipError.damaged) {
      let inflater = Inflater(packed)
      _ = try inflater.read(bytes.count)
      try inflater.finish()
    }
  }

  @Test func `More than was expected is found`() throws {
    let inflater = Inflater(gzip(bytes))
    _ = try inflater.read(bytes.count - 1)
    #expect(throws: GzipError.longer) { try inflater.finish() }
  }

  @Test func `Bytes after the end are found`() throws {
    let inflater = Inflater(gzip(bytes) + [0, 0])
    _ = try inflater.read(bytes.count)
    #expect(throws: GzipError.followed) { try inflater.finish() }
  }

  @Test func `Anything can be asked of anything without a crash`() {
    for seed in 0..<200 {
      var packed = gzip(Array(bytes.prefix(300)))
      packed[seed] = UInt8(truncatingIfNeeded: seed &* 73 &+ 11)
      let inflater = Inflater(packed)
      _ = try? inflater.read(1000)
      _ = try? inflater.read(1000)
      try? inflater.finish()
    }
  }
}
