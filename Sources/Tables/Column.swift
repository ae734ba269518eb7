/// What a column holds, known before anything has run.
public struct ColumnSchema: Hashable, Sendable, Codable {
  public enum Kind: String, Sendable, Codable { case number, integer, text }
  /// Computed values are the same on every machine; measured ones (seconds, memory) are not.
  public enum Origin: String, Sendable, Codable { case computed, measured }

  /// Kebab-case, unique in its table.
  public var name: String
  public var kind: Kind
  /// Shown on axes and in headers: "nats", "s", "bytes"; `nil` for counts and ratios.
  public var unit: String?
  public var origin: Origin
  /// The catalog that a text column's values come from ("optimizer", "init"), so that an entity keeps its colour.
  public var entity: String?
  /// One line for `fieldbook kinds` and for readers of the data.
  public var doc: String

  public init(
    _ name: String, _ kind: Kind = .number, unit: String? = nil, origin: Origin = .computed, entity: String? = nil,
    doc: String = ""
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.origin = origin
    self.entity = entity
    self.doc = doc
  }
}

/// The values of one column.
///
/// NaN is a number that there is not: a distance from the epoch before the first, the eleventh of ten eigenvalues. An
/// infinity is a value like others. Only in rows whose run left the numbers (`Table.hasDiverged`) do both mean that.
public enum ColumnValues: Hashable, Sendable {
  case numbers([Double])
  case integers([Int])
  case texts([String])

  public var count: Int {
    switch self {
    case .numbers(let values): values.count
    case .integers(let values): values.count
    case .texts(let values): values.count
    }
  }
}

/// A named, typed column.
public struct Column: Hashable, Sendable {
  public var schema: ColumnSchema
  public var values: ColumnValues
  /// For a text column with an `entity`: each value's number in its catalog, which decides its colour.
  public var catalogNumbers: [String: Int]

  public init(_ schema: ColumnSchema, _ values: ColumnValues, catalogNumbers: [String: Int] = [:]) {
    self.schema = schema
    self.values = values
    self.catalogNumbers = catalogNumbers
  }

  public var name: String { schema.name }
  public var count: Int { values.count }

  /// The value of a row as a number; text gives `nil`.
  public func number(_ row: Int) -> Double? {
    switch values {
    case .numbers(let values): values[row]
    case .integers(let values): Double(values[row])
    case .texts: nil
    }
  }

  /// The value of a row as text: numbers with full precision (`Double.description`, which reads back exactly).
  public func text(_ row: Int) -> String {
    switch values {
    case .numbers(let values): fullPrecision(values[row])
    case .integers(let values): String(values[row])
    case .texts(let values): values[row]
    }
  }

  /// The rows at these indices, in this order.
  public func rows(_ indices: [Int]) -> Column {
    var copy = self
    switch values {
    case .numbers(let values): copy.values = .numbers(indices.map { values[$0] })
    case .integers(let values): copy.values = .integers(indices.map { values[$0] })
    case .texts(let values): copy.values = .texts(indices.map { values[$0] })
    }
    return copy
  }
}
