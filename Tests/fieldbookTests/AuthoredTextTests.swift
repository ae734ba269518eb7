import Foundation
import Testing

@testable import fieldbook

@Suite struct AuthoredTextTests {
  private func check(_ path: String, _ bytes: Data, csv: Bool = false) throws -> String {
    let view = "```table\nid: tbl-a\nfrom: points.csv\ncolumns: [x]\ncaption: C.\n```\n"
    let book = try TinyBook(["a.md": csv ? view : "# A\n", "b.md": "# B\n\nSee [A](a.md).\n"])
    try bytes.write(to: URL(fileURLWithPath: "\(book.folder)/\(path)"))
    #expect(book.check() == 1)
    return book.said
  }

  @Test func `Bytes that are not UTF-8 are a mistake at their place`() throws {
    let latin = Data("# Títle\n\nA caf".utf8) + [0xE9] + Data(" here.\n".utf8)
    let said = try check("chapters/a.md", latin)
    #expect(said.hasPrefix("chapters/a.md:3:6: error: this file is not UTF-8\n"))
    #expect(said.contains("save it as UTF-8"))
    let cut = try check("chapters/a.md", Data("# A\n\nA caf".utf8) + [0xC3])
    #expect(cut.hasPrefix("chapters/a.md:3:6: error: this file is not UTF-8\n"))
  }

  @Test(
    "UTF-16 is one mistake, with and without a byte order mark",
    arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian]
  ) func wide(_ encoding: String.Encoding) throws {
    let said = try check("chapters/a.md", try #require("# A\n\nWords.\n".data(using: encoding)))
    #expect(
      said == "chapters/a.md:1:1: error: this file is not UTF-8\n    it looks like UTF-16: save it as UTF-8\n")
  }

  @Test func `The other files of an author are read as strictly`() throws {
    for file in ["book.yml", "chapters/SUMMARY.md"] {
      #expect(try check(file, Data("title: ".utf8) + [0xFF]).hasPrefix("\(file):1:8: error: this file is not UTF-8\n"))
    }
    let said = try check("chapters/points.csv", Data("x\n1\n2\n".utf8) + [0xE9], csv: true)
    #expect(said.contains("chapters/a.md:3:7: error: ‘points.csv’ cannot be read: line 4: this file is not UTF-8"))
  }
}
