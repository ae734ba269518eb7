import Diagnostics
import Specs

/// An option somewhere below the options of a kind, such as `optimizer.sgd.lr`.
struct OptionPath {
  var type: OptionType
  var fallback: Option.Fallback

  /// Why a path leads nowhere: the step that does not exist, and what would.
  struct DeadEnd: Error {
    var step: Int
    var isLeaf: Bool
    var candidates: [String]
  }

  /// Follows a dotted path through maps, catalog entries and their options.
  init(_ path: [String], in options: [Option]) throws(DeadEnd) {
    self = try OptionPath(type: .options(options), fallback: .absent).following(path[...])
  }

  private init(type: OptionType, fallback: Option.Fallback) {
    self.type = type
    self.fallback = fallback
  }

  private func following(_ path: ArraySlice<String>) throws(DeadEnd) -> OptionPath {
    guard let step = path.first else { return self }
    let rest = path.dropFirst()
    switch type {
    case .options(let options):
      guard let option = options.first(where: { $0.name == step }) else {
        throw DeadEnd(step: path.startIndex, isLeaf: false, candidates: options.map(\.name))
      }
      return try OptionPath(type: option.type, fallback: option.fallback).following(rest)
    case .entry(let catalog):
      guard let entry = catalog[step] else {
        throw DeadEnd(step: path.startIndex, isLeaf: false, candidates: catalog.names)
      }
      return try OptionPath(type: .options(entry.options), fallback: .absent).following(rest)
    case .map(let type):
      return try OptionPath(type: type, fallback: .absent).following(rest)
    case .either(let types):
      var nearest = DeadEnd(step: path.startIndex, isLeaf: true, candidates: [])
      for type in types {
        do throws(DeadEnd) {
          return try OptionPath(type: type, fallback: fallback).following(path)
        } catch {
          if error.step > nearest.step || nearest.isLeaf { nearest = error }
        }
      }
      throw nearest
    default:
      throw DeadEnd(step: path.startIndex, isLeaf: true, candidates: [])
    }
  }

  /// The catalog that values here are chosen from, if it is one.
  var catalog: Catalog? {
    switch type {
    case .entry(let catalog): catalog
    case .either(let types): types.lazy.compactMap { OptionPath(type: $0, fallback: .absent).catalog }.first
    default: nil
    }
  }
}

extension OptionPath {
  /// Why a key is no path to an option of a kind, at the step where it leads nowhere.
  static func mistake(in entry: Spec.Entry, kind: CatalogEntry) -> Diagnostic? {
    let path = entry.key.split(separator: ".").map(String.init)
    do throws(DeadEnd) {
      _ = try OptionPath(path, in: kind.options)
      return path.isEmpty ? Diagnostic(at: entry.keyPlace, notAPath(entry.key)) : nil
    } catch {
      guard path.indices.contains(error.step) else { return Diagnostic(at: entry.keyPlace, notAPath(entry.key)) }
      let column = path[..<error.step].reduce(0) { $0 + $1.count + 1 }
      let owner = error.step == 0 ? "kind ‘\(kind.name)’" : "‘\(path[..<error.step].joined(separator: "."))’"
      return Diagnostic(
        at: entry.keyPlace.moved(lines: 0, columns: column),
        error.isLeaf ? nothingBelow(owner, path[error.step]) : unknownStep(owner, path[error.step]),
        hints: suggestion(for: path[error.step], among: error.candidates))
    }
  }
}

private func notAPath(_ key: String) -> String { "‘\(key)’ is not a path to an option" }
private func unknownStep(_ owner: String, _ step: String) -> String { "\(owner) has no option ‘\(step)’" }
private func nothingBelow(_ owner: String, _ step: String) -> String { "\(owner) has no options, so no ‘\(step)’" }

/// What a reader calls the value that stands at a path in a spec, its default included; `nil` if it has none there
/// (`optimizer.sgd.lr` where the optimizer is Adam).
func label(at path: ArraySlice<String>, of spec: Spec?, type: OptionType, fallback: Option.Fallback) -> String? {
  var spec = spec
  if spec == nil || spec?.value == .null, case .yaml(let text) = fallback {
    spec = try? Spec.parse(text, at: Place(file: "", line: 1, column: 1))
  }
  guard let step = path.first else { return spec.flatMap { $0.value == .null ? nil : $0.label } }
  let rest = path.dropFirst()
  func inside(_ options: [Option], _ map: Spec?) -> String? {
    guard let option = options.first(where: { $0.name == step }) else { return nil }
    return label(at: rest, of: map?[step], type: option.type, fallback: option.fallback)
  }
  switch type {
  case .options(let options): return inside(options, spec)
  case .entry(let catalog):
    guard let entry = catalog[step], let spec, spec.text == step || spec[step] != nil else { return nil }
    return label(at: rest, of: spec[step], type: .options(entry.options), fallback: .absent)
  case .map(let type): return label(at: rest, of: spec?[step], type: type, fallback: .absent)
  case .either(let types):
    return types.lazy.compactMap { label(at: path, of: spec, type: $0, fallback: .absent) }.first
  default: return nil
  }
}
