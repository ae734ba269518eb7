public import Diagnostics
import Yams

extension Spec {
  /// Parses YAML whose first line stands at `origin` in its file (the line after the fence).
  ///
  /// - Throws: one diagnostic at the place where YAML stops making sense, or one per key that is no word.
  public static func parse(_ text: String, at origin: Place) throws(DiagnosticError) -> Spec {
    let node: Yams.Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw DiagnosticError([diagnostic(for: error, in: text, at: origin)])
    } catch {
      throw DiagnosticError(at: origin, "the YAML cannot be read: \(error)")
    }
    guard let node else { return Spec(.map([]), at: origin) }
    var diagnostics: [Diagnostic] = []
    let spec = Spec(node, at: origin, &diagnostics)
    if !diagnostics.isEmpty { throw DiagnosticError(diagnostics) }
    return spec
  }

  private init(_ node: Yams.Node, at origin: Place, _ diagnostics: inout [Diagnostic]) {
    let place = origin.moved(to: node.mark)
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      if plain, ["", "~", "null"].contains(scalar.string) {
        self.init(.null, at: place)
      } else {
        self.init(.scalar(scalar.string, quoted: !plain), at: place)
      }
    case .sequence(let sequence):
      self.init(.list(sequence.map { Spec($0, at: origin, &diagnostics) }), at: place)
    case .mapping(let mapping):
      var entries: [Entry] = []
      for (key, value) in mapping {
        let keyPlace = origin.moved(to: key.mark)
        if let name = key.string {
          entries.append(Entry(key: name, keyPlace: keyPlace, value: Spec(value, at: origin, &diagnostics)))
        } else {
          diagnostics.append(Diagnostic(at: keyPlace, keyIsNoWord))
        }
      }
      self.init(.map(entries), at: place)
    case .alias:
      self.init(.null, at: place)
    }
  }
}

extension Place {
  fileprivate func moved(to mark: Mark?) -> Place {
    moved(lines: (mark?.line ?? 1) - 1, columns: (mark?.column ?? 1) - 1)
  }
}

private func diagnostic(for error: YamlError, in text: String, at origin: Place) -> Diagnostic {
  switch error {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    return Diagnostic(at: origin.moved(to: mark), notYAML(problem))
  case .duplicatedKeysInMapping(let duplicates, let context):
    let names = duplicates.sorted()
    let second = names.first.flatMap { secondPlace(of: $0, in: text, mapAt: context.mark) }
    return Diagnostic(at: second.map(origin.moved) ?? origin.moved(to: context.mark), duplicatedKeys(names))
  default:
    return Diagnostic(at: origin, notYAML("\(error)"))
  }
}

/// Where a key stands for the second time in the map that starts at a mark, as lines and columns to move by.
///
/// Yams says only which map it is. The keys of a block map share its column; a flow map's stand anywhere after it.
private func secondPlace(of key: String, in text: String, mapAt mark: Mark) -> (lines: Int, columns: Int)? {
  var found: [(lines: Int, columns: Int)] = []
  for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
    let characters = Array(line)
    var column = 0
    while index >= mark.line - 1, column < characters.count {
      let isStart = column == 0 || " {,\"'\t".contains(characters[column - 1])
      if isStart, characters[column...].starts(with: key) {
        let rest = characters[(column + key.count)...].drop { "\"' ".contains($0) }
        let quotes = column > 0 && "\"'".contains(characters[column - 1]) ? 1 : 0
        if rest.first == ":" { found.append((index, column - quotes)) }
      }
      column += 1
    }
  }
  let inColumn = found.filter { $0.columns == mark.column - 1 }
  return inColumn.count > 1 ? inColumn[1] : found.count > 1 ? found[1] : nil
}

private let keyIsNoWord = "a key must be a word"
private func notYAML(_ problem: String) -> String { "this is not YAML: \(problem)" }
private func duplicatedKeys(_ names: [String]) -> String {
  "\(names.map { "‘\($0)’" }.joined(separator: ", ")) stands twice in one map"
}
