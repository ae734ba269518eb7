import Specs
import Tables

/// How many values of x fall into each bin.
struct HistogramMark: Mark {
  let entry = CatalogEntry(
    "histogram",
    options: [
      Option("bins", .integer(1...500), .yaml("30"), "About how many bins; their edges are round numbers."),
      Option("share", .boolean, .yaml("false"), "Whether the share of values is shown instead of their count."),
    ],
    doc: "How many values of x fall into each bin; logarithmic bins on a logarithmic axis.")
  let channels: [ChannelRule] = [.number("x")]
  let showsLength = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let whole = rows.whole[x.column.name] else { return [] }
    let scale = Scale(
      x.kind, holding: (0..<whole.count).map { whole.number($0) ?? .nan }, domain: rows.layer.channels["x"]?.domain,
      includesZero: false, padding: 0)
    let edges = binEdges(scale, count: options.integer("bins"))
    let all = rows.series()
    return all.flatMap { series -> [Shape] in
      var counts = [Int](repeating: 0, count: edges.count - 1)
      var total = 0
      for row in series.rows where x[row].isFinite {
        total += 1
        if let bin = bin(of: x[row], edges) { counts[bin] += 1 }
      }
      let unit = options.boolean("share") ? 1 / Double(max(1, total)) : 1
      if all.count > 1 {
        // Outlines, so that series behind one another can be told apart.
        let first = counts.firstIndex { $0 > 0 } ?? 0
        let last = counts.lastIndex { $0 > 0 } ?? 0
        var ring = [Point(x: edges[first], y: 0)]
        for bin in first...last {
          let height = Double(counts[bin]) * unit
          ring += [Point(x: edges[bin], y: height), Point(x: edges[bin + 1], y: height)]
        }
        ring.append(Point(x: edges[last + 1], y: 0))
        return total == 0 ? [] : [Shape(.region([ring]), .steps, series.style)]
      }
      return counts.indices.filter { counts[$0] > 0 }.map { index in
        let top = Point(x: edges[index + 1], y: Double(counts[index]) * unit)
        return Shape(.rectangle(Point(x: edges[index], y: 0), top), .bar, series.style)
      }
    }
  }
}

/// Round edges that hold a scale's values; evenly spaced in the logarithm on a logarithmic scale.
func binEdges(_ scale: Scale, count: Int) -> [Double] {
  if scale.kind == .log {
    let low = log10(scale.low)
    let step = (log10(scale.high) - low) / Double(count)
    return (0...count).map { $0 == 0 ? scale.low : $0 == count ? scale.high : exp10(low + Double($0) * step) }
  }
  let step = niceStep(scale.high - scale.low, count: count)
  let first = (scale.low / step + 1e-9).rounded(.down)
  let last = max(first + 1, (scale.high / step - 1e-9).rounded(.up))
  return (0...Int(last - first)).map { (first + Double($0)) * step }
}

/// The bin that holds a value: lower edge included, the last bin with both.
private func bin(of value: Double, _ edges: [Double]) -> Int? {
  guard value >= edges[0], value <= edges[edges.count - 1] else { return nil }
  var (low, high) = (0, edges.count - 1)
  while high - low > 1 {
    let middle = (low + high) / 2
    if edges[middle] <= value { low = middle } else { high = middle }
  }
  return low
}
