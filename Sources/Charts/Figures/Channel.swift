import Diagnostics
import Specs
import Tables

/// A column of a table as something to see: a position, a colour, a text.
struct Channel: Hashable, Sendable {
  var column: String
  var place: Place
  /// `nil` is decided by the column's type.
  var scale: ScaleKind?
  /// For colours of values: around zero instead of from low to high.
  var isDiverging = false
  var label: String?
  var domain: ClosedRange<Double>?
  /// Whether the axis includes zero even where length does not encode value.
  var zero = false
  /// Where a symlog scale turns from linear to logarithmic.
  var threshold: Double?
  var format: Format?

  /// What a channel may say, beside the name of its column.
  static let options: [Option] = [
    Option("column", .text, .required, "The column that is shown."),
    Option(
      "scale", .choice(["linear", "log", "symlog", "band", "diverging"]), .absent,
      "How values become positions; colours of values also know `diverging`."),
    Option(
      "threshold", .number(above: 0), .absent,
      "Where a symlog scale turns from linear to logarithmic; the least decade of the data when left out, or the sixth."
    ),
    Option("label", .text, .absent, "The name on the axis; the column's own name and unit when left out."),
    Option("domain", .list(.number(), count: 2...2), .absent, "The ends of the axis; those of the data when left out."),
    Option("zero", .boolean, .yaml("false"), "Whether the axis includes zero."),
    Option("format", .text, .absent, "How its numbers are written: `percent`, `fixed 2`, `scientific`, `bytes`, …"),
  ]

  /// The type of an option that is a channel: a column's name, or a map with more to say.
  static let type = OptionType.either([.text, .options(options)])

  init?(_ written: Resolved, schema: TableSchema, into diagnostics: inout [Diagnostic]) {
    guard case .options(let values) = written.value else {
      column = written.asText
      place = written.place
      if schema.find(column, at: place, into: &diagnostics) == nil { return nil }
      return
    }
    column = values.text("column")
    place = values.place("column")
    guard let found = schema.find(column, at: place, into: &diagnostics) else { return nil }
    label = values.optionalText("label")
    zero = values.boolean("zero")
    if let name = values.optionalText("scale") {
      isDiverging = name == "diverging"
      scale = ScaleKind(rawValue: name)
      if found.kind == .text, name != "band" {
        diagnostics.append(Diagnostic(at: values.place("scale"), textOnScale(column, name)))
      }
    }
    threshold = values.optionalNumber("threshold")
    if threshold != nil, scale != .symlog {
      diagnostics.append(Diagnostic(at: values.place("threshold"), thresholdOfSymlog))
    }
    if values["domain"] != nil {
      let ends = values.list("domain").map(\.asNumber)
      if ends[0] >= ends[1] {
        diagnostics.append(Diagnostic(at: values.place("domain"), emptyDomain))
      } else if scale == .log, ends[0] <= 0 {
        diagnostics.append(Diagnostic(at: values.place("domain"), logOfZero))
      } else {
        domain = ends[0]...ends[1]
      }
    }
    if let text = values.optionalText("format") {
      switch Format.parse(text, at: values.place("format")) {
      case .success(let read): format = read
      case .failure(let error): diagnostics += error.diagnostics
      }
    }
  }

  /// Takes what is not said here from what the figure says of the same channel: its axis is the layers' in common.
  mutating func complete(from figures: Resolved) {
    guard case .options(let values) = figures.value else { return }
    if scale == nil, let name = values.optionalText("scale") { scale = ScaleKind(rawValue: name) }
    label = label ?? values.optionalText("label")
    zero = zero || values.boolean("zero")
    threshold = threshold ?? values.optionalNumber("threshold")
    let ends = values.list("domain").map(\.asNumber)
    if domain == nil, ends.count == 2, ends[0] < ends[1] { domain = ends[0]...ends[1] }
    if format == nil, let text = values.optionalText("format") {
      format = try? Format.parse(text, at: values.place("format")).get()
    }
  }

  /// The scale of an axis with this column on it.
  func kind(_ schema: ColumnSchema) -> ScaleKind { scale ?? (schema.kind == .text ? .band : .linear) }
}

private func textOnScale(_ column: String, _ scale: String) -> String {
  "column ‘\(column)’ holds text, which has no place on a \(scale) scale"
}
private let thresholdOfSymlog = "only a symlog scale has a threshold: write ‘scale: symlog’ beside it"
private let emptyDomain = "the domain must go from a lower to a higher number"
private let logOfZero = "a logarithmic axis cannot reach zero: its domain must lie above"
