public import Diagnostics

/// A source text whose places are marked in it, so that a test needs no line numbers.
///
///     let source = MarkedText("optimizer: {1️⃣sdg: {lr: 0.1}}", file: "chapter.md")
///     source.text      // "optimizer: {sdg: {lr: 0.1}}"
///     source["1️⃣"]    // chapter.md:1:13, the place of the character after the mark
///
/// The marks are 1️⃣ to 9️⃣; one may stand at the end of the text.
public struct MarkedText: Sendable {
  public let file: String
  /// The text without its marks.
  public let text: String
  private let places: [Character: Place]

  public init(_ marked: String, file: String = "chapter.md") {
    var text = ""
    var places: [Character: Place] = [:]
    var (line, column) = (1, 1)
    for character in marked {
      if MarkedText.marks.contains(character) {
        precondition(places[character] == nil, "the mark \(character) stands twice")
        places[character] = Place(file: file, line: line, column: column)
        continue
      }
      text.append(character)
      (line, column) = character.isNewline ? (line + 1, 1) : (line, column + 1)
    }
    self.file = file
    self.text = text
    self.places = places
  }

  /// The place of a mark.
  /// - Precondition: the text has this mark.
  public subscript(mark: Character) -> Place {
    guard let place = places[mark] else { preconditionFailure("the text has no mark \(mark)") }
    return place
  }

  /// Where the text starts.
  public var start: Place { Place(file: file, line: 1, column: 1) }

  private static let marks: Set<Character> = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣", "7️⃣", "8️⃣", "9️⃣"]
}
