import Specs
public import Tables

/// The column that an axis adds to every table of its experiment.
public struct AxisColumn: Sendable, Hashable {
  public var schema: ColumnSchema
  /// For values that come from a catalog: each label's number there, which decides its colour.
  public var catalogNumbers: [String: Int]

  public var name: String { schema.name }
  /// What the name of an axis ends in where the option's own name is that of a column.
  static let suffix = "-option"

  /// - Parameter labels: the axis's label in each run; `nil` where the option does not exist.
  init(_ name: String, labels: [String?], entity: String? = nil, catalogNumbers: [String: Int] = [:], doc: String = "")
  {
    let known = labels.compactMap(\.self)
    let kind: ColumnSchema.Kind =
      if !known.isEmpty, known.count == labels.count, known.allSatisfy({ Int($0) != nil }) {
        .integer
      } else if !known.isEmpty, known.allSatisfy({ Double($0) != nil }) {
        .number
      } else {
        .text
      }
    schema = ColumnSchema(name, kind, entity: kind == .text ? entity : nil, doc: doc)
    self.catalogNumbers = kind == .text ? catalogNumbers : [:]
  }

  /// This column for tables whose rows belong to runs with these labels.
  func column(_ labels: [String?]) -> Column {
    let values: ColumnValues =
      switch schema.kind {
      case .integer: .integers(labels.map { $0.flatMap { Int($0) } ?? 0 })
      case .number: .numbers(labels.map { $0.flatMap { Double($0) } ?? .nan })
      case .text: .texts(labels.map { $0 ?? "none" })
      }
    return Column(schema, values, catalogNumbers: catalogNumbers)
  }
}

/// Each label's number in its catalog; labels that share an entry ("sgd 0.1", "sgd 0.01") get numbers of their own.
func numbers(of labels: [(label: String, entry: String)], in catalog: Catalog) -> [String: Int] {
  let order = catalog.numbers
  var taken: Set<Int> = []
  var numbers: [String: Int] = [:]
  for (label, entry) in labels {
    guard numbers[label] == nil, let number = order[entry], taken.insert(number).inserted else { continue }
    numbers[label] = number
  }
  var free = 0
  for (label, _) in labels where numbers[label] == nil {
    while taken.contains(free) { free += 1 }
    taken.insert(free)
    numbers[label] = free
  }
  return numbers
}

/// Whether a run's label is the one that an author wrote: numbers compare as numbers.
func matches(_ label: String, _ written: String) -> Bool {
  if let a = Double(label), let b = Double(written) { return a == b }
  return label == written
}
