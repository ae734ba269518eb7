import Diagnostics
import Specs
import Tables

/// A line across the panel at a value.
struct RuleMark: Mark {
  let entry = CatalogEntry(
    "rule",
    options: [Option("text", .text, .absent, "Words at its end.")],
    doc: "A line across the panel at a value of x or y: a number, or each value of a column.")
  let channels = [
    ChannelRule(name: "x", isRequired: false, takesText: true, takesConstant: true),
    ChannelRule(name: "y", isRequired: false, takesText: true, takesConstant: true),
  ]
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    let layer = rows.layer
    var shapes: [Shape] = []
    if let x = layer.constants["x"] { shapes.append(Shape(.vertical(x), .rule, .ink)) }
    if let y = layer.constants["y"] { shapes.append(Shape(.horizontal(y), .rule, .ink)) }
    for series in rows.series() {
      let style = series.label == nil ? SeriesStyle.ink : series.style
      if layer.constants["x"] == nil, let x = rows.x, layer.channels["x"] != nil, layer.ownsX {
        shapes += distinct(series.rows.map { x[$0] }).map { Shape(.vertical($0), .rule, style) }
      }
      if layer.constants["y"] == nil, let y = rows.y, layer.channels["y"] != nil, layer.ownsY {
        shapes += distinct(series.rows.map { y[$0] }).map { Shape(.horizontal($0), .rule, style) }
      }
    }
    if let text = options.optionalText("text") {
      for shape in shapes {
        switch shape.geometry {
        case .horizontal(let y): shapes.append(Shape(.text(Point(x: .infinity, y: y), text), .text, shape.style))
        case .vertical(let x): shapes.append(Shape(.text(Point(x: x, y: .infinity), text), .text, shape.style))
        default: break
        }
      }
    }
    return shapes
  }

  func mistakes(in layer: Layer) -> [Diagnostic] {
    let isPlaced =
      !layer.constants.isEmpty || layer.ownsX && layer.channels["x"] != nil || layer.ownsY && layer.channels["y"] != nil
    return isPlaced ? [] : [Diagnostic(at: layer.markPlace, needsXOrY)]
  }

  private func distinct(_ values: [Double]) -> [Double] { Set(values.filter(\.isFinite)).sorted() }
}

private let needsXOrY = "the mark ‘rule’ needs ‘x’ or ‘y’: a number or a column"
