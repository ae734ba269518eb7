import Testing

@testable import Datasets

@Suite struct ByteFileTests {
  let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }

  @Test(arguments: [false, true])
  func `Plain and gzip files read alike`(packed: Bool) throws {
    let folder = try Folder()
    var file = try ByteFile(try folder.write("file", packed ? gzip(bytes) : bytes))
    #expect(try file.read(10) == Array(bytes[..<10]))
    #expect(try file.readAll(limit: 990) == Array(bytes[10...]))
    try file.finish()
  }

  @Test func `A missing file says its name`() {
    #expect(throws: DataError("the file cannot be read", file: "/nowhere/file")) { try ByteFile("/nowhere/file") }
  }

  @Test func `A folder is no file`() throws {
    let folder = try Folder()
    #expect(throws: DataError("the file cannot be read", file: folder.path)) { try ByteFile(folder.path) }
    #expect(throws: DataError("the file cannot be read", file: folder.path)) { try ByteFile(folder.path, prefix: 10) }
  }

  @Test(arguments: [false, true])
  func `A file that is too short or too long says so`(packed: Bool) throws {
    let folder = try Folder()
    let path = try folder.write("file", packed ? gzip(bytes) : bytes)
    #expect(throws: DataError.self) {
      var file = try ByteFile(path)
      _ = try file.read(1001)
    }
    #expect(throws: DataError("the file holds more than 999 bytes", file: path)) {
      var file = try ByteFile(path)
      _ = try file.readAll(limit: 999)
    }
    #expect(throws: DataError("the file is longer than its header says", file: path)) {
      var file = try ByteFile(path)
      _ = try file.read(999)
      try file.finish()
    }
  }

  @Test func `The beginning is enough for a header`() throws {
    let folder = try Folder()
    var file = try ByteFile(try folder.write("file", gzip(bytes)), prefix: 64)
    #expect(try file.read(16) == Array(bytes[..<16]))
    #expect(file.storedSize == gzip(bytes).count)
    #expect(file.mostBytes == 1032 * file.storedSize)
  }
}
