/// An option of a kind, an optimizer, a view…: its name, what it may be, and what it is when left out.
///
/// Reading a spec, its diagnostics, its canonical form, `fieldbook kinds` and the JSON Schema all come from these.
public struct Option: Sendable {
  public enum Fallback: Sendable {
    /// Leaving it out is a diagnostic.
    case required
    /// Leaving it out means this YAML.
    case yaml(String)
    /// Leaving it out means nothing: the value is absent.
    case absent
  }

  public var name: String
  public var type: OptionType
  public var fallback: Fallback
  public var doc: String

  public init(_ name: String, _ type: OptionType, _ fallback: Fallback = .absent, _ doc: String) {
    self.name = name
    self.type = type
    self.fallback = fallback
    self.doc = doc
  }
}

/// What an option may be.
public indirect enum OptionType: Sendable {
  /// A number within bounds; `nil` is unbounded. `inf` and `nan` are refused.
  case number(atLeast: Double? = nil, above: Double? = nil, atMost: Double? = nil, below: Double? = nil)
  case integer(ClosedRange<Int> = Int.min...Int.max)
  case boolean
  case text
  case choice([String])
  case list(OptionType, count: ClosedRange<Int> = 0...Int.max)
  /// A name from a catalog, alone (`adam`) or with options (`{adam: {lr: 0.001}}`).
  case entry(Catalog)
  /// A map with these options.
  case options([Option])
  /// A map from free names to values.
  case map(OptionType)
  /// The first of these that fits the shape of what was written (scalar, list, map).
  case either([OptionType])
  /// A reference to another experiment, such as `init-study[seed=1]@epoch=3`.
  case reference
}

/// A list of named things that an author can choose from, each with options of its own.
public struct Catalog: Sendable {
  /// What the entries are, in the singular: "optimizer", "model".
  public var noun: String
  private let list: @Sendable () -> [CatalogEntry]
  public var entries: [CatalogEntry] { list() }

  public init(_ noun: String, _ entries: [CatalogEntry]) {
    self.noun = noun
    list = { entries }
  }

  /// A catalog whose entries are asked for when they are needed, so that options of its own entries can choose from it.
  public init(_ noun: String, later entries: @escaping @Sendable () -> [CatalogEntry]) {
    self.noun = noun
    list = entries
  }

  public subscript(name: String) -> CatalogEntry? { entries.first { $0.name == name } }
  public var names: [String] { entries.map(\.name) }
  /// Each name's number, which decides its colour in every figure.
  public var numbers: [String: Int] {
    Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
  }
}

/// A named thing: its options, where it comes from, and the revision of its numbers.
public struct CatalogEntry: Sendable {
  public var name: String
  /// Raised only when the numbers it makes change; part of a result's identity.
  public var revision: Int
  public var options: [Option]
  /// One or two sentences.
  public var doc: String
  /// The paper or the reference implementation.
  public var source: String

  public init(_ name: String, revision: Int = 1, options: [Option] = [], doc: String, source: String = "") {
    self.name = name
    self.revision = revision
    self.options = options
    self.doc = doc
    self.source = source
  }
}
