public import Diagnostics

/// A YAML tree in which every value and every key knows its place.
public struct Spec: Sendable, Hashable {
  public indirect enum Value: Sendable, Hashable {
    case null
    /// A scalar as written; `quoted` ones are always text.
    case scalar(String, quoted: Bool)
    case list([Spec])
    case map([Entry])
  }

  /// A key of a map and what it stands for.
  public struct Entry: Sendable, Hashable {
    public var key: String
    public var keyPlace: Place
    public var value: Spec

    public init(key: String, keyPlace: Place, value: Spec) {
      self.key = key
      self.keyPlace = keyPlace
      self.value = value
    }
  }

  public var value: Value
  public var place: Place

  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Spec {
  /// The value under a key, if this is a map that has it.
  public subscript(key: String) -> Spec? { entries.first { $0.key == key }?.value }

  /// The entries of a map; nothing for any other value.
  public var entries: [Entry] { if case .map(let entries) = value { entries } else { [] } }

  /// The elements of a list; a lone value counts as a list of one.
  public var elements: [Spec] { if case .list(let elements) = value { elements } else { [self] } }

  /// The text of a scalar.
  public var text: String? { if case .scalar(let text, _) = value { text } else { nil } }

  /// This map without the given keys.
  public func removing(_ keys: Set<String>) -> Spec {
    guard case .map(let entries) = value else { return self }
    return Spec(.map(entries.filter { !keys.contains($0.key) }), at: place)
  }

  /// This map with the value at a dotted path replaced or added (`optimizer.sgd.lr`).
  ///
  /// A scalar on the way (`optimizer: sgd`) counts as a map with that one key and no options.
  public func setting(_ path: some Collection<String>, to new: Spec, keyPlace: Place) -> Spec {
    guard let key = path.first else { return new }
    var entries = entries
    if case .scalar(let name, _) = value {
      entries = [Entry(key: name, keyPlace: place, value: Spec(.null, at: place))]
    }
    if let index = entries.firstIndex(where: { $0.key == key }) {
      entries[index].value = entries[index].value.setting(path.dropFirst(), to: new, keyPlace: keyPlace)
    } else {
      let value = Spec(.map([]), at: new.place).setting(path.dropFirst(), to: new, keyPlace: keyPlace)
      entries.append(Entry(key: key, keyPlace: keyPlace, value: value))
    }
    return Spec(.map(entries), at: place)
  }

  /// What a reader calls this value: its `label:`, its text, or the one key of a map (`{sgd: {lr: 0.1}}` is "sgd").
  public var label: String {
    switch value {
    case .null: "none"
    case .scalar(let text, _): text
    case .list(let elements): elements.map(\.label).joined(separator: ", ")
    case .map(let entries):
      self["label"]?.text
        ?? (entries.count == 1 ? entries[0].key : entries.map { "\($0.key) \($0.value.label)" }.joined(separator: ", "))
    }
  }
}
