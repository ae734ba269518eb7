/// The classes among label texts, in order: by number where all are numbers, else alphabetically (by code point, the
/// same in every locale).
func classes(among labels: some Sequence<String>) -> [String] {
  let names = Set(labels)
  let numbers = names.compactMap { name in Double(name).map { (number: $0, name: name) } }
  guard numbers.count == names.count else {
    return names.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) }
  }
  return numbers.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name)
}

/// Each label's index among the classes.
/// - Precondition: every label is a class.
func indices(of labels: [String], among classes: [String]) -> [Int32] {
  let index = Dictionary(uniqueKeysWithValues: classes.enumerated().map { ($1, Int32($0)) })
  return labels.map { index[$0]! }
}
