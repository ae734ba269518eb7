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
    /// Where a run left the numbers.
    case cross(Point)
    /// A cross at a category's foot, with words: there is no number to draw there. `upright` columns, or rows.
    case missing(Point, upright: Bool)
    /// A line across the whole panel at a value.
    case vertical(Double)
    case horizontal(Double)
    case text(Point, String)
    /// A text in the middle of a cell, shown only where it fits; `onLight` says what it stands on.
    case cell(Point, String, onLight: Bool)
  }

  var geometry: Geometry
  var style: SeriesStyle
  /// The CSS class that says how it is drawn.
  var role: Role
  /// The series that a line belongs to, for a label at its end.
  var series: String?

  enum Role: String, Sendable {
    case line = "chart-line"
    /// A path over a surface, drawn with a rim so that it stands out.
    case path = "chart-path"
    case band = "chart-band"
    case area = "chart-area"
    case bar = "chart-bar"
    case dot = "chart-dot"
    /// The end of a path; its start is a hollow dot.
    case start = "chart-start"
    case whisker = "chart-whisker"
    case rule = "chart-rule"
    case cell = "chart-cell"
    /// One step of a surface painted in the page's ink.
    case depth = "chart-depth"
    case isoline = "chart-isoline"
    case hole = "chart-hole"
    case cross = "chart-cross"
    case text = "chart-text"
  }

  init(_ geometry: Geometry, _ role: Role, _ style: SeriesStyle, series: String? = nil) {
    self.geometry = geometry
    self.role = role
    self.style = style
    self.series = series
  }

  /// The points that the scales must hold.
  var extent: [Point] {
    switch geometry {
    case .line(let points): points
    case .region(let rings): rings.flatMap(\.self)
    case .rectangle(let a, let b): [a, b]
    case .marker(let point), .cross(let point), .missing(let point, _), .text(let point, _), .cell(let point, _, _):
      [point]
    case .vertical(let x): [Point(x: x, y: .nan)]
    case .horizontal(let y): [Point(x: .nan, y: y)]
    }
  }
}
