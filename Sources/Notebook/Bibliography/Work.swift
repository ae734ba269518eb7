public import Diagnostics

/// A work that chapters can cite: an entry of a bibliography as a reader sees it.
public struct Work: Sendable, Hashable {
  public var key: String
  /// The entry's type in lower case: `article`, `book`, …
  public var type: String
  public var authors: [Person]
  /// Whether the list of authors ends with `and others`.
  public var hasMoreAuthors: Bool
  public var title: String
  public var year: String
  /// What tells works of the same authors and year apart: `a`, `b`, …; nothing where there is one.
  public var letter = ""
  /// Where it appeared: `journal`, `volume`, `pages`, … (see `venueFields`), as text.
  public var venue: [String: String]
  public var identifiers: [Identifier]
  /// Where the key stands.
  public var place: Place

  /// The authors as a sentence names them: `Li`, `Hochreiter & Schmidhuber`, `Mallat, Meyer & Morlet`, `Li et al.`.
  public var authorLabel: String {
    let names = authors.map(\.family)
    if hasMoreAuthors || names.count > 3 { return "\(names.first ?? "") et al." }
    return names.count < 2
      ? names.first ?? "" : names.dropLast().joined(separator: ", ") + " & \(names[names.count - 1])"
  }

  /// `2018`, `2018a`.
  public var yearLabel: String { year + letter }
}

/// The fields of an entry that say where it appeared.
let venueFields: Set = [
  "journal", "booktitle", "volume", "number", "pages", "publisher", "school", "institution", "howpublished", "edition",
  "note",
]

/// One of a work's authors. An organization has a family name only.
public struct Person: Sendable, Hashable {
  /// With what belongs to it: `van der Maaten`.
  public var family: String
  public var given: String
  /// `Jr.`
  public var suffix: String

  public init(family: String, given: String = "", suffix: String = "") {
    self.family = family
    self.given = given
    self.suffix = suffix
  }
}
