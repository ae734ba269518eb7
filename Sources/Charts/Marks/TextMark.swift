import Specs
import Tables

/// Words at places.
struct TextMark: Mark {
  let entry = CatalogEntry("text", doc: "The value of the `text` column, written at x and y.")
  let channels: [ChannelRule] = [.any("x"), .any("y"), .any("text")]
  let swatch = Swatch.none

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let name = rows.layer.channels["text"]?.column, let column = rows.table[name] else { return [] }
    let wanted = rows.layer.channels["text"]?.format
    return rows.series().flatMap { series in
      series.rows.compactMap { row -> Shape? in
        let point = rows.point(row)
        guard point.x.isFinite, point.y.isFinite else { return nil }
        let text =
          column.number(row).map { format($0, wanted ?? (column.schema.kind == .integer ? .integer : .standard)).text }
          ?? column.text(row)
        return Shape(.text(point, text), .text, series.label == nil ? .ink : series.style)
      }
    }
  }
}
