import Diagnostics
import Specs
import Tables

/// A column that has a panel for each of its values.
struct Facet: Hashable, Sendable {
  var column: String
  /// What stands before the value in a panel's title.
  var label: String?
  var place: Place

  /// Reads `facet: column`, `facet: {column: …, label: …}` or `facet: {rows: …, columns: …, label: [….]}`.
  static func read(_ written: Resolved, into diagnostics: inout [Diagnostic]) -> [Facet] {
    guard case .options(let own) = written.value else {
      return [Facet(column: written.asText, label: nil, place: written.place)]
    }
    var labels: [String] = []
    if let label = own["label"] {
      if case .list(let all) = label.value { labels = all.map(\.asText) } else { labels = [label.asText] }
    }
    let names = ["column", "rows", "columns"].filter { own[$0] != nil }
    guard names == ["column"] || names == ["rows", "columns"] else {
      diagnostics.append(Diagnostic(at: written.place, needsColumns))
      return []
    }
    if !labels.isEmpty, labels.count != names.count {
      diagnostics.append(Diagnostic(at: own.place("label"), wrongLabels(labels.count, names.count)))
    }
    return names.enumerated().map { index, name in
      Facet(
        column: own.text(name), label: index < labels.count ? labels[index] : nil, place: own.place(name))
    }
  }

  /// One panel: its title, and the value that each facet's column has in it.
  struct Cell: Sendable {
    var title: String?
    var conditions: [(column: String, value: String)]
  }

  /// The panels of a figure, row by row; one without a title where nothing is faceted.
  static func cells(_ facets: [Facet], _ tables: [Table]) -> [Cell] {
    facets.reduce([Cell(title: nil, conditions: [])]) { cells, facet in
      let values = Categories(facet.column, in: tables.filter { $0[facet.column] != nil })
      return cells.flatMap { cell in
        values.values.indices.map { index in
          let own = facet.label.map { "\($0): \(values.labels[index])" } ?? values.labels[index]
          return Cell(
            title: [cell.title, own].compactMap(\.self).joined(separator: " · "),
            conditions: cell.conditions + [(facet.column, values.values[index])])
        }
      }
    }
  }
}

extension Table {
  /// The rows of one panel; a column that the table does not have says nothing.
  func rows(in cell: Facet.Cell) -> Table {
    let known = cell.conditions.filter { self[$0.column] != nil }
    return known.isEmpty ? self : filtered(known.map { ($0.column, [$0.value]) })
  }
}

private let needsColumns = "a facet needs ‘column’, or ‘rows’ and ‘columns’ for a grid of panels"
private func wrongLabels(_ labels: Int, _ facets: Int) -> String {
  "\(labels) \(labels == 1 ? "label" : "labels") for \(facets) \(facets == 1 ? "facet" : "facets")"
}
