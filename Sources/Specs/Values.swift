public import Diagnostics

/// Options as read: typed, checked, defaults filled in. Accessors trap on a name or type that was never declared.
public struct Values: Sendable, Hashable {
  public var all: [String: Resolved]

  public init(_ all: [String: Resolved] = [:]) { self.all = all }

  /// The value of a declared option; `nil` when it was left out and has no default.
  public subscript(name: String) -> Resolved? {
    guard let value = all[name] else { preconditionFailure("option ‘\(name)’ was never declared") }
    return value.value == .absent ? nil : value
  }

  public func number(_ name: String) -> Double { optionalNumber(name)! }
  public func optionalNumber(_ name: String) -> Double? { self[name].map(\.asNumber) }
  public func integer(_ name: String) -> Int { optionalInteger(name)! }
  public func optionalInteger(_ name: String) -> Int? { self[name].map(\.asInteger) }
  public func boolean(_ name: String) -> Bool {
    if case .boolean(let value)? = self[name]?.value { value } else { false }
  }
  public func text(_ name: String) -> String { optionalText(name)! }
  public func optionalText(_ name: String) -> String? { self[name].map(\.asText) }
  public func list(_ name: String) -> [Resolved] { self[name]?.asList ?? [] }
  public func entry(_ name: String) -> Selection { self[name]!.asEntry }
  public func optionalEntry(_ name: String) -> Selection? { self[name].map(\.asEntry) }
  /// The place of an option's value, or of the map it was left out of.
  public func place(_ name: String) -> Place { all[name]!.place }
}

/// A chosen catalog entry and its options.
public struct Selection: Sendable, Hashable {
  public var name: String
  public var revision: Int
  public var values: Values

  public init(name: String, revision: Int, values: Values) {
    self.name = name
    self.revision = revision
    self.values = values
  }
}

/// A typed value and where it was written. Two are equal when their values are, wherever they stand.
public struct Resolved: Sendable, Hashable {
  public indirect enum Value: Sendable, Hashable {
    case absent
    case number(Double)
    case integer(Int)
    case boolean(Bool)
    case text(String)
    case list([Resolved])
    case map([String: Resolved])
    case options(Values)
    case entry(Selection)
    case reference(Reference)
  }

  public var value: Value
  public var place: Place
  /// Whether the author wrote it; otherwise it is the option's default, and its place that of the whole map.
  public var isWritten = true

  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }

  public static func == (a: Resolved, b: Resolved) -> Bool { a.value == b.value }
  public func hash(into hasher: inout Hasher) { hasher.combine(value) }

  public var asNumber: Double {
    switch value {
    case .number(let value): value
    case .integer(let value): Double(value)
    default: preconditionFailure("not a number")
    }
  }
  public var asInteger: Int {
    guard case .integer(let value) = value else { preconditionFailure("not an integer") }
    return value
  }
  public var asText: String {
    guard case .text(let value) = value else { preconditionFailure("not a text") }
    return value
  }
  public var asList: [Resolved] {
    guard case .list(let value) = value else { preconditionFailure("not a list") }
    return value
  }
  public var asMap: [String: Resolved] {
    guard case .map(let value) = value else { preconditionFailure("not a map") }
    return value
  }
  public var asEntry: Selection {
    guard case .entry(let value) = value else { preconditionFailure("not a catalog entry") }
    return value
  }
  public var asOptions: Values {
    guard case .options(let value) = value else { preconditionFailure("not a map of options") }
    return value
  }
  public var asReference: Reference {
    guard case .reference(let value) = value else { preconditionFailure("not a reference") }
    return value
  }
}

extension Resolved {
  /// The value as canonical text: keys sorted, defaults filled in, catalog entries with their revisions, no places.
  ///
  /// Two specs that mean the same have the same canonical text; it is what a result's key is made of.
  public var canonical: String {
    switch value {
    case .absent: "~"
    case .number(let value): "\(value)"
    // As the number that it is, where a double can tell it from its neighbours.
    case .integer(let value): Int(exactly: Double(value)) == value ? "\(Double(value))" : "\(value)"
    case .boolean(let value): "\(value)"
    case .text(let value): quotedCanonically(value)
    case .list(let values): "[" + values.map(\.canonical).joined(separator: ",") + "]"
    case .map(let values): canonicalMap(values)
    case .options(let values): values.canonical
    case .entry(let entry): "\(entry.name)#\(entry.revision)\(entry.values.canonical)"
    case .reference(let reference): quotedCanonically(reference.description)
    }
  }
}

extension Values {
  public var canonical: String { canonicalMap(all) }
}

private func canonicalMap(_ values: [String: Resolved]) -> String {
  let parts = values.sorted { $0.key < $1.key }.map { "\(quotedCanonically($0.key)):\($0.value.canonical)" }
  return "{" + parts.joined(separator: ",") + "}"
}

private func quotedCanonically(_ text: String) -> String {
  "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : $0 == "\n" ? "\\n" : "\($0)" }.joined() + "\""
}
