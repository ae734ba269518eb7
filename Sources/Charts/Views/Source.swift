public import Diagnostics
public import Specs
public import Tables

/// The table that a figure, table or number reads, and which of its rows.
///
///     init-study              the `runs` of an experiment
///     init-study.epochs       another of its tables
///     init-study.epochs[init=lecun, seed=1]
///     data/measured.csv       a file of the author's, relative to the chapter
public struct Source: Hashable, Sendable {
  public enum Origin: Hashable, Sendable {
    case results(experiment: String, table: String)
    case file(String)
  }

  public var origin: Origin
  /// Only rows for which each named column has the given value.
  public var conditions: [Reference.Condition]
  public var place: Place

  /// Reads what stands after `from:`.
  public static func parse(_ text: String, at place: Place) -> Result<Source, DiagnosticError> {
    if let file = fileName(text) {
      // The name stands in for an experiment's id, so that conditions are read alike and keep their places.
      let stand = String(repeating: "f", count: file.count) + text.dropFirst(file.count)
      return Reference.parse(stand, at: place).map {
        Source(origin: .file(file), conditions: $0.conditions, place: place)
      }
    }
    return Reference.parse(text, at: place).flatMap { reference in
      if reference.moment != nil { return .failure(DiagnosticError(at: place, readsTables(text))) }
      let origin = Origin.results(experiment: reference.id, table: reference.part ?? "runs")
      return .success(Source(origin: origin, conditions: reference.conditions, place: place))
    }
  }

  private static func fileName(_ text: String) -> String? {
    let name = text.prefix { $0 != "[" }
    let trimmed = name.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ")
    return trimmed.lowercased().hasSuffix(".csv") ? trimmed : nil
  }
}

/// Finds a table's columns before anything has run; when there is no such table, says so and gives `nil`.
public typealias SchemaLookup = (Source, inout [Diagnostic]) -> TableSchema?

/// Gives the rows of a table that `SchemaLookup` has found. The view picks its rows itself.
public typealias TableLookup = (Source) -> Table

private func readsTables(_ text: String) -> String {
  "‘\(text)’ names a moment of training, but a view reads tables; leave out what stands after the ‘@’"
}
