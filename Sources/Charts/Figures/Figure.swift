public import Diagnostics
public import Specs
public import Tables

/// A checked `figure` block: layers of marks over tables, and what is said about them.
public struct Figure: Sendable {
  public var id: String
  /// As written; the page renders its inline Markdown and hands it back to `draw`.
  public var caption: String
  public var captionPlace: Place
  /// What the figure shows, for those who do not see it.
  public var alt: String
  var layers: [Layer]
  /// A panel for each value of a column, or for each pair of values of two: rows, then columns.
  var facets: [Facet]
  /// How many panels stand side by side on a wide page.
  var columns: Int?
  var title: String?
  var width: Double
  var height: Double?
  /// Whether a unit is as long along y as along x.
  var isEqual = false
  /// `nil` labels lines directly where there is room.
  var legend: Bool?

  /// The tables that the figure reads, each once.
  public var sources: [Source] {
    var seen: Set<Source> = []
    return layers.map(\.source).filter { seen.insert($0).inserted }
  }

  /// The values that rows are chosen by, with the table they are of.
  public var choices: [(source: Source, conditions: [Reference.Condition])] {
    layers.map { ($0.source, $0.filters.flatMap(\.conditions)) }
  }

  /// What a `figure` block may say, for `fieldbook kinds` and for editors.
  public static let options: [Option] =
    [
      Option("id", .text, .required, "Its name, unique in the book: `fig-…`."),
      Option("caption", .text, .required, "One or two sentences below it; inline Markdown."),
      Option("alt", .text, .required, "What it shows, for those who do not see it."),
      Option("title", .text, .absent, "A line above it."),
      Option(
        "facet", .either([.text, .options(facetOptions)]), .absent,
        "A column; a panel for each of its values, with the same axes. `{rows: …, columns: …}` makes a grid of two."),
      Option(
        "columns", .integer(1...12), .absent,
        "How many panels stand side by side; on a phone fewer, where they do not fit. As many as suits when left out."),
      Option("legend", .boolean, .absent, "A legend (true) or none (false); labels at line ends where there is room."),
      Option("width", .number(atLeast: 240, atMost: 1600), .yaml("680"), "In pixels of a wide page."),
      Option("height", .number(atLeast: 80, atMost: 2000), .absent, "In pixels; what suits the width and panels."),
      Option(
        "aspect", .choice(["equal"]), .absent, "equal: a unit is as long along y as along x, so that circles are round."
      ),
      Option(
        "layers", .list(.options(Layer.options), count: 1...40), .absent, "Marks over one another, the first lowest."),
    ] + Layer.options

  static let facetOptions: [Option] = [
    Option("column", .text, .absent, "The column that has a panel for each value."),
    Option("rows", .text, .absent, "The column that has a row of panels for each value."),
    Option("columns", .text, .absent, "The column that has a panel in each row for each value."),
    Option(
      "label", .either([.text, .list(.text, count: 2...2)]), .absent,
      "What stands before the value in a panel's title; two for a grid."),
  ]

  /// Checks a block. Every mistake is a diagnostic at its place; `nil` when there is one.
  public static func check(_ spec: Spec, schemas: SchemaLookup, into diagnostics: inout [Diagnostic]) -> Figure? {
    let before = diagnostics.count
    let spec = spec.withoutMarkOptions(into: &diagnostics)
    let values = spec.readLeniently(options, owner: "a figure", into: &diagnostics)
    if let id = values["id"], id.asText.isEmpty || !id.asText.allSatisfy(isIDCharacter) {
      diagnostics.append(Diagnostic(at: id.place, wrongID(id.asText)))
    }
    for name in ["caption", "alt"] where values[name]?.asText.allSatisfy(\.isWhitespace) == true {
      diagnostics.append(Diagnostic(at: values.place(name), isEmpty(name)))
    }
    var schemasSeen: [TableSchema] = []
    let remembering: SchemaLookup = { source, diagnostics in
      let schema = schemas(source, &diagnostics)
      if let schema { schemasSeen.append(schema) }
      return schema
    }
    var layers: [Layer] = []
    if let written = values["layers"], let specs = spec["layers"]?.elements {
      for (layer, own) in zip(specs, written.asList) {
        layers += [
          Layer(
            layer, own: own.asOptions, shared: values, figure: spec, isAlone: false, schemas: remembering,
            into: &diagnostics)
        ].compactMap(\.self)
      }
    } else if spec["layers"] == nil {
      layers += [
        Layer(
          spec, own: values, shared: values, figure: spec, isAlone: true, schemas: remembering, into: &diagnostics)
      ].compactMap(\.self)
    }
    if layers.contains(where: \.mark.isSpatial), let flat = layers.first(where: { !$0.mark.isSpatial }) {
      diagnostics.append(Diagnostic(at: flat.markPlace, hasNoPlaceInSpace(flat.mark), hints: [spatialMarks]))
    }
    if let path = layers.first(where: { $0.mark is Path3DMark && $0.channels["z"] == nil }),
      !layers.contains(where: { $0.mark is Surface3DMark }), !layers.isEmpty
    {
      diagnostics.append(Diagnostic(at: path.markPlace, needsHeight))
    }
    let facets = values["facet"].map { Facet.read($0, into: &diagnostics) } ?? []
    for facet in facets where !schemasSeen.isEmpty && !schemasSeen.contains(where: { $0[facet.column] != nil }) {
      _ = schemasSeen[0].find(facet.column, at: facet.place, into: &diagnostics)
    }
    if facets.count == 2, values["columns"] != nil {
      diagnostics.append(Diagnostic(at: values.place("columns"), gridHasColumns))
    }
    if diagnostics[before...].contains(where: { $0.severity == .error }) { return nil }
    return Figure(
      id: values.text("id"), caption: values.text("caption"), captionPlace: values.place("caption"),
      alt: values.text("alt"), layers: layers, facets: facets, columns: values.optionalInteger("columns"),
      title: values.optionalText("title"), width: values.number("width"), height: values.optionalNumber("height"),
      isEqual: values["aspect"] != nil, legend: values["legend"].map { _ in values.boolean("legend") })
  }
}

extension Spec {
  /// This block without options of its mark that were written beside the mark instead of in it, each said.
  fileprivate func withoutMarkOptions(into diagnostics: inout [Diagnostic]) -> Spec {
    guard let written = self["mark"], let entry = markCatalog[written.text ?? written.entries.first?.key ?? ""] else {
      return self
    }
    let known = Set(Figure.options.map(\.name))
    let misplaced = entries.filter { item in
      !known.contains(item.key) && entry.options.contains { $0.name == item.key }
    }
    for item in misplaced {
      diagnostics.append(
        Diagnostic(at: item.keyPlace, belongsToMark(item.key, entry.name), hints: [markForm(item, entry.name)]))
    }
    return removing(Set(misplaced.map(\.key)))
  }
}

/// Letters, digits, `-` and `_`: what an element's id and a file's name can both be made of.
func isIDCharacter(_ character: Character) -> Bool {
  character.isASCII && (character.isLetter || character.isNumber || character == "-" || character == "_")
}

func wrongID(_ id: String) -> String { "the id ‘\(id)’ may only hold ASCII letters, digits, ‘-’ and ‘_’" }
func isEmpty(_ name: String) -> String { "‘\(name)’ says nothing" }
private let needsHeight = "a path without ‘z’ lies on a surface, but this figure has no ‘surface3d’"
private func hasNoPlaceInSpace(_ mark: any Mark) -> String {
  "the mark ‘\(mark.entry.name)’ has two axes and no place in a box of three"
}
private let spatialMarks =
  "valid here: \(allMarks.filter(\.isSpatial).map(\.entry.name).joined(separator: ", "))"
private let gridHasColumns = "a grid has as many columns as the second facet has values; leave ‘columns’ out"
private func belongsToMark(_ key: String, _ mark: String) -> String { "‘\(key)’ is an option of the mark ‘\(mark)’" }
private func markForm(_ item: Spec.Entry, _ mark: String) -> String {
  "written like: mark: {\(mark): {\(item.key): \(item.value.text ?? "…")}}"
}
