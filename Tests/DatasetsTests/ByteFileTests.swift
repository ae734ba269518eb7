import Foundation
import Glibc
import Testing

@testable import Datasets

@Suite struct ByteFileTests {
  let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }

  @Test(arguments: [false, true])
  func `Plain and gzip files read alike`(packed: Bool) throws {
    let folder = try Folder()
    let file = try ByteFile(try folder.write("file", packed ? gzip(bytes) : bytes))
    #expect(try file.read(10) == Array(bytes[..<10]))
    #expect(try file.readAll(limit: 990) == Array(bytes[10...]))
    try file.finish()
  }

  @Test func `A missing file says its name`() {
    #expect(throws: DataError("there is no such file; paths start at the book's folder", file: "/nowhere/file")) { try ByteFile("/nowhere/file") }
  }

  @Test func `A folder or a pipe is no file`() throws {
    let folder = try Folder()
    let message = "this is not a file: a folder, a pipe or a device holds no data"
    #expect(throws: DataError(message, file: folder.path)) { try ByteFile(folder.path) }
    // A pipe that nobody writes to would be waited for.
    let pipe = folder.path + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    #expect(throws: DataError(message, file: pipe)) { try ByteFile(pipe) }
    let link = folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: pipe)
    #expect(throws: DataError(message, file: link)) { try ByteFile(link) }
  }

  @Test(arguments: [false, true])
  func `A file that is too short or too long says so`(packed: Bool) throws {
    let folder = try Folder()
    let path = try folder.write("file", packed ? gzip(bytes) : bytes)
    #expect(throws: DataError.self) {
      let file = try ByteFile(path)
      _ = try file.read(1001)
    }
    #expect(throws: DataError("the file holds more than 999 bytes", file: path)) {
      let file = try ByteFile(path)
      _ = try file.readAll(limit: 999)
    }
    #expect(throws: DataError("the file is longer than its header says", file: path)) {
      let file = try ByteFile(path)
      _ = try file.read(999)
      try file.finish()
    }
  }

  @Test func `The beginning is enough for a header`() throws {
    let folder = try Folder()
    let file = try ByteFile(try folder.write("file", gzip(bytes)))
    #expect(try file.read(16) == Array(bytes[..<16]))
    #expect(file.storedSize == gzip(bytes).count)
    #expect(file.mostBytes == 1032 * file.storedSize)
  }
}
