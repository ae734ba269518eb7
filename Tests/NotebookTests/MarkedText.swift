import Diagnostics
import Markup

@testable import Notebook

/// A text in which 1️⃣, 2️⃣, … point at places; the marks are not part of it.
struct MarkedText {
  private(set) var text = ""
  private var places: [Int: Place] = [:]

  init(_ marked: String, file: String = "chapters/x.md") {
    var place = Place(file: file, line: 1, column: 1)
    for character in marked {
      let scalars = character.unicodeScalars.map(\.value)
      if scalars.count == 3, Array(scalars.dropFirst()) == [0xFE0F, 0x20E3] {
        places[Int(scalars[0]) - 0x30] = place
      } else {
        text.append(character)
        place =
          character.isNewline ? Place(file: file, line: place.line + 1, column: 1) : place.moved(lines: 0, columns: 1)
      }
    }
  }

  subscript(mark: Int) -> Place { places[mark] ?? Place(file: "no such mark", line: 0, column: 0) }
}

/// What a marked chapter becomes.
struct ParsedText {
  let source: MarkedText
  let chapter: Chapter
  let diagnostics: [Diagnostic]

  init(_ marked: String) {
    source = MarkedText(marked)
    (chapter, diagnostics) = Chapter.parse(text: source.text, path: "x.md")
  }

  /// The body as HTML, its holes in guillemets.
  var html: String { chapter.body.html }
  var messages: [String] { diagnostics.map(\.message) }
  /// The numbers of the marks at which the diagnostics stand; 0 where there is no mark.
  var marks: [Int] { diagnostics.map { mark(at: $0.place) } }

  func mark(at place: Place?) -> Int { (1...9).first { source[$0] == place } ?? 0 }
}

extension Sequence<Prose> {
  /// HTML with holes in guillemets: «$x$», «=x», «@fig-x», «experiment: x», «code swift: x».
  var html: String {
    rendered { hole in
      switch hole {
      case .math(let formula):
        let dollars = formula.isDisplay ? "$$" : "$"
        return .raw("«\(dollars)\(formula.tex)\(dollars)\(formula.label.map { " #\($0)" } ?? "")»")
      case .number(let expression, _): return .raw("«=\(expression)»")
      case .reference(let reference): return .raw("«@\(reference.label)»")
      case .citation(let citation):
        let items = citation.items.map { "\($0.prefix)\($0.isYearOnly ? "-" : "")@\($0.key)\($0.suffix)" }
        return .raw(citation.isInText ? "«\(items.joined())»" : "«[\(items.joined(separator: "|"))]»")
      case .bibliography: return .raw("«refs»")
      case .fence(let fence): return .raw("«\(fence.language.rawValue): \(fence.text)»")
      case .code(let language, let text): return .raw("«code \(language): \(text)»")
      default: return .empty
      }
    }.rendered()
  }
}

func html(_ text: String) -> String { ParsedText(text).html }
