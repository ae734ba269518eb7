/// A point in data space: each coordinate is a value on its axis, or the number of a category.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double
}

/// Something to draw, in data space. Marks make shapes; the figure finds the scales that hold them and projects.
struct Shape: Hashable, Sendable {
  enum Geometry: Hashable, Sendable {
    /// An open line; a point that is not finite breaks it.
    case line([Point])
    /// Closed rings, filled by the even-odd rule.
    case region([[Point]])
    /// Opposite corners. An infinite coordinate is the end of the axis.
    case rectangle(Point, Point)
    case marker(Point)
    /// Many small dots of one style.
    case cloud([Point])
    /// Where a run left the numbers.
    case cross(Point)
    /// A cross at the foot of an axis, with words where there is room: there is no number to draw there.
    case missing(Point, words: Side)
    /// A line across the whole panel at a value.
    case vertical(Double)
    case horizontal(Double)
    case text(Point, String)
    /// A text in the middle of a cell, shown only where it fits; `onLight` says what it stands on.
    case cell(Point, String, onLight: Bool)
    /// A line with a head at its second end, which may be an end of an axis.
    case arrow(Point, Point)
    /// The head of an arrow halfway between two points of a path.
    case head(Point, Point)
    /// A line across the whole panel that stands for a value beyond all numbers, with its name at the axis.
    case limit(Double, String)
    /// Nothing to see; the axes hold it.
    case extent(Point)
    /// A surface in space.
    case sheet(Sheet)
    /// A path in space, and a point of it; a height of NaN is that of the surface.
    case thread([SpacePoint])
    case bead(SpacePoint)
  }

  var geometry: Geometry
  var style: SeriesStyle
  /// Where words stand.
  enum Side: Hashable, Sendable { case above, beside, none }

  /// The CSS class that says how it is drawn.
  var role: Role
  /// The series that a line belongs to, for a label at its end.
  var series: String?
  /// What a pointer that rests on it is told.
  var words: String?

  enum Role: String, Sendable {
    case line = "chart-line"
    /// A path over a surface, drawn with a rim so that it stands out.
    case path = "chart-path"
    case band = "chart-band"
    case area = "chart-area"
    case bar = "chart-bar"
    /// Bars of one of several series that lie over one another.
    case steps = "chart-steps"
    case dot = "chart-dot"
    /// The end of a path; its start is a hollow dot.
    case start = "chart-start"
    case whisker = "chart-whisker"
    case rule = "chart-rule"
    case diagonal = "chart-diagonal"
    case arrow = "chart-arrow"
    case head = "chart-head"
    /// A bar whose width is that of the room it has.
    case stick = "chart-stick"
    case stem = "chart-stem"
    case cell = "chart-cell"
    /// One step of a surface painted in the page's ink.
    case depth = "chart-depth"
    case isoline = "chart-isoline"
    case hole = "chart-hole"
    case cross = "chart-cross"
    case text = "chart-text"
  }

  init(
    _ geometry: Geometry, _ role: Role, _ style: SeriesStyle, series: String? = nil, words: String? = nil
  ) {
    self.words = words ?? series
    self.geometry = geometry
    self.role = role
    self.style = style
    self.series = series
  }

  /// Within a layer: surfaces under lines, lines under dots, dots under words.
  fileprivate var rank: Int {
    switch role {
    case .band, .area, .cell, .depth: 0
    case .start, .dot, .cross, .head: 2
    case .text: 3
    default: 1
    }
  }

  /// The points that the scales must hold.
  var extent: [Point] {
    switch geometry {
    case .line(let points), .cloud(let points): points
    case .region(let rings): rings.flatMap(\.self)
    case .rectangle(let a, let b): [a, b]
    case .marker(let point), .cross(let point), .missing(let point, _), .text(let point, _), .cell(let point, _, _):
      [point]
    case .arrow(let a, let b), .head(let a, let b): [a, b]
    case .extent(let point): [point]
    case .limit(let y, _): [Point(x: .nan, y: y)]
    case .vertical(let x): [Point(x: x, y: .nan)]
    case .horizontal(let y): [Point(x: .nan, y: y)]
    case .sheet(let sheet):
      [(sheet.grid.xs.first, sheet.grid.ys.first), (sheet.grid.xs.last, sheet.grid.ys.last)].map {
        Point(x: $0.0 ?? .nan, y: $0.1 ?? .nan)
      }
    case .thread(let points): points.map { Point(x: $0.x, y: $0.y) }
    case .bead(let point): [Point(x: point.x, y: point.y)]
    }
  }
}

/// Hundreds of round dots as one cloud for each style: they overlap anyway, and weigh a tenth.
func gathered(_ shapes: [Shape]) -> [Shape] {
  func place(_ shape: Shape) -> Point? {
    guard shape.role == .dot, shape.style.variant == 0, case .marker(let point) = shape.geometry else { return nil }
    return point
  }
  guard shapes.lazy.filter({ place($0) != nil }).count > 200 else { return shapes }
  var order: [SeriesStyle] = []
  var clouds: [SeriesStyle: [Point]] = [:]
  var rest: [Shape] = []
  for shape in shapes {
    guard let point = place(shape) else {
      rest.append(shape)
      continue
    }
    if clouds[shape.style] == nil { order.append(shape.style) }
    clouds[shape.style, default: []].append(point)
  }
  return (rest + order.map { Shape(.cloud(clouds[$0] ?? []), .dot, $0) }).inPaintingOrder
}

extension [Shape] {
  /// Each once, the lowest first.
  var inPaintingOrder: [Shape] {
    var seen: Set<Shape> = []
    return enumerated().filter { seen.insert($0.element).inserted }.sorted {
      ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset)
    }.map(\.element)
  }
}
