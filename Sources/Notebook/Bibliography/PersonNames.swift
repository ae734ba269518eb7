import Diagnostics

extension Person {
  /// Reads `Last, First and First von Last and {Organization} and others`.
  static func list(
    _ raw: RawText, in source: SourceText, into diagnostics: inout [Diagnostic]
  ) -> (people: [Person], hasMore: Bool) {
    var people: [Person] = []
    var hasMore = false
    for part in raw.split(at: andLength) {
      let name = part.trimmed
      if name.bytes.elementsEqual("others".utf8) {
        hasMore = true
      } else if let person = Person(name, in: source, into: &diagnostics) {
        if person.family.isEmpty {
          diagnostics.append(Diagnostic(at: source.place(name.start), noName, hints: [listHint]))
        }
        people.append(person)
      } else {
        diagnostics.append(Diagnostic(at: source.place(name.start), manyCommas, hints: [listHint]))
      }
    }
    if people.isEmpty, hasMore {
      diagnostics.append(Diagnostic(at: source.place(raw.start), noName, hints: [listHint]))
    }
    return (people, hasMore)
  }

  /// One name; `nil` if it has more than two commas.
  private init?(_ raw: RawText, in source: SourceText, into diagnostics: inout [Diagnostic]) {
    var found: [Diagnostic] = []
    defer { diagnostics += found }
    func text(_ part: RawText) -> String { LaTeXText.text(of: part, in: source, into: &found) }
    let parts = raw.split { $0[$1] == UInt8(ascii: ",") ? 1 : nil }
    switch parts.count {
    case 1:
      let words = raw.split { $0[$1].isBlank || $0[$1] == Byte.tilde ? 1 : nil }.filter { !$0.bytes.isEmpty }
      // A word in small letters (van, de) begins the family name; otherwise the last word is it.
      let start = words.dropLast().firstIndex { $0.bytes[0] >= 0x61 && $0.bytes[0] <= 0x7A } ?? max(0, words.count - 1)
      self.init(
        family: words[start...].map(text).joined(separator: " "),
        given: words[..<start].map(text).joined(separator: " "))
    case 2: self.init(family: text(parts[0]), given: text(parts[1]))
    case 3: self.init(family: text(parts[0]), given: text(parts[2]), suffix: text(parts[1]))
    default: return nil
    }
  }
}

/// The length of ` and ` with its blanks.
private func andLength(_ bytes: [UInt8], _ index: Int) -> Int? {
  guard bytes[index].isBlank else { return nil }
  let word = bytes.skippingBlanks(from: index)
  guard bytes.hasBytes("and", at: word), bytes.byte(word + 3)?.isBlank ?? true else { return nil }
  return word + 3 - index
}

private let noName = "a name is missing"
private let manyCommas = "a name has at most two commas"
private let listHint = "names are joined by ‘and’: {Li, Hao and Zheng Xu}"
