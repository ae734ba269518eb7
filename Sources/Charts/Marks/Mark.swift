import Diagnostics
public import Specs

/// A way to draw rows: it turns them into shapes in data space.
protocol Mark: Sendable {
  /// Its name, options and documentation.
  var entry: CatalogEntry { get }
  /// The channels that it reads, beside `color` and `series`.
  var channels: [ChannelRule] { get }
  /// Whether length encodes value on an axis, so that the axis starts at zero.
  var showsLength: Bool { get }
  /// How its swatch in a legend looks.
  var swatch: Swatch { get }
  /// Whether rows that differ only in their seed are drawn as one, with their spread.
  var aggregates: Bool { get }
  /// Whether rows are joined to lines, so that runs must be kept apart.
  var joinsRows: Bool { get }
  /// The channel whose values have colours of a map, where that is not `color`.
  var valueChannel: String? { get }
  /// Whether it stands in a box of three axes, where no mark of two has a place.
  var isSpatial: Bool { get }

  /// Whether both axes have the same range and unit.
  var isSquare: Bool { get }
  /// Whether its heights are only an order, so that the axis shows nothing.
  var hidesY: Bool { get }
  /// Whether many numbers of `color` are values on a map instead of categories.
  var colorsValues: Bool { get }

  /// What is wrong with a layer beyond single options and channels.
  func mistakes(in layer: Layer) -> [Diagnostic]

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape]
}

extension Mark {
  var showsLength: Bool { false }
  var aggregates: Bool { false }
  var swatch: Swatch { .box }
  var joinsRows: Bool { false }
  var valueChannel: String? { nil }
  var isSpatial: Bool { false }
  var isSquare: Bool { false }
  var hidesY: Bool { false }
  var colorsValues: Bool { false }
  func mistakes(in layer: Layer) -> [Diagnostic] { [] }
}

enum Swatch: Hashable, Sendable { case line, dot, box, cell, none }

/// What a mark needs of a channel.
struct ChannelRule: Sendable {
  var name: String
  var isRequired: Bool
  var takesText: Bool
  /// Whether a number may stand in place of a column.
  var takesConstant = false

  static func number(_ name: String) -> ChannelRule { ChannelRule(name: name, isRequired: true, takesText: false) }
  static func any(_ name: String) -> ChannelRule { ChannelRule(name: name, isRequired: true, takesText: true) }
}

/// Every mark. Adding one is a new file and a line here.
let allMarks: [any Mark] = [
  LineMark(),
  DotMark(),
  BarMark(),
  AreaMark(),
  RuleMark(),
  TextMark(),
  HistogramMark(),
  HeatmapMark(),
  ContourMark(),
  Surface3DMark(),
  Path3DMark(),
  ArrowMark(),
  StemMark(),
  PersistenceMark(),
  BarcodeMark(),
]

/// The marks with their options, for `fieldbook kinds` and for editors.
public let markCatalog = Catalog("mark", allMarks.map(\.entry))

func mark(named name: String) -> any Mark { allMarks.first { $0.entry.name == name }! }
