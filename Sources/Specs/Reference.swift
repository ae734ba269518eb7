public import Diagnostics

/// A pointer into the book's results.
///
///     init-study                                      the experiment (its `runs`)
///     init-study.epochs                               one of its tables
///     init-study[init=kaiming-normal, seed=1]@epoch=3 checkpoints of some of its runs
///     init-study[seed=1]@epochs                       the start, as epoch 0, and every epoch that is kept
///     init-study[seed=same]@end                       of the run whose seed is this run's, or another reference's
///     init-study.test-error[init=lecun]               one column, for a number in prose
public struct Reference: Sendable, Hashable {
  public struct Condition: Sendable, Hashable {
    public var axis: String
    public var value: String
    public var place: Place

    public init(axis: String, value: String, place: Place) {
      self.axis = axis
      self.value = value
      self.place = place
    }
  }
  /// A moment of training: `start`, `end`, or the end of an epoch or step.
  public enum Moment: Sendable, Hashable {
    case start, end
    case epoch(Int), step(Int)
  }

  public var id: String
  /// What follows the first dot: a table, or in prose a column, or a table and its column with a dot between them.
  public var part: String?
  public var conditions: [Condition]
  public var moment: Moment?
  /// Whether it names every epoch that is kept, in their order, in place of one moment.
  public var isEveryEpoch = false
  public var place: Place

  public static func == (a: Reference, b: Reference) -> Bool { a.description == b.description }
  public func hash(into hasher: inout Hasher) { hasher.combine(description) }

  public var description: String {
    var text = id
    if let part { text += ".\(part)" }
    if !conditions.isEmpty {
      text += "[" + conditions.map { "\($0.axis)=\($0.value.quotedWhereNeeded)" }.joined(separator: ", ") + "]"
    }
    switch moment {
    case nil: if isEveryEpoch { text += "@epochs" }
    case .start: text += "@start"
    case .end: text += "@end"
    case .epoch(let number): text += "@epoch=\(number)"
    case .step(let number): text += "@step=\(number)"
    }
    return text
  }

  /// Parses a reference whose first character stands at `place`.
  public static func parse(_ text: String, at place: Place) -> Result<Reference, DiagnosticError> {
    func position(of index: Substring.Index) -> Place {
      place.moved(lines: 0, columns: text.distance(from: text.startIndex, to: index))
    }
    func fail(_ index: Substring.Index, _ message: String) -> Result<Reference, DiagnosticError> {
      .failure(
        DiagnosticError(at: position(of: index), message, hints: ["written like: study.table[axis=value]@epoch=3"]))
    }
    var rest = text[...]
    let name = rest.prefix { $0 != "[" && $0 != "@" }
    rest = rest[name.endIndex...]
    let parts = name.trimmed.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let id = parts.first, !id.isEmpty, id.allSatisfy(\.isIdentifier) else {
      return fail(text.startIndex, "‘\(text)’ does not start with the id of an experiment")
    }
    var reference = Reference(id: String(id), part: nil, conditions: [], moment: nil, place: place)
    if parts.count == 2 {
      // A number in prose may name a table and its column: `study.epochs.train-loss`.
      let names = parts[1].split(separator: ".", omittingEmptySubsequences: false)
      guard names.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isIdentifier) }) else {
        return fail(parts[1].startIndex, "‘\(parts[1])’ is not the name of a table or column")
      }
      reference.part = String(parts[1])
    }
    if rest.first == "[" {
      guard let end = rest.firstOutsideQuotes("]") else { return fail(rest.startIndex, "this ‘[’ is not closed") }
      let inside = rest[rest.index(after: rest.startIndex)..<end]
      for piece in inside.splitOutsideQuotes(",") where !inside.trimmed.isEmpty {
        let sides = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard sides.count == 2, !sides[0].trimmed.isEmpty, !sides[1].trimmed.isEmpty else {
          return fail(piece.trimmed.startIndex, "‘\(piece.trimmed)’ is not of the form axis=value")
        }
        reference.conditions.append(
          Condition(
            axis: String(sides[0].trimmed), value: String(sides[1].trimmed.unquoted),
            place: position(of: sides[0].trimmed.startIndex)))
      }
      rest = rest[rest.index(after: end)...]
    }
    if rest.first == "@" {
      let moment = rest.dropFirst().trimmed
      let sides = moment.split(separator: "=", maxSplits: 1)
      switch (sides.first.map { String($0) }, sides.count == 2 ? Int(sides[1]) : nil) {
      case ("start"?, nil) where sides.count == 1: reference.moment = .start
      case ("end"?, nil) where sides.count == 1: reference.moment = .end
      case ("epochs"?, nil) where sides.count == 1: reference.isEveryEpoch = true
      case ("epoch"?, let number?) where number >= 0: reference.moment = .epoch(number)
      case ("step"?, let number?) where number >= 0: reference.moment = .step(number)
      default: return fail(rest.startIndex, "‘@\(moment)’ is not a moment: @start, @end, @epoch=N, @step=N or @epochs")
      }
      rest = ""
    }
    guard rest.trimmed.isEmpty else { return fail(rest.startIndex, "‘\(rest)’ does not belong here") }
    return .success(reference)
  }
}

extension String {
  /// In quotes where a comma, bracket or quote would end the value early.
  fileprivate var quotedWhereNeeded: String { contains { ",[]\"".contains($0) } ? "\"\(self)\"" : self }
}

extension Substring {
  /// Where a character first stands outside double quotes.
  public func firstOutsideQuotes(_ wanted: Character) -> Index? {
    var isQuoted = false
    return indices.first { index in
      if self[index] == "\"" { isQuoted.toggle() }
      return !isQuoted && self[index] == wanted
    }
  }

  /// The pieces between separators that stand outside double quotes.
  fileprivate func splitOutsideQuotes(_ separator: Character) -> [Substring] {
    guard let end = firstOutsideQuotes(separator) else { return [self] }
    return [self[..<end]] + self[index(after: end)...].splitOutsideQuotes(separator)
  }

  /// The text without the double quotes around it.
  fileprivate var unquoted: Substring {
    count >= 2 && first == "\"" && last == "\"" ? dropFirst().dropLast() : self
  }

  var trimmed: Substring {
    var slice = drop { $0.isWhitespace }
    while slice.last?.isWhitespace == true { slice.removeLast() }
    return slice
  }
}

extension Character {
  fileprivate var isIdentifier: Bool { isLetter || isNumber || self == "-" || self == "_" }
}
