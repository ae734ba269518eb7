public import Diagnostics
public import Specs
public import Tables

/// A checked `table` block: which rows and columns of a table are shown, and how.
public struct TableView: Sendable {
  /// A column as it is shown.
  struct ShownColumn: Sendable, Hashable {
    var name: String
    var label: String?
    var unit: String?
    var format: Format?
    /// Whether the deviation over seeds stands beside the mean.
    var showsDeviation = true
  }
  enum Goal: String, Sendable, CaseIterable { case lowest, highest }
  struct Order: Sendable, Hashable {
    var column: String
    var isDescending: Bool
  }

  public var id: String
  /// As written; the page renders its inline Markdown and hands it back to `draw`.
  public var caption: String
  public var captionPlace: Place
  /// The one table that is read.
  public var source: Source
  var filters: [Filter]
  /// The columns that name a row; without them each row of the table is one.
  var rows: [String]
  /// The headers of row columns that have one of their own.
  var rowLabels: [String: String]
  var columns: [ShownColumn]
  var over: String?
  var best: [String: Goal]
  var sort: Order?

  public var sources: [Source] { [source] }
  /// The values that rows are chosen by, with the table they are of.
  public var choices: [(source: Source, conditions: [Reference.Condition])] {
    [(source, filters.flatMap(\.conditions))]
  }

  /// What a `table` block may say, for `fieldbook kinds` and for editors.
  public static let options: [Option] = [
    Option("id", .text, .required, "Its name, unique in the book: `tbl-…`."),
    Option("from", .text, .required, "The table: `study`, `study.epochs[epoch=3]`, or `file.csv`."),
    Option("caption", .text, .required, "One or two sentences above it; inline Markdown."),
    Option(
      "rows", .either([.list(.either([.text, .options(rowOptions)]), count: 1...20), .text]), .absent,
      "The columns that name a row."),
    Option(
      "columns", .list(.either([.text, .options(columnOptions)]), count: 1...60), .required,
      "The columns that are shown."),
    Option("over", .text, .absent, "The column that is averaged over: `seed` where there is one; or `none`."),
    Option("best", .map(.choice(Goal.allCases.map(\.rawValue))), .absent, "Columns whose best value is marked."),
    Option(
      "sort", .either([.text, .map(.choice(["ascending", "descending"]))]), .absent,
      "The column that orders the rows: a name, or `{name: descending}`."),
    Option("where", .map(.either([.list(.text), .text])), .absent, "Only rows with these values."),
  ]

  static let rowOptions: [Option] = [
    Option("column", .text, .required, "The column that names rows."),
    Option("label", .text, .absent, "Its header; the column's own name when left out."),
  ]

  static let columnOptions: [Option] = [
    Option("column", .text, .required, "The column that is shown."),
    Option("label", .text, .absent, "Its header; the column's own name when left out."),
    Option(
      "deviation", .boolean, .yaml("true"),
      "Whether the deviation over seeds stands beside the mean; not for a share of runs that did something."),
    Option("unit", .text, .absent, "The unit in its header; the column's own when left out."),
    Option("format", .text, .absent, "How its numbers are written: `percent`, `fixed 2`, `scientific`, `bytes`, …"),
  ]

  /// Checks a block. Every mistake is a diagnostic at its place; `nil` when there is one.
  public static func check(_ spec: Spec, schemas: SchemaLookup, into diagnostics: inout [Diagnostic]) -> TableView? {
    let before = diagnostics.count
    let values = spec.readLeniently(options, owner: "a table", into: &diagnostics)
    if let id = values["id"], id.asText.isEmpty || !id.asText.allSatisfy(isIDCharacter) {
      diagnostics.append(Diagnostic(at: id.place, wrongID(id.asText)))
    }
    if values["caption"]?.asText.allSatisfy(\.isWhitespace) == true {
      diagnostics.append(Diagnostic(at: values.place("caption"), isEmpty("caption")))
    }
    guard let from = values["from"] else { return nil }
    let source: Source
    switch Source.parse(from.asText, at: from.place) {
    case .success(let parsed): source = parsed
    case .failure(let error):
      diagnostics += error.diagnostics
      return nil
    }
    guard let schema = schemas(source, &diagnostics) else { return nil }
    let filters = Filter.read(
      source, where: values["where"] == nil ? nil : spec["where"], schema: schema, into: &diagnostics)

    var rows: [String] = []
    var rowLabels: [String: String] = [:]
    for written in values["rows"].map({ written -> [Resolved] in
      if case .list(let all) = written.value { all } else { [written] }
    }) ?? [] {
      guard case .options(let row) = written.value else {
        rows += [schema.find(written.asText, at: written.place, into: &diagnostics)?.name].compactMap(\.self)
        continue
      }
      guard let column = schema.find(row.text("column"), at: row.place("column"), into: &diagnostics) else { continue }
      rows.append(column.name)
      rowLabels[column.name] = row.optionalText("label")
    }
    let columns = values.list("columns").compactMap { shown($0, schema, into: &diagnostics) }
    for column in columns where rows.contains(column.name) {
      diagnostics.append(Diagnostic(at: values.place("columns"), alreadyARow(column.name)))
    }

    var over: String?
    if let written = values["over"] {
      if written.asText != "none" {
        over = schema.find(written.asText, at: written.place, into: &diagnostics)?.name
      }
    } else if !rows.isEmpty, schema["seed"] != nil, !rows.contains("seed"),
      !columns.contains(where: { $0.name == "seed" })
    {
      over = "seed"
    }
    var best: [String: Goal] = [:]
    for entry in spec["best"]?.entries ?? [] {
      guard let goal = entry.value.text.flatMap(Goal.init) else { continue }
      guard columns.contains(where: { $0.name == entry.key }) else {
        diagnostics.append(
          Diagnostic(
            at: entry.keyPlace, notShown(entry.key), hints: suggestion(for: entry.key, among: columns.map(\.name))))
        continue
      }
      if schema[entry.key]?.kind == .text {
        diagnostics.append(Diagnostic(at: entry.keyPlace, textHasNoBest(entry.key)))
      }
      best[entry.key] = goal
    }
    var sort: Order?
    if let written = values["sort"] {
      let entry = spec["sort"]?.entries.first
      let name = entry?.key ?? written.asText
      if schema.find(name, at: entry?.keyPlace ?? written.place, into: &diagnostics) != nil {
        sort = Order(column: name, isDescending: entry?.value.text == "descending")
        if !rows.contains(name), !columns.contains(where: { $0.name == name }) {
          diagnostics.append(Diagnostic(at: entry?.keyPlace ?? written.place, notShown(name)))
        }
      }
    }
    if diagnostics[before...].contains(where: { $0.severity == .error }) { return nil }
    return TableView(
      id: values.text("id"), caption: values.text("caption"), captionPlace: values.place("caption"), source: source,
      filters: filters, rows: rows, rowLabels: rowLabels, columns: columns, over: over, best: best, sort: sort)
  }

  private static func shown(
    _ written: Resolved, _ schema: TableSchema, into diagnostics: inout [Diagnostic]
  ) -> ShownColumn? {
    guard case .options(let values) = written.value else {
      return schema.find(written.asText, at: written.place, into: &diagnostics).map { ShownColumn(name: $0.name) }
    }
    guard let column = schema.find(values.text("column"), at: values.place("column"), into: &diagnostics) else {
      return nil
    }
    var shown = ShownColumn(
      name: column.name, label: values.optionalText("label"), unit: values.optionalText("unit"),
      showsDeviation: values.boolean("deviation"))
    if let text = values.optionalText("format") {
      switch Format.parse(text, at: values.place("format")) {
      case .success(let format):
        shown.format = format
        if column.kind == .text {
          diagnostics.append(Diagnostic(at: values.place("format"), textHasNoFormat(column.name)))
        }
      case .failure(let error): diagnostics += error.diagnostics
      }
    }
    return shown
  }
}

private func alreadyARow(_ column: String) -> String { "column ‘\(column)’ already names the rows" }
private func notShown(_ column: String) -> String { "column ‘\(column)’ is not among the columns of this table" }
private func textHasNoBest(_ column: String) -> String { "column ‘\(column)’ holds text, so none of it is best" }
private func textHasNoFormat(_ column: String) -> String { "column ‘\(column)’ holds text, which has no number format" }
