import Foundation
import Testing

/// Papers that the chapters on initialization may cite, each looked up: number on arXiv and first author.
private let papers = [
  "1312.6120": "Saxe", "1412.1193": "Martens", "1901.09321": "Zhang", "2010.01092": "Liu", "1502.01852": "He",
  "1511.06422": "Mishkin", "1606.05340": "Poole", "1611.01232": "Schoenholz",
  "1708.07747": "Xiao", "1711.04735": "Pennington", "1802.05957": "Miyato", "1806.07572": "Jacot",
  "1902.06720": "Lee", "2001.05992": "Hu", "2203.03466": "Yang", "2407.19044": "Li", "math-ph/0609050": "Mezzadri",
]

private let chapters = [
  "what-the-initializer-decides", "signals-through-depth", "spectra-of-random-matrices", "beyond-fixed-rules",
]

/// What the sources say of initialization and no paper does, or another one.
private let invented = [
  "Zhuang", "2307.12980", "Chen et al. 2023", "Schrödinger", "Schroedinger", "Navier", "Martens 2020",
]

struct CitationTests {
  private func read(_ chapter: String) -> String? {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try? String(contentsOf: root.appendingPathComponent("chapters/\(chapter).md"), encoding: .utf8)
  }

  @Test("Every arXiv number in the chapters on initialization stands by its first author's name", arguments: chapters)
  func numbers(_ chapter: String) throws {
    let text = try #require(read(chapter))
    var cited = 0
    for match in text.matches(of: #/arXiv:([a-z-]+/[0-9]{7}|[0-9]{4}\.[0-9]{4,5})/#) {
      cited += 1
      let number = String(match.output.1)
      let author = try #require(papers[number], "arXiv:\(number) is not among the papers that were looked up")
      let before = text[..<match.range.lowerBound].suffix(160)
      #expect(before.contains(author), "arXiv:\(number) without \(author)")
    }
    #expect(cited > 0)
  }

  @Test("No chapter on initialization repeats what the sources invented", arguments: chapters)
  func inventions(_ chapter: String) throws {
    let text = try #require(read(chapter))
    for phrase in invented { #expect(!text.contains(phrase), "\(phrase)") }
  }
}
