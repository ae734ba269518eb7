import Diagnostics
import Specs
import Tables

/// One mark over one table: what a figure without `layers:` has one of.
struct Layer: Sendable {
  var source: Source
  var filters: [Filter]
  var mark: any Mark
  var markPlace: Place
  var options: Values
  /// `x`, `y`, `x2`, …, `color`: those that the layer has, its own or inherited.
  var channels: [String: Channel]
  /// Numbers that stand in place of a column.
  var constants: [String: Double]
  /// The column whose values are drawn as one, with their spread.
  var over: String?
  var band: Spread
  /// A column that splits a colour into several lines.
  var series: String?
  /// The seed column where it is neither aggregated nor shown: runs must not be joined to one line.
  var separate: String?
  /// The column along which a path runs; `row` for the order of the rows.
  var order: String?
  /// Whether x and y are the layer's own, not inherited from the figure.
  var ownsX: Bool
  var ownsY: Bool
  var isAlone: Bool

  /// How a contour is filled, once it is known what else is drawn.
  func fill(_ options: Values) -> String {
    let written = options.text("fill")
    return written == "auto" ? (isAlone ? "values" : "quiet") : written
  }

  /// The columns that the layer shows.
  var columns: [String] {
    var names = (Layer.channelNames + ["color"]).compactMap { channels[$0]?.column }
    names += [series, over, separate, order == "row" ? nil : order].compactMap(\.self)
    return names
  }

  /// The channel that gives values their colours: `z` of a surface.
  var valueChannel: Channel? {
    if hasCategories { return nil }
    // In space colour need not say height again.
    return mark.isSpatial && mark.valueChannel != nil && channels["color"] != nil
      ? channels["color"] : mark.valueChannel.flatMap { channels[$0] }
  }
  /// The channel that gives categories their colours: `color`, or the `z` of a heatmap of names.
  var categoryChannel: Channel? { hasCategories ? mark.valueChannel.flatMap { channels[$0] } : channels["color"] }
  /// Whether the mark's values are names, or numbers that stand for names.
  private(set) var hasCategories = false
}

extension Layer {
  /// Every channel but `color`, which all marks have.
  static let channelNames = ["x", "y", "x2", "y2", "dx", "dy", "z", "text"]

  /// What a layer may say. A figure says the same things for all its layers.
  static let options: [Option] = [
    Option("from", .text, .absent, "The table: `study`, `study.epochs[init=lecun]`, or `file.csv`."),
    Option("mark", .entry(markCatalog), .absent, "How rows are drawn."),
    Option("x", Channel.type, .absent, "The horizontal position."),
    Option("y", Channel.type, .absent, "The vertical position."),
    Option("x2", Channel.type, .absent, "Where an arrow or a bar of a barcode ends, along x."),
    Option("y2", Channel.type, .absent, "Where an arrow ends, along y."),
    Option("dx", Channel.type, .absent, "How far an arrow points along x."),
    Option("dy", Channel.type, .absent, "How far an arrow points along y."),
    Option("z", Channel.type, .absent, "The height of a surface: the value behind its colours."),
    Option("text", Channel.type, .absent, "The words of the mark `text`."),
    Option(
      "color", Channel.type, .absent, "A colour for each value; names from a catalog keep theirs in the whole book."),
    Option("series", .text, .absent, "A column that splits rows of one colour into several lines."),
    Option(
      "over", .text, .absent, "The column that is averaged over, `seed` where lines and bars have one; or `none`."),
    Option(
      "band", .choice(Spread.allCases.map(\.rawValue)), .absent, "The spread that is shown; min-max when left out."),
    Option("order", .text, .absent, "The column along which a path runs, such as `step`; `row` keeps the rows' order."),
    Option("where", .map(.either([.list(.text), .text])), .absent, "Only rows with these values."),
  ]

  /// Checks one layer. `own` is what it says itself, `shared` what the figure says for all.
  init?(
    _ spec: Spec, own: Values, shared: Values, figure: Spec, isAlone: Bool, schemas: SchemaLookup,
    into diagnostics: inout [Diagnostic]
  ) {
    let before = diagnostics.count
    func value(_ name: String) -> Resolved? { own[name] ?? shared[name] }
    guard let from = value("from") else {
      diagnostics.append(Diagnostic(at: spec.place, needsFrom))
      return nil
    }
    guard let selection = value("mark") else {
      if spec["mark"] == nil && figure["mark"] == nil {
        diagnostics.append(Diagnostic(at: spec.place, needsMark, hints: [validMarks]))
      }
      return nil
    }
    switch Source.parse(from.asText, at: from.place) {
    case .success(let parsed): source = parsed
    case .failure(let error):
      diagnostics += error.diagnostics
      return nil
    }
    guard let schema = schemas(source, &diagnostics) else { return nil }
    mark = Charts.mark(named: selection.asEntry.name)
    markPlace = selection.place
    options = selection.asEntry.values
    self.isAlone = isAlone
    filters = Filter.read(source, where: own["where"] == nil ? nil : spec["where"], schema: schema, into: &diagnostics)
    if !isAlone, let inherited = figure["where"] {
      // The figure's filter holds for every layer that has its columns.
      let known = inherited.entries.filter { schema[$0.key] != nil }
      filters += Filter.read(
        Source(origin: source.origin, conditions: [], place: source.place),
        where: Spec(.map(known), at: inherited.place), schema: schema, into: &diagnostics)
    }
    channels = [:]
    constants = [:]
    ownsX = isAlone || own["x"] != nil
    ownsY = isAlone || own["y"] != nil
    let rules = mark.channels + [ChannelRule(name: "color", isRequired: false, takesText: true)]
    for rule in rules {
      guard let written = value(rule.name) else {
        // What was written but could not be read has its own message.
        let isWritten = spec[rule.name] != nil || figure[rule.name] != nil
        if rule.isRequired, !isWritten { diagnostics.append(Diagnostic(at: selection.place, needsChannel(mark, rule))) }
        continue
      }
      let isInherited = own[rule.name] == nil
      if rule.takesConstant, case .text(let text) = written.value, let number = Double(text) {
        constants[rule.name] = number
        continue
      }
      // A colour of the whole figure is for those layers that have its column.
      if isInherited, !rule.isRequired, schema[columnName(written)] == nil { continue }
      guard var channel = Channel(written, schema: schema, into: &diagnostics) else { continue }
      if !isInherited, !isAlone, let figures = shared[rule.name] { channel.complete(from: figures) }
      channels[rule.name] = channel
      if rule.name == mark.valueChannel, rule.takesText {
        hasCategories = schema[channel.column]?.kind == .text || channel.scale == .band
      }
      if !rule.takesText, let column = schema[channel.column], column.kind == .text {
        diagnostics.append(Diagnostic(at: channel.place, needsNumbers(mark, rule.name, column)))
      }
    }
    if let color = channels["color"], mark.valueChannel != nil {
      let isText = schema[color.column]?.kind == .text
      if own["color"] != nil, !mark.isSpatial {
        diagnostics.append(Diagnostic(at: color.place, ignoresChannel(mark, "color"), hints: [colorsOfZ]))
      } else if own["color"] != nil, isText, let column = schema[color.column] {
        diagnostics.append(Diagnostic(at: color.place, needsNumbers(mark, "color", column)))
      }
      // A colour of the whole figure is for the layers over the surface.
      if !mark.isSpatial || isText { channels["color"] = nil }
    }
    for name in Layer.channelNames where own[name] != nil && !rules.contains(where: { $0.name == name }) {
      diagnostics.append(Diagnostic(at: own[name]!.place, ignoresChannel(mark, name)))
    }
    if mark.showsLength, let x = channels["x"], let y = channels["y"], schema[x.column]?.kind == .text,
      schema[y.column]?.kind == .text
    {
      diagnostics.append(Diagnostic(at: y.place, needsOneNumber(mark)))
    }
    band = value("band").flatMap { Spread(rawValue: $0.asText) } ?? .minMax

    func column(_ name: String) -> String? {
      guard let written = value(name) else { return nil }
      if own[name] == nil, schema[written.asText] == nil, !isAlone { return nil }
      return schema.find(written.asText, at: written.place, into: &diagnostics)?.name
    }
    series = column("series")
    order = value("order")?.asText == "row" ? "row" : column("order")
    let shown = Set(channels.values.map(\.column) + [series, order].compactMap(\.self))
    let hasSeed = schema["seed"] != nil && !shown.contains("seed")
    let written = value("over")?.asText
    if written == "none" || order != nil {
      over = nil
    } else if written != nil {
      over = column("over")
    } else {
      over = hasSeed && mark.aggregates ? "seed" : nil
    }
    separate = over == nil && hasSeed && mark.joinsRows ? "seed" : nil
    // What a mark misses it may miss because it could not be read.
    if !diagnostics[before...].contains(where: { $0.severity == .error }) { diagnostics += mark.mistakes(in: self) }
    if diagnostics[before...].contains(where: { $0.severity == .error }) { return nil }
  }
}

private func columnName(_ written: Resolved) -> String {
  if case .options(let values) = written.value { return values.text("column") }
  return written.asText
}

private let needsFrom = "a figure needs ‘from’: the experiment, table or CSV file that it shows"
private let needsMark = "a figure needs ‘mark’: how rows are drawn"
private let validMarks = "valid here: \(markCatalog.names.joined(separator: ", "))"
private func needsChannel(_ mark: any Mark, _ rule: ChannelRule) -> String {
  "the mark ‘\(mark.entry.name)’ needs ‘\(rule.name)’: a column\(rule.takesText ? "" : " of numbers")"
}
private func ignoresChannel(_ mark: any Mark, _ channel: String) -> String {
  "the mark ‘\(mark.entry.name)’ does not use ‘\(channel)’"
}
private let colorsOfZ = "its colours are those of ‘z’"
private func needsNumbers(_ mark: any Mark, _ channel: String, _ column: ColumnSchema) -> String {
  "the mark ‘\(mark.entry.name)’ needs numbers for ‘\(channel)’, but column ‘\(column.name)’ holds text"
}
private func needsOneNumber(_ mark: any Mark) -> String {
  "the mark ‘\(mark.entry.name)’ needs numbers for x or y, but both hold text"
}
