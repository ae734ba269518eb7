import Foundation
import Testing

/// Papers that the chapters on initialization may cite, each looked up: number on arXiv and first author.
private let papers = [
  "1312.6120": "Saxe", "1412.1193": "Martens", "1901.09321": "Zhang", "2010.01092": "Liu", "1502.01852": "He",
  "1511.06422": "Mishkin", "1606.05340": "Poole", "1611.01232": "Schoenholz",
  "1708.07747": "Xiao", "1711.04735": "Pennington", "1802.05957": "Miyato", "1806.07572": "Jacot",
  "1902.06720": "Lee", "2001.05992": "Hu", "2102.08098": "Zhu", "2203.03466": "Yang", "2407.19044": "Li",
  "math-ph/0609050": "Mezzadri",
]

private let chapters = [
  "what-the-initializer-decides", "signals-through-depth", "spectra-of-random-matrices", "beyond-fixed-rules",
]

/// What the sources say of initialization and no paper does, or another one.
private let invented = [
  "Zhuang", "2307.12980", "Chen et al. 2023", "Schrödinger", "Schroedinger", "Navier", "Martens 2020",
]

/// Who made a rule, and when: each looked up. Adam was posted in 2014 and presented in 2015.
private let history: [(year: String, name: String, title: String)] = [
  ("1847", "Cauchy", "Méthode générale"), ("1951", "Robbins & Monro", "A stochastic approximation method"),
  ("1964", "Polyak", "Some methods of speeding up"), ("1983", "Nesterov", "convergence rate O(1/k²)"),
  ("2011", "Duchi, Hazan & Singer", "Adaptive subgradient methods"), ("2012", "Hinton", "lecture 6e"),
  ("2014", "Kingma & Ba", "arXiv:1412.6980"),
]

struct CitationTests {
  private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private func read(_ chapter: String) -> String? {
    try? String(contentsOf: root.appendingPathComponent("chapters/\(chapter).md"), encoding: .utf8)
  }

  @Test("The list of who made the rules has the years of the papers, in their order")
  func years() throws {
    let text = try #require(read("rules-that-move-a-point"))
    let rows = text.split(separator: "\n").filter { $0.contains(#/^\| [0-9]{4} \|/#) }
    #expect(rows.count == history.count)
    for (row, wanted) in zip(rows, history) {
      #expect(row.hasPrefix("| \(wanted.year) | \(wanted.name) |"), "\(row)")
      #expect(row.contains(wanted.title), "\(row)")
    }
  }

  @Test("Wherever chapters and catalogs name who made a rule with a year, it is that year")
  func mentions() throws {
    var mentions = 0
    for folder in ["chapters", "Sources/Experiments/Catalogs/Optimizers"] {
      let folder = root.appendingPathComponent(folder)
      for file in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        for (year, names, _) in history where names != "Hinton" {
          let name = String(names.prefix { $0.isLetter })
          let pattern = try Regex("\(name)[^.;0-9\\n|]{0,40}?((?:1[89]|20)[0-9][0-9])", as: (Substring, Substring).self)
          for match in text.matches(of: pattern) {
            mentions += 1
            let isRight = match.output.1 == year || name == "Kingma" && match.output.1 == "2015"
            #expect(isRight, "\(file): \(match.output.0)")
          }
        }
        // Hinton alone: he has other papers with others.
        for match in text.matches(of: #/(?:\(|")Hinton ([0-9]{4})/#) {
          mentions += 1
          #expect(match.output.1 == "2012", "\(file): \(match.output.0)")
        }
      }
    }
    #expect(mentions > 10)
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
