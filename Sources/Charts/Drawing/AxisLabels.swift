import Markup

/// The labels below a panel, arranged so that none overlaps another or is cut off.
struct BottomLabels {
  private enum Arrangement {
    case numbers([(at: Double, label: FormattedNumber)])
    /// Categories in one or more lines each.
    case lines([(at: Double, lines: [String])])
    case slanted([(at: Double, text: String)])
  }
  private let arrangement: Arrangement
  let ticks: [Double]
  let minor: [Double]
  /// Room below the axis.
  let height: Double
  /// Room left of the panel and right of it.
  let left: Double
  let right: Double

  /// - Parameter scale: with pixels from 0 to the panel's width.
  init(_ axis: Scene.Axis, scale: Scale) {
    let width = scale.end
    guard let categories = axis.categories else {
      let fitting = fittingTicks(scale, format: axis.channel?.format, length: width)
      let placed = zip(fitting.major, fitting.labels).map { (at: scale.position($0), label: $1) }
      arrangement = .numbers(placed)
      ticks = fitting.major
      minor = fitting.minor
      height = 22
      left = placed.map { $0.label.width / 2 - $0.at }.max() ?? 0
      right = placed.map { $0.at + $0.label.width / 2 - width }.max() ?? 0
      return
    }
    minor = []
    let band = scale.bandWidth
    let places = categories.values.indices.map { scale.position(Double($0)) }
    if axis.isNumeric {
      // Every k-th number, as far as they have room.
      let widest = (categories.labels.map { textWidth($0) }.max() ?? 0) + 8
      let every = max(1, Int((widest / band).rounded(.up)))
      let kept = categories.labels.indices.filter { $0 % every == 0 }
      arrangement = .lines(kept.map { (places[$0], [categories.labels[$0]]) })
      ticks = kept.map(Double.init)
      height = 22
    } else {
      ticks = categories.values.indices.map(Double.init)
      let wrapped = categories.labels.map { wrap($0, width: band - 8) }
      if wrapped.allSatisfy({ $0.count <= 3 && $0.allSatisfy { textWidth($0) <= band - 4 } }) {
        arrangement = .lines(Array(zip(places, wrapped)).map { (at: $0, lines: $1) })
        height = 6 + lineHeight * Double(wrapped.map(\.count).max() ?? 1)
      } else {
        arrangement = .slanted(Array(zip(places, categories.labels)).map { (at: $0, text: $1) })
        let longest = categories.labels.map { textWidth($0) }.max() ?? 0
        height = 16 + longest * 0.643
        left = zip(places, categories.labels).map { textWidth($1) * 0.766 + 4 - $0 }.max() ?? 0
        right = 0
        return
      }
    }
    left = 0
    right = 0
  }

  func nodes(box: Box) -> [Node] {
    let y = box.bottom + 17
    switch arrangement {
    case .numbers(let all):
      return all.map { svgText($0.label.svg, x: box.left + $0.at, y: y, anchor: .middle, classes: "chart-tick-label") }
    case .lines(let all):
      return all.flatMap { place in
        place.lines.enumerated().map { index, line in
          svgText(
            line, x: box.left + place.at, y: y + lineHeight * Double(index), anchor: .middle,
            classes: "chart-tick-label")
        }
      }
    case .slanted(let all):
      return all.map { place in
        let x = box.left + place.at + 4
        return svgText(
          place.text, x: x, y: y - 3, anchor: .end, classes: "chart-tick-label",
          transform: "rotate(-40 \(pixel(x)) \(pixel(y - 3)))")
      }
    }
  }
}

/// A name in lines no wider than this, broken after `-` and at spaces; words that are too wide stay whole.
func wrap(_ text: String, width: Double) -> [String] {
  var pieces: [String] = [""]
  for character in text {
    if character == " " {
      pieces.append("")
    } else {
      pieces[pieces.count - 1].append(character)
      if character == "-" { pieces.append("") }
    }
  }
  var lines: [String] = []
  for piece in pieces where !piece.isEmpty {
    let joined = lines.last.map { $0.hasSuffix("-") ? $0 + piece : "\($0) \(piece)" }
    if let joined, textWidth(joined) <= width { lines[lines.count - 1] = joined } else { lines.append(piece) }
  }
  return lines
}
