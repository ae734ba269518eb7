import Diagnostics

/// Turns the LaTeX of a bibliography's fields into text: accents, dashes, quotation marks, braces that only protect.
///
/// A command that is not known is a diagnostic: nothing is printed that the author did not mean.
struct LaTeXText {
  private let raw: RawText
  private let source: SourceText
  private var index = 0
  private var output = ""
  private var diagnostics: [Diagnostic] = []

  static func text(of raw: RawText, in source: SourceText, into diagnostics: inout [Diagnostic]) -> String {
    var reader = LaTeXText(raw: raw, source: source)
    while reader.index < raw.bytes.count { reader.step() }
    diagnostics += reader.diagnostics
    return reader.output.split { $0.isWhitespace && $0 != "\u{A0}" }.joined(separator: " ")
  }

  private init(raw: RawText, source: SourceText) {
    self.raw = raw
    self.source = source
  }

  private var bytes: [UInt8] { raw.bytes }

  private mutating func step() {
    for (mark, character) in ligatures where bytes.hasBytes(mark, at: index) {
      output += character
      index += mark.utf8.count
      return
    }
    switch bytes[index] {
    case Byte.openBrace, Byte.closeBrace: index += 1
    case Byte.backslash: command()
    case Byte.dollar:
      report(index, formula, hints: [formulaHint])
      index = bytes.count
    default:
      let start = index
      index += 1
      while index < bytes.count, bytes[index] & 0xC0 == 0x80 { index += 1 }
      output += String(decoding: bytes[start..<index], as: UTF8.self)
    }
  }

  private mutating func command() {
    let start = index
    index += 1
    guard let first = bytes.byte(index) else { return report(start, unknown("\\"), hints: [commandHint]) }
    var name = String(decoding: [first], as: UTF8.self)
    index += 1
    if first.isLetter {
      while let byte = bytes.byte(index), byte.isLetter {
        name += String(decoding: [byte], as: UTF8.self)
        index += 1
      }
    }
    if let (plain, accented) = accents[name] {
      let letter = argument()
      guard let position = plain.firstIndex(of: letter) else {
        return report(start, noAccent(name, letter), hints: [commandHint])
      }
      output.append(
        accented[accented.index(accented.startIndex, offsetBy: plain.distance(from: plain.startIndex, to: position))])
    } else if let character = characters[name] {
      output += character
      // A blank only ends the command's name.
      if first.isLetter { index = bytes.skippingBlanks(from: index) }
    } else if faces.contains(name) {
      index = bytes.skippingBlanks(from: index)
    } else {
      report(start, unknown("\\" + name), hints: [commandHint])
    }
  }

  /// The letter that an accent is put on: `o`, `{o}`, `\i`, `{\i}`.
  private mutating func argument() -> Character {
    index = bytes.skippingBlanks(from: index)
    let isBraced = bytes.byte(index) == Byte.openBrace
    if isBraced { index += 1 }
    if bytes.byte(index) == Byte.backslash, let dotless = bytes.byte(index + 1), "ij".utf8.contains(dotless) {
      index += 1
    }
    let letter = bytes.byte(index).map { Character(Unicode.Scalar($0)) } ?? " "
    index += 1
    if isBraced, bytes.byte(index) == Byte.closeBrace { index += 1 }
    return letter
  }

  private mutating func report(_ offset: Int, _ message: String, hints: [String]) {
    diagnostics.append(Diagnostic(at: source.place(raw.offsets[offset]), message, hints: hints))
  }
}

/// A letter without its accent, for sorting.
func plainLetter(_ letter: Character) -> Character {
  if letter.isASCII { return letter }
  for (plain, accented) in accents.values {
    guard let position = accented.firstIndex(of: letter) else { continue }
    return plain[plain.index(plain.startIndex, offsetBy: accented.distance(from: accented.startIndex, to: position))]
  }
  return letter
}

/// Letters and the same letters with the accent of each command, in order.
private let accents: [String: (plain: String, accented: String)] = [
  "`": ("AEIOUaeiou", "ÀÈÌÒÙàèìòù"),
  "'": ("ACEILNORSUYZaceilnorsuyz", "ÁĆÉÍĹŃÓŔŚÚÝŹáćéíĺńóŕśúýź"),
  "^": ("ACEGHIJOSUWYaceghijosuwy", "ÂĈÊĜĤÎĴÔŜÛŴŶâĉêĝĥîĵôŝûŵŷ"),
  "\"": ("AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
  "~": ("AINOUainou", "ÃĨÑÕŨãĩñõũ"),
  "=": ("AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
  ".": ("CEGIZcegz", "ĊĖĠİŻċėġż"),
  "u": ("AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
  "v": ("CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž"),
  "H": ("OUou", "ŐŰőű"),
  "c": ("CSTcst", "ÇŞŢçşţ"),
  "k": ("AEIUaeiu", "ĄĘĮŲąęįų"),
  "r": ("AUau", "ÅŮåů"),
]

private let characters = [
  "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "ss": "ß",
  "i": "ı", "j": "ȷ", "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "-": "",
  "textendash": "–", "textemdash": "—", "textquoteright": "’",
]

/// Commands that only change the face of what follows.
private let faces: Set = ["emph", "textit", "textbf", "textsc", "textrm", "texttt", "mathrm", "url", "em", "it", "bf"]

private let ligatures = [("---", "—"), ("--", "–"), ("``", "“"), ("''", "”"), ("'", "’"), ("`", "‘"), ("~", "\u{A0}")]

// MARK: Messages

private func unknown(_ command: String) -> String { "the command ‘\(command)’ is not known here" }
private func noAccent(_ command: String, _ letter: Character) -> String {
  "no letter is ‘\(letter)’ with the accent ‘\\\(command)’"
}
private let commandHint = "write the character itself: the file is UTF-8"
private let formula = "a bibliography holds no formulas"
private let formulaHint = "write the characters themselves, such as O(1/k²); a dollar sign is ‘\\$’"
