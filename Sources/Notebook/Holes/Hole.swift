import Diagnostics

/// A piece of text that cmark does not see: it sees a placeholder of the same length.
struct Hole {
  enum Content {
    case formula(Formula)
    case number(String, Place)
    case reference(CrossReference)
    case citation(Citation)
    /// `[^name]` in running text.
    case footnote(String, Place)
    /// `[^name]:` at the start of a footnote's text.
    case footnoteText(String, Place)
  }

  var content: Content
  /// What stood there, line by line.
  var lines: [String]
}
