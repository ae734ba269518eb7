public import Diagnostics

/// The works that a book's chapters can cite.
public struct Bibliography: Sendable, Hashable {
  /// By authors and year, as a list of references prints them.
  public private(set) var works: [Work] = []
  /// Whether everything in the file could be read: otherwise a key that is missing may stand where it could not.
  public private(set) var isWhole = true

  public init() {}

  public subscript(key: String) -> Work? { works.first { $0.key == key } }

  /// One of which nothing could be read.
  public static var unreadable: Bibliography {
    var bibliography = Bibliography()
    bibliography.isWhole = false
    return bibliography
  }

  /// Reads a BibTeX file.
  ///
  /// - Parameter file: as messages name it.
  /// - Returns: the works, also those with mistakes; and what is wrong.
  public static func parse(text: String, file: String) -> (bibliography: Bibliography, diagnostics: [Diagnostic]) {
    let source = SourceText(text, at: Place(file: file, line: 1, column: 1))
    let reader = BibTeXReader(source)
    var diagnostics = source.controlWarnings + reader.diagnostics
    var bibliography = Bibliography()
    bibliography.isWhole = reader.diagnostics.isEmpty
    var places: [String: Place] = [:]
    for entry in reader.entries {
      let work = Work(entry, in: source, into: &diagnostics)
      if let first = places[work.key] {
        diagnostics.append(keyTwice(work, first: first))
      } else {
        places[work.key] = work.place
        bibliography.works.append(work)
      }
    }
    bibliography.sort()
    return (bibliography, diagnostics)
  }

  /// Sorts the works, and tells those apart that a sentence would call the same.
  private mutating func sort() {
    works = works.map { ($0, $0.sortKey) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    let groups = Dictionary(grouping: works.indices) { "\(works[$0].authorLabel) \(works[$0].year)" }
    for group in groups.values where group.count > 1 {
      for (number, index) in group.enumerated() { works[index].letter = letter(number) }
    }
  }
}

extension Work {
  /// What a sentence calls it, without accents and case: whoever looks for “Li et al. 2018” knows no more. Then the rest.
  fileprivate var sortKey: [String] {
    let names = authors.map { "\($0.family) \($0.given)" }.joined(separator: ", ")
    return [authorLabel, year, names, title, key].map { String($0.map(plainLetter)).lowercased() }
  }
}

/// `a` … `z`, `aa`, …
private func letter(_ number: Int) -> String {
  (number < 26 ? "" : letter(number / 26 - 1)) + String(UnicodeScalar(UInt8(ascii: "a") + UInt8(number % 26)))
}

private func keyTwice(_ work: Work, first: Place) -> Diagnostic {
  Diagnostic(
    at: work.place, "the key ‘\(work.key)’ is given twice",
    hints: ["first at \(first.file):\(first.line):\(first.column)"])
}
