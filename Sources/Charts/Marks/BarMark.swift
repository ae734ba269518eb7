import Specs
import Tables

/// A bar from zero for each category; colours stand side by side, seeds become a whisker.
struct BarMark: Mark {
  let entry = CatalogEntry(
    "bar",
    doc: "A bar from zero for each category of one axis; colours stand side by side, and the spread is a whisker.")
  let channels: [ChannelRule] = [.any("x"), .any("y")]
  let showsLength = true
  let aggregates = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    // Upright unless only y has categories.
    let isSideways = rows.y?.categories != nil && rows.x?.categories == nil
    func point(_ place: Double, _ value: Double) -> Point {
      isSideways ? Point(x: value, y: place) : Point(x: place, y: value)
    }
    let all = rows.series()
    let labels = all.map(\.label)
    // Where the colour only repeats the category there is one bar a band.
    let isDodged = dodges(all, rows, isSideways)
    let slots = isDodged ? Double(labels.count) : 1
    let width = 0.8 / slots
    let wanted = rows.layer.channels[isSideways ? "x" : "y"]
    let baseline = (isSideways ? rows.x : rows.y)?.kind == .log ? -Double.infinity : 0
    return all.enumerated().flatMap { index, series -> [Shape] in
      let offset = isDodged ? -0.4 + width * (Double(index) + 0.5) : 0
      let pairs = series.rows.map { row -> (place: Double, value: Double) in
        let point = rows.point(row)
        return isSideways ? (point.y, point.x) : (point.x, point.y)
      }
      return aggregate([pairs]).flatMap { item -> [Shape] in
        let center = item.place + offset
        guard item.values.mean.isFinite else {
          return [Shape(.missing(point(center, baseline), words: isSideways ? .beside : .above), .cross, series.style)]
        }
        let half = width * (slots > 1 ? 0.46 : 0.4)
        var shapes = [
          Shape(
            .rectangle(point(center - half, baseline), point(center + half, item.values.mean)), .bar, series.style,
            words: words(series, at: item, isSideways ? rows.y : rows.x, wanted?.format))
        ]
        if let ends = rows.layer.band.ends(item.values), ends.low < ends.high {
          shapes.append(Shape(.line([point(center, ends.low), point(center, ends.high)]), .whisker, .ink))
        }
        if item.values.nonFinite > 0 {
          shapes.append(Shape(.cross(point(center, item.values.highest)), .cross, series.style))
        }
        return shapes
      }
    }
  }

  /// "lecun, 0.9: 11.4% ± 0.2%".
  private func words(_ series: Series, at item: Aggregate, _ axis: Positions?, _ wanted: Format?) -> String {
    let index = Int(item.place)
    let name = axis?.categories?.labels[index] ?? shortest(item.place).text
    let names = [name, series.label == name ? nil : series.label].compactMap(\.self).joined(separator: ", ")
    return "\(names): \(item.values.text(wanted))"
  }

  private func dodges(_ all: [Series], _ rows: LayerRows, _ isSideways: Bool) -> Bool {
    let axis = isSideways ? rows.y : rows.x
    guard case .categories(let column, _) = rows.color, let axis else { return all.count > 1 }
    return column.name != axis.column.name
  }
}
