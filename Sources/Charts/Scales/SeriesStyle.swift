import Tables

/// What an entity looks like in every figure: one of seven colours, and a dash and marker for those beyond them.
struct SeriesStyle: Hashable, Sendable {
  enum Color: Hashable, Sendable {
    /// 0…6: `--series-1` … `--series-7`.
    case category(Int)
    /// 0…6 along `--ramp-1` … `--ramp-7`, for numbers in order.
    case ramp(Int)
    /// A colour of a map, for continuous values.
    case value(String)
    /// One step of a surface painted in ink, with this opacity.
    case depth(Double)
    /// The page's ink: the only series there is, or none.
    case ink
  }

  var color: Color
  /// 0…3: solid, dashed, dotted, dash-dotted; also the shape of markers.
  var variant = 0

  static let colorCount = 7
  /// Whether it stands for a number in order.
  var isRamp: Bool { if case .ramp = color { true } else { false } }

  /// Number n of a catalog: colour n mod 7, dash and marker n div 7.
  static func numbered(_ number: Int) -> SeriesStyle {
    SeriesStyle(color: .category(number % colorCount), variant: number / colorCount % 4)
  }

  static let ink = SeriesStyle(color: .ink)
  static let only = SeriesStyle(color: .category(0))

  /// The classes that give an element its colour and dash.
  var classes: String {
    let color =
      switch color {
      case .category(let number): "series-\(number + 1)"
      case .ramp(let number): "ramp-\(number + 1)"
      case .value: "chart-value"
      case .depth: "chart-step"
      case .ink: "series-ink"
      }
    return variant == 0 ? color : "\(color) dash-\(variant)"
  }

  /// Properties for a colour that no class has.
  var inlineStyle: String? {
    switch color {
    case .value(let hex): "--c:\(hex)"
    case .depth(let opacity): "--depth:\(DecimalDigits(opacity).rounded(decimals: 4).positional(decimals: 4))"
    default: nil
    }
  }
}

/// The distinct values of a column, in an order that makes sense to a reader, and the style of each.
struct Categories: Hashable, Sendable {
  /// Texts as in the table; numbers with full precision.
  var values: [String]
  /// As a reader sees them.
  var labels: [String]
  var styles: [SeriesStyle]

  var count: Int { values.count }
  func index(_ value: String) -> Int? { values.firstIndex(of: value) }

  /// - Parameter tables: every table that has the column; catalog numbers decide colours, else order of appearance.
  ///   Numbers are sorted and coloured along a ramp.
  init(_ name: String, in tables: [Table]) {
    let columns = tables.compactMap { $0[name] }
    let isNumeric = columns.allSatisfy { $0.schema.kind != .text } && !columns.isEmpty
    var seen: [String: Int] = [:]
    var found: [(value: String, number: Double?)] = []
    var numbers: [String: Int] = [:]
    for column in columns {
      numbers.merge(column.catalogNumbers) { first, _ in first }
      var last: String?
      for row in 0..<column.count {
        // Values come in long stretches: a run's rows stand together.
        let value = column.text(row)
        if value == last { continue }
        last = value
        if seen.updateValue(1, forKey: value) == nil { found.append((value, column.number(row))) }
      }
    }
    if isNumeric { found.sort { ($0.number ?? .infinity) < ($1.number ?? .infinity) } }
    values = found.map(\.value)
    labels = found.map { item in
      guard let number = item.number else { return item.value }
      return isNumeric ? shortest(number).text : item.value
    }
    if isNumeric {
      let last = max(1, found.count - 1)
      styles = found.indices.map {
        SeriesStyle(
          color: .ramp(found.count == 1 ? 3 : ($0 * 6 + last / 2) / last), variant: found.count > 7 ? $0 % 2 : 0)
      }
    } else {
      // Values that no catalog numbers take the colours that are left, in order of appearance.
      let used = Set(found.compactMap { numbers[$0.value] })
      var free = (0...).lazy.filter { !used.contains($0) }.makeIterator()
      styles = found.map { .numbered(numbers[$0.value] ?? free.next()!) }
    }
  }

  /// As long as there are colours for all, none is used twice: the style whose line is more solid keeps it, the other
  /// takes the next that is free, with the dash and the marker that it has everywhere.
  func toldApart() -> Categories {
    guard count <= SeriesStyle.colorCount else { return self }
    var copy = self
    var taken: Set<Int> = []
    for index in styles.indices.sorted(by: { (styles[$0].variant, $0) < (styles[$1].variant, $1) }) {
      guard case .category(var number) = styles[index].color else { continue }
      while taken.contains(number) { number = (number + 1) % SeriesStyle.colorCount }
      taken.insert(number)
      copy.styles[index].color = .category(number)
    }
    return copy
  }
}

/// A number with the digits it was written with, for labels of settings such as a learning rate.
func shortest(_ value: Double) -> FormattedNumber {
  guard value.isFinite else { return format(value) }
  let digits = DecimalDigits(value).rounded(significant: 6)
  if digits.isZero { return FormattedNumber(mantissa: "0") }
  if (-4...5).contains(digits.exponent) { return format(value, .fixed(max(0, digits.digits.count - digits.point))) }
  var number = format(value, .scientific(max(1, digits.digits.count)))
  if number.mantissa == "1" { number.mantissa = "" }
  return number
}
