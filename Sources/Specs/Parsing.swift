public import Diagnostics
import Yams

extension Spec {
  /// Parses YAML whose first line stands at `origin` in its file (the line after the fence).
  ///
  /// - Throws: one diagnostic at the place where YAML stops making sense, or one per duplicated key.
  public static func parse(_ text: String, at origin: Place) throws(DiagnosticError) -> Spec {
    let node: Yams.Node?
    do {
      node = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw DiagnosticError([diagnostic(for: error, at: origin)])
    } catch {
      throw DiagnosticError(at: origin, "the YAML cannot be read: \(error)")
    }
    guard let node else { return Spec(.map([]), at: origin) }
    return Spec(node, at: origin)
  }

  private init(_ node: Yams.Node, at origin: Place) {
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
      self.init(.list(sequence.map { Spec($0, at: origin) }), at: place)
    case .mapping(let mapping):
      self.init(
        .map(
          mapping.map { key, value in
            Entry(key: key.string ?? "", keyPlace: origin.moved(to: key.mark), value: Spec(value, at: origin))
          }), at: place)
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

private func diagnostic(for error: YamlError, at origin: Place) -> Diagnostic {
  switch error {
  case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
    .composer(_, let problem, let mark, _):
    return Diagnostic(at: origin.moved(to: mark), notYAML(problem))
  case .duplicatedKeysInMapping(let duplicates, let context):
    let names = duplicates.sorted()
    return Diagnostic(at: origin.moved(to: context.mark), duplicatedKeys(names))
  default:
    return Diagnostic(at: origin, notYAML("\(error)"))
  }
}

private func notYAML(_ problem: String) -> String { "this is not YAML: \(problem)" }
private func duplicatedKeys(_ names: [String]) -> String {
  "\(names.map { "‘\($0)’" }.joined(separator: ", ")) stands twice in one map"
}
