public import Diagnostics
import Yams

extension Spec {
  /// Parses YAML whose first line stands at `origin` in its file (the line after the fence).
  ///
  /// - Throws: one diagnostic at the place where YAML stops making sense or grows beyond any use, or one per key that is
  ///   no word.
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
    var growth = Growth(origin: origin)
    let spec = growth.spec(node, within: origin, depth: 0)
    if !growth.diagnostics.isEmpty { throw DiagnosticError(growth.diagnostics) }
    return spec
  }
}

/// A tree as it grows from YAML. Aliases (`*name`) repeat what they stand for, so few lines can mean more values than
/// memory holds.
private struct Growth {
  let origin: Place
  var diagnostics: [Diagnostic] = []
  private var values = 0
  private var isTooLarge = false

  static let mostValues = 100_000
  static let mostLevels = 100

  init(origin: Place) { self.origin = origin }

  /// - Parameter outer: the list or map around the node, as written: what an alias stands for was written earlier.
  mutating func spec(_ node: Yams.Node, within outer: Place, depth: Int) -> Spec {
    let place = origin.moved(to: node.mark)
    let here = max(place, outer)
    values += 1
    if values > Self.mostValues || depth > Self.mostLevels {
      if !isTooLarge { diagnostics.append(Diagnostic(at: here, depth > Self.mostLevels ? tooDeep : tooManyValues)) }
      isTooLarge = true
    }
    if isTooLarge { return Spec(.null, at: place) }
    switch node {
    case .scalar(let scalar):
      let plain = scalar.style == .plain || scalar.style == .any
      if plain, ["", "~", "null"].contains(scalar.string) { return Spec(.null, at: place) }
      return Spec(.scalar(scalar.string, quoted: !plain), at: place)
    case .sequence(let sequence):
      return Spec(.list(sequence.map { spec($0, within: here, depth: depth + 1) }), at: place)
    case .mapping(let mapping):
      var entries: [Spec.Entry] = []
      for (key, value) in mapping {
        let keyPlace = origin.moved(to: key.mark)
        if let name = key.string {
          let value = spec(value, within: max(keyPlace, here), depth: depth + 1)
          entries.append(Spec.Entry(key: name, keyPlace: keyPlace, value: value))
        } else {
          diagnostics.append(Diagnostic(at: keyPlace, keyIsNoWord))
        }
      }
      return Spec(.map(entries), at: place)
    case .alias:
      return Spec(.null, at: place)
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
private let tooManyValues =
  "this makes more than \(Growth.mostValues) values of the block; an alias (‘*name’) repeats all that it stands for"
private let tooDeep = "lists and maps are nested more than \(Growth.mostLevels) deep here"
private func notYAML(_ problem: String) -> String { "this is not YAML: \(problem)" }
private func duplicatedKeys(_ names: [String]) -> String {
  "\(names.map { "‘\($0)’" }.joined(separator: ", ")) stands twice in one map"
}
