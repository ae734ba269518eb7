import Experiments
import Specs

/// The identity of a run's result: equal keys, equal numbers.
public struct Key: Hashable, Sendable, Codable, CustomStringConvertible {
  /// SHA-256 as 64 hexadecimal digits.
  public var hex: String
  public var description: String { hex }

  public init(hex: String) { self.hex = hex }

  /// The digest of the parts, each name and value preceded by its length so that no two lists look alike.
  public init(_ parts: [KeyPart]) {
    var bytes: [UInt8] = []
    for text in parts.flatMap({ [$0.name, $0.value] }) {
      bytes += Array("\(text.utf8.count):".utf8) + Array(text.utf8)
    }
    hex = sha256(bytes)
  }
}

/// One named thing that a result depends on, so that `fieldbook why` can name what changed.
public struct KeyPart: Hashable, Sendable, Codable {
  public var name: String
  public var value: String

  public init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

/// Everything that a run's numbers depend on, and nothing else: no id, label, caption, place or order.
///
/// - Parameters:
///   - values: the resolved options, references replaced by what they stand for (`Resolved.replacingReferences`).
///   - data: digests of data files, with the last component of each path.
///   - flags: what the command line adds, such as `native`.
func keyParts(
  kind: CatalogEntry, values: Values, data: [(name: String, digest: String)], seed: UInt64, flags: [String],
  engine: Int = engineRevision
) -> [KeyPart] {
  [KeyPart("engine", "\(engine)"), KeyPart("kind", "\(kind.name)#\(kind.revision)"), KeyPart("book seed", "\(seed)")]
    + (flags.isEmpty ? [] : [KeyPart("flags", flags.sorted().joined(separator: " "))])
    + data.map { KeyPart("data file \($0.name)", $0.digest) }
    + values.all.sorted { $0.key < $1.key }.map { KeyPart("option \($0.key)", $0.value.canonical) }
}

extension Resolved {
  /// This value with every reference replaced, in the order in which `eachReference` meets them.
  func replacingReferences(path: [String] = [], _ replacement: (String, Reference) -> String) -> Resolved {
    let new: Value =
      switch value {
      case .reference(let reference): .text(replacement(path.joined(separator: "."), reference))
      case .list(let values): .list(values.map { $0.replacingReferences(path: path, replacement) })
      case .map(let map):
        .map(
          Dictionary(
            uniqueKeysWithValues: map.sorted { $0.key < $1.key }.map {
              ($0, $1.replacingReferences(path: path + [$0], replacement))
            }))
      case .options(let values): .options(values.replacingReferences(path: path, replacement))
      case .entry(var entry):
        {
          entry.values = entry.values.replacingReferences(path: path + [entry.name], replacement)
          return .entry(entry)
        }()
      default: value
      }
    return Resolved(new, at: place)
  }

  /// Calls `body` for each reference below: the path of its option, whether it stands in a list, and the reference.
  func eachReference(path: [String], inList: Bool = false, _ body: (String, Bool, Reference) -> Void) {
    switch value {
    case .reference(let reference): body(path.joined(separator: "."), inList, reference)
    case .list(let values): for value in values { value.eachReference(path: path, inList: true, body) }
    case .map(let map):
      for (key, value) in map.sorted(by: { $0.key < $1.key }) {
        value.eachReference(path: path + [key], inList: inList, body)
      }
    case .options(let values): values.eachReference(path: path, inList: inList, body)
    case .entry(let entry): entry.values.eachReference(path: path + [entry.name], inList: inList, body)
    default: break
    }
  }
}

extension Values {
  func replacingReferences(path: [String] = [], _ replacement: (String, Reference) -> String) -> Values {
    Values(
      Dictionary(
        uniqueKeysWithValues: all.sorted { $0.key < $1.key }.map {
          ($0, $1.replacingReferences(path: path + [$0], replacement))
        }))
  }

  func eachReference(path: [String] = [], inList: Bool = false, _ body: (String, Bool, Reference) -> Void) {
    for (key, value) in all.sorted(by: { $0.key < $1.key }) {
      value.eachReference(path: path + [key], inList: inList, body)
    }
  }
}
