import Foundation
import Notebook
import Testing

@testable import fieldbook

/// The papers on arXiv that chapters cite, each looked up: its number and first author.
private let papers = [
  "1211.5063": "Pascanu", "1312.6120": "Saxe", "1406.2572": "Dauphin", "1412.1193": "Martens",
  "1412.6544": "Goodfellow", "1412.6980": "Kingma", "1502.01852": "He", "1502.07943": "Jamieson",
  "1511.06422": "Mishkin", "1512.03385": "He", "1602.04915": "Lee", "1605.07110": "Kawaguchi", "1606.05340": "Poole",
  "1608.03983": "Loshchilov", "1609.04836": "Keskar", "1611.01232": "Schoenholz", "1611.07476": "Sagun",
  "1703.00887": "Jin", "1703.04933": "Dinh", "1705.10412": "Du", "1706.03762": "Vaswani", "1706.04454": "Sagun",
  "1708.03888": "You", "1708.07120": "Smith", "1708.07747": "Xiao", "1711.04735": "Pennington",
  "1711.05101": "Loshchilov", "1712.09913": "Li", "1802.04434": "Bernstein", "1802.05957": "Miyato",
  "1802.09568": "Gupta", "1802.10026": "Garipov", "1803.00885": "Draxler", "1804.04235": "Shazeer",
  "1805.11604": "Santurkar", "1806.07572": "Jacot", "1806.08805": "Antognini", "1812.04754": "Gur-Ari",
  "1812.06162": "McCandlish", "1901.08244": "Papyan", "1901.09321": "Zhang", "1902.02366": "Alain",
  "1902.06720": "Lee", "1904.00962": "You", "1905.12558": "Kunstner", "1910.02054": "Rajbhandari",
  "1912.05671": "Frankle", "1912.07145": "Yao", "2001.05992": "Hu", "2003.02218": "Lewkowycz", "2003.10397": "Frye",
  "2010.01092": "Liu", "2010.01412": "Foret", "2010.07468": "Zhuang", "2010.09649": "Meyer",
  "2010.11929": "Dosovitskiy", "2012.06898": "Frankle", "2102.08098": "Zhu", "2103.00065": "Cohen",
  "2110.02861": "Dettmers", "2110.06296": "Entezari", "2203.03466": "Yang", "2204.11326": "Ma",
  "2207.14484": "Cohen", "2209.04836": "Ainsworth", "2209.15594": "Damian", "2211.08403": "Jordan",
  "2302.06675": "Chen", "2305.14342": "Liu", "2404.06395": "Hu", "2407.19044": "Li", "2409.11321": "Vyas",
  "2411.09807": "Xie", "2411.12136": "Geniesse", "cond-mat/0609651": "Dean", "cond-mat/0611023": "Bray",
  "math-ph/0609050": "Mezzadri",
]

/// Works without a number: their publishers give none.
private let unnumbered: Set = [
  "cauchy1847", "cho2009", "dauphin2019", "duchi2011", "glorot2010", "hinton2012", "jordan2024", "lorch2016",
  "nesterov1983", "roy2007", "van-der-maaten2008",
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
  ("2014", "Kingma & Ba", "a method for stochastic optimization"),
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
    #expect(mentions > 5)
  }

  @Test(
    "Every work has a number on arXiv, a DOI or an ISBN of the right form, but for a few that are known to have none")
  func identified() throws {
    let folder = try BookFolder(root.path)
    let works = try #require(folder.bibliography).works
    #expect(folder.diagnostics.isEmpty)
    #expect(works.count > 100)
    for work in works {
      let hasNumber = work.identifiers.contains { if case .url = $0 { false } else { true } }
      #expect(hasNumber != unnumbered.contains(work.key), "\(work.key)")
    }
    #expect(unnumbered.isSubset(of: works.map(\.key)))
  }

  @Test("Every number on arXiv is the one that was looked up for its first author")
  func numbers() throws {
    var numbers: [String: String] = [:]
    for work in try #require(BookFolder(root.path).bibliography).works {
      for case .arXiv(let number) in work.identifiers { numbers[number] = work.authors.first?.family }
    }
    #expect(numbers == papers)
  }

  @Test("Every key that a chapter cites is a work, every work is cited, and no chapter has a bare number")
  func cited() throws {
    let folder = try BookFolder(root.path)
    let keys = Set(try #require(folder.bibliography).works.map(\.key))
    var cited: Set<String> = []
    for chapter in folder.inOrder {
      let text = try #require(folder.sources["chapters/\(chapter.path)"])
      for item in chapter.body.citations { #expect(keys.contains(item.key), "\(chapter.path): @\(item.key)") }
      cited.formUnion(chapter.body.citations.map(\.key))
      // Captions stand in fences.
      cited.formUnion(text.matches(of: #/caption:.*?\[@([a-z0-9-]+)\]/#).map { String($0.output.1) })
      #expect(!text.contains(#/[0-9]{4}\.[0-9]{5}(?![0-9])|arXiv:|doi\.org|10\.[0-9]{4,}\//#), "\(chapter.path)")
    }
    #expect(keys.subtracting(cited) == [])
  }

  @Test("No chapter on initialization repeats what the sources invented", arguments: chapters)
  func inventions(_ chapter: String) throws {
    let text = try #require(read(chapter))
    for phrase in invented { #expect(!text.contains(phrase), "\(phrase)") }
  }
}
