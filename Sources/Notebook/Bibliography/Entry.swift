import Diagnostics

extension Work {
  /// Makes a work of an entry, and says what is missing or of a wrong form.
  init(_ entry: RawEntry, in source: SourceText, into diagnostics: inout [Diagnostic]) {
    var found: [Diagnostic] = []
    func text(_ name: String) -> String? {
      entry[name].map { LaTeXText.text(of: $0, in: source, into: &found) }.flatMap { $0.isEmpty ? nil : $0 }
    }
    func report(_ offset: Int, _ message: String, _ hints: [String]) {
      found.append(Diagnostic(at: source.place(offset), message, hints: hints))
    }
    if !entryTypes.contains(entry.type) {
      report(entry.start, "there is no entry of type ‘\(entry.type)’", suggestion(for: entry.type, among: entryTypes))
    }
    if let prefix = labelPrefixes.first(where: { entry.key.hasPrefix($0) }) {
      report(entry.keyStart, "‘@\(entry.key)’ would be a cross-reference", ["a key does not start with ‘\(prefix)’"])
    }
    key = entry.key
    type = entry.type
    (authors, hasMoreAuthors) =
      entry["author"].map { Person.list($0, in: source, into: &found) } ?? ([], false)
    title = text("title") ?? ""
    year = text("year") ?? ""
    for name in ["author", "title", "year"] where entry.isWhole && entry[name]?.trimmed.bytes.isEmpty ?? true {
      let near = nearestSpelling(of: name, among: entry.fields.map(\.name).filter { $0 != name })
      report(entry.keyStart, "‘\(entry.key)’ has no \(name)", near.map { ["is ‘\($0)’ meant to be it?"] } ?? [])
    }
    if !year.isEmpty, year.count != 4 || !year.utf8.allSatisfy(\.isDigit) {
      report(entry["year"]!.trimmed.start, "‘\(year)’ is no year", ["a year has four digits"])
    }
    venue = Dictionary(uniqueKeysWithValues: venueFields.sorted().compactMap { name in text(name).map { (name, $0) } })
    identifiers = []
    for (name, make) in identifierFields {
      guard let raw = entry[name]?.trimmed, !(name == "eprint" && isElsewhere(entry, source)) else { continue }
      // Numbers are taken as written: they may hold what LaTeX reads otherwise.
      let identifier = make(String(decoding: raw.bytes, as: UTF8.self).replacing("\\_", with: "_"))
      if let (message, hint) = identifier.mistake {
        report(raw.start, message, [hint])
      } else {
        identifiers.append(identifier)
      }
    }
    place = source.place(entry.keyStart)
    diagnostics += found
  }
}

/// Whether an entry's `eprint` is a number of another archive than arXiv.
private func isElsewhere(_ entry: RawEntry, _ source: SourceText) -> Bool {
  guard let archive = entry["archiveprefix"] ?? entry["eprinttype"] else { return false }
  return String(decoding: archive.trimmed.bytes, as: UTF8.self).lowercased() != "arxiv"
}

private let identifierFields: [(name: String, make: @Sendable (String) -> Identifier)] = [
  ("doi", { .doi($0) }), ("eprint", { .arXiv($0) }), ("isbn", { .isbn($0) }), ("url", { .url($0) }),
]

private let entryTypes = [
  "article", "book", "booklet", "conference", "dataset", "inbook", "incollection", "inproceedings", "manual",
  "mastersthesis", "misc", "online", "phdthesis", "proceedings", "report", "software", "techreport", "thesis",
  "unpublished",
]
