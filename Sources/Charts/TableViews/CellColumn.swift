import Markup

/// The numbers of one column, written alike and aligned at the decimal point.
///
/// Alignment is by invisible digits: every cell has as many characters after the point as the longest, those it does
/// not need hidden. That holds in any font with figures of equal width, and nothing of it is read aloud or copied.
struct CellColumn {
  private let cells: [MeanDeviation]
  /// The longest texts after the point: of means, and of deviations.
  private let meanTail: String
  private let deviations: [FormattedNumber?]
  private let deviationWidth: String
  private let means: [FormattedNumber]

  init(_ cells: [MeanDeviation], format wanted: Format?) {
    self.cells = cells
    let formats = CellColumn.formats(cells, wanted)
    let means = zip(cells, formats).map { format($0.mean, $1) }
    self.means = means
    deviations = zip(cells, formats).map { cell, wanted in cell.spread(wanted) }
    meanTail = zip(cells, means).filter { $0.0.mean.isFinite }.map { tail($0.1.text) }.max { $0.count < $1.count } ?? ""
    deviationWidth = deviations.compactMap(\.?.text).max { $0.count < $1.count } ?? ""
  }

  /// One notation for the column where its values are of like size, each cell's own where they are not.
  private static func formats(_ cells: [MeanDeviation], _ wanted: Format?) -> [Format] {
    if wanted == .percent(nil) {
      let decimals = cells.compactMap { cell -> Int? in
        guard cell.mean.isFinite, case .percent(let decimals) = cell.format(wanted) else { return nil }
        return decimals
      }
      return Array(repeating: .percent(decimals.max()), count: cells.count)
    }
    let all = Array(repeating: wanted ?? .standard, count: cells.count)
    guard wanted == nil else { return all }
    let sizes = cells.map(\.mean.magnitude).filter { $0.isFinite && $0 > 0 }
    guard let least = sizes.min(), let most = sizes.max(), most / least <= 100,
      plainExponents.contains(DecimalDigits(most).exponent), plainExponents.contains(DecimalDigits(least).exponent)
    else { return all }
    let wholes = cells.filter { $0.mean.isFinite && ($0.deviation ?? 0) == 0 }
    if wholes.count == cells.count, wholes.allSatisfy({ $0.mean == $0.mean.rounded() }) {
      return Array(repeating: .integer, count: cells.count)
    }
    // Three digits for the least value, but no more than five for the greatest, nor beyond what deviations support.
    var decimals = min(2 - DecimalDigits(least).exponent, 4 - DecimalDigits(most).exponent)
    let supported = cells.compactMap { cell -> Int? in
      guard let deviation = cell.deviation, deviation > 0 else { return nil }
      return 1 - DecimalDigits(deviation).rounded(significant: 2).exponent
    }
    if let most = supported.max() { decimals = min(decimals, most) }
    return Array(repeating: .fixed(max(0, decimals)), count: cells.count)
  }

  /// A cell's content.
  func node(_ index: Int) -> Node {
    let cell = cells[index]
    guard cell.mean.isFinite else {
      if let infinity = cell.infinity { return format(infinity).node }
      if cell.diverged == 0 { return noValueNode }
      let text = cell.count > 1 ? "diverged (\(cell.diverged) of \(cell.count))" : notFinite
      return .tag("span", ["class": "not-finite"], .text(text))
    }
    var nodes = [means[index].node]
    let missing = meanTail.dropFirst(tail(means[index].text).count)
    if !missing.isEmpty { nodes.append(pad(String(missing))) }
    if let deviation = deviations[index] {
      nodes.append(.tag("span", ["class": "deviation"], .text(" ± "), deviation.node))
      // What is longer in others is digits; the end (a percent sign, a power) is the same.
      let short = deviationWidth.count - deviation.text.count
      if short > 0 { nodes.append(pad(String(repeating: "0", count: short))) }
    } else if !deviationWidth.isEmpty {
      nodes.append(pad(" ± " + deviationWidth))
    }
    if let note = cell.note { nodes.append(.tag("span", ["class": "cell-note"], .text(note))) }
    return .fragment(nodes)
  }

  /// Room for text that is not there: as an attribute, so that no reader of the markup takes it for digits.
  private func pad(_ text: String) -> Node {
    .tag("span", ["class": "pad", "data-room": text, "aria-hidden": "true"])
  }
}

/// A dash where there is no value, which those who listen hear as that.
let noValueNode = Node.tag("span", ["class": "no-value", "role": "img", "aria-label": "no value"], .text(noValue))

/// What stands from the decimal point on.
private func tail(_ text: String) -> String {
  String(text.drop { "0123456789".contains($0) || String($0) == minus || String($0) == groupSeparator })
}
