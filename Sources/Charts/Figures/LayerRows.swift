import Specs
import Tables

/// The rows that one layer draws in one panel, and how they are seen.
struct LayerRows {
  let layer: Layer
  /// The rows in this panel.
  let table: Table
  /// The layer's rows in all panels, so that bins and colours are the same everywhere.
  let whole: Table
  let x: Positions?
  let y: Positions?
  let color: ColorEncoding
  /// The style of what has no colour of its own.
  var plain = SeriesStyle.only
}

/// Positions along one axis.
struct Positions {
  let column: Column
  /// For bands: the categories in the order of the axis.
  let categories: Categories?
  let kind: ScaleKind

  /// The value, or the number of the category.
  subscript(row: Int) -> Double {
    guard let categories else { return column.number(row) ?? .nan }
    return categories.index(column.text(row)).map(Double.init) ?? .nan
  }
}

/// What colours mean.
enum ColorEncoding {
  case none
  /// A colour for each of a few values.
  case categories(Column, Categories)
  /// A colour map over a range of values.
  case values(Column, ColorRange)
}

/// A colour map over a range of values, linear or logarithmic.
struct ColorRange: Hashable, Sendable {
  var map: ColorMap
  var scale: Scale
  var title: String
  var format: Format?

  /// Whether a value has a colour: a logarithmic scale has none for zero and below.
  func shows(_ value: Double) -> Bool { value.isFinite && scale.transformed(value).isFinite }

  /// Where a value lies in the map, from 0 to 1.
  func share(_ value: Double) -> Double { min(1, max(0, scale.position(value))) }

  /// In 64 steps, more than the eye tells apart.
  func style(_ value: Double) -> SeriesStyle {
    SeriesStyle(color: .value(map.hex((share(value) * 63).rounded() / 63)))
  }
}

/// The rows of a layer that belong together: one colour, and within it one run each.
struct Series {
  var label: String?
  var style: SeriesStyle
  /// The rows of each run (one of several seeds), in table order.
  var runs: [[Int]]
  var rows: [Int] { runs.flatMap(\.self) }
}

extension LayerRows {
  /// The series of this panel, in the order of their colours.
  func series() -> [Series] {
    let all = Array(0..<table.rowCount)
    // What splits a colour's rows into lines of their own.
    let within = [layer.series, layer.over, layer.separate].compactMap(\.self)
    func series(_ label: String?, _ style: SeriesStyle, _ rows: [Int]) -> [Series] {
      if rows.isEmpty { return [] }
      let splits = table.groups(by: [layer.series, layer.separate].compactMap(\.self), among: rows).map(\.rows)
      return splits.map { split in
        Series(label: label, style: style, runs: table.groups(by: within, among: split).map(\.rows))
      }
    }
    switch color {
    case .none, .values: return series(nil, plain, all)
    case .categories(let column, let categories):
      let byValue = Dictionary(grouping: all) { column.text($0) }
      return categories.values.indices.flatMap { index in
        series(categories.labels[index], categories.styles[index], byValue[categories.values[index]] ?? [])
      }
    }
  }

  /// The rows of a run in the order in which a line visits them: by `order:`, else along x.
  func ordered(_ rows: [Int]) -> [Int] {
    let key: (Int) -> Double
    if let order = layer.order, let column = table[order] {
      key = { column.number($0) ?? .nan }
    } else if let x, layer.order == nil {
      key = { x[$0] }
    } else {
      return rows
    }
    return rows.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
  }

  func point(_ row: Int) -> Point { Point(x: x?[row] ?? .nan, y: y?[row] ?? .nan) }

  /// The style of one row where colours mean values; the series' own style otherwise.
  func style(_ row: Int, in series: Series) -> SeriesStyle {
    if case .values(let column, let range) = color, let value = column.number(row), range.shows(value) {
      return range.style(value)
    }
    return series.style
  }
}
