import Specs
import Tables

/// How many values of x fall into each bin.
struct HistogramMark: Mark {
  let entry = CatalogEntry(
    "histogram",
    options: [
      Option("bins", .integer(1...500), .yaml("30"), "About how many bins; their edges are round numbers."),
      Option("share", .boolean, .yaml("false"), "Whether the share of values is shown instead of their count."),
      Option(
        "density", .boolean, .yaml("false"),
        "Whether the share for each unit of x is shown, so that the area of all bars is one."),
      Option("scale", .choice(["linear", "log"]), .yaml("linear"), "How counts become heights."),
    ],
    doc: "How many values of x fall into each bin; bins are evenly spaced on the axis, be it logarithmic or symlog.")
  let channels: [ChannelRule] = [.number("x")]
  let showsLength = true

  func shapes(of rows: LayerRows, _ options: Values) -> [Shape] {
    guard let x = rows.x, let whole = rows.whole[x.column.name] else { return [] }
    let scale = Scale(
      x.kind, holding: (0..<whole.count).map { whole.number($0) ?? .nan }, domain: rows.layer.channels["x"]?.domain,
      includesZero: false, padding: 0, threshold: rows.layer.channels["x"]?.threshold)
    let edges = binEdges(scale, count: options.integer("bins"))
    let isLog = options.text("scale") == "log"
    let foot = isLog ? -Double.infinity : 0
    let all = rows.series()
    return all.flatMap { series -> [Shape] in
      var counts = [Int](repeating: 0, count: edges.count - 1)
      var total = 0
      for row in series.rows where x[row].isFinite {
        total += 1
        if let bin = bin(of: x[row], edges) { counts[bin] += 1 }
      }
      let isDensity = options.boolean("density")
      let unit = options.boolean("share") || isDensity ? 1 / Double(max(1, total)) : 1
      func height(_ bin: Int) -> Double {
        if counts[bin] == 0 { return foot }
        return Double(counts[bin]) * unit / (isDensity ? edges[bin + 1] - edges[bin] : 1)
      }
      // On a logarithmic axis a bin of one value must still have a height.
      let least = counts.indices.map(height).filter { $0 > 0 }.min() ?? 1
      let room = isLog ? [Shape(.extent(Point(x: .nan, y: least / 2)), .bar, series.style)] : []
      if all.count > 1 {
        // Outlines, so that series behind one another can be told apart.
        let first = counts.firstIndex { $0 > 0 } ?? 0
        let last = counts.lastIndex { $0 > 0 } ?? 0
        var ring = [Point(x: edges[first], y: foot)]
        for bin in first...last {
          ring += [Point(x: edges[bin], y: height(bin)), Point(x: edges[bin + 1], y: height(bin))]
        }
        ring.append(Point(x: edges[last + 1], y: foot))
        return total == 0 ? [] : [Shape(.region([ring]), .steps, series.style)] + room
      }
      return counts.indices.filter { counts[$0] > 0 }.map { index in
        let top = Point(x: edges[index + 1], y: height(index))
        return Shape(.rectangle(Point(x: edges[index], y: foot), top), .bar, series.style)
      } + room
    }
  }
}

/// Edges that hold a scale's values: round on a linear scale, else evenly spaced on the axis.
func binEdges(_ scale: Scale, count: Int) -> [Double] {
  if scale.kind == .log || scale.kind == .symlog {
    let low = scale.transformed(scale.low)
    let step = (scale.transformed(scale.high) - low) / Double(count)
    return (0...count).map { $0 == 0 ? scale.low : $0 == count ? scale.high : scale.value(at: low + Double($0) * step) }
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
