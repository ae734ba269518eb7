import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// Values on a grid of the plane, or along a line, that another experiment has computed.
struct LentGrid: Sendable {
  /// Rising.
  let x: [Double]
  /// Rising; one number for a line.
  let y: [Double]
  /// Rows along y, columns along x.
  let values: Matrix

  /// How many values are not finite.
  var missing: Int { values.elements.count { !$0.isFinite } }

  /// The distance of neighbours along x and along y; `nil` where it is not everywhere the same. A single row or column is
  /// as wide as the other way.
  var spacing: SIMD2<Double>? {
    guard let dx = step(x), let dy = step(y) else { return nil }
    return SIMD2(dx > 0 ? dx : dy, dy > 0 ? dy : dx)
  }

  /// 0 for one number.
  private func step(_ axis: [Double]) -> Double? {
    let step = (axis[axis.count - 1] - axis[0]) / Double(max(1, axis.count - 1))
    return differences(axis).allSatisfy { abs($0 - step) <= 1e-6 * step } ? step : nil
  }

  /// The row nearest to a place.
  func row(at place: Double) -> LentGrid {
    let row = y.indices.min { abs(y[$0] - place) < abs(y[$1] - place) } ?? 0
    let line = Array(values.elements[row * x.count..<(row + 1) * x.count])
    return LentGrid(x: x, y: [y[row]], values: Matrix(rows: 1, columns: x.count, line))
  }
}

extension LentGrid {
  /// Where a grid is read from and which columns it has.
  static let options: [Option] = [
    Option("from", .reference, .required, "The table with the values: another experiment's, such as ‘study.surface’."),
    Option("x", .text, .yaml("x"), "Its column with the first coordinate."),
    Option("y", .text, .yaml("y"), "Its column with the second coordinate."),
    Option("value", .text, .yaml("loss"), "Its column with the values."),
  ]

  /// The columns that these options name, but those left out.
  static func table(_ options: Values, of option: String = "from", without: Set<String> = []) -> LentTable {
    LentTable(
      options[option]!,
      columns: ["x", "y", "value"].filter { !without.contains($0) }.map { name in
        (name, options.text(name), (options[name]!.isWritten ? options[name] : options[option])!.place)
      })
  }

  /// What is wrong with a table of another experiment as a grid: columns, or a table beside the one that is its grid.
  static func mismatches(_ table: LentTable, with lender: (any Experiment)?) -> [Diagnostic] {
    let missing = table.mismatches(with: lender)
    guard missing.isEmpty, let lender, table.refusal(of: lender) == nil, lender.grid(of: table.table) == nil,
      let grid = lender.tables.first(where: { lender.grid(of: $0.name).map { $0.y > 1 } ?? false })
    else { return missing }
    return [
      Diagnostic(at: table.place, "\(table) is no grid of values", hints: ["‘\(table.id).\(grid.name)’ is"])
    ]
  }

  /// A grid from the columns x, y and value, in any order of rows; a line from x and value.
  /// - Throws: `DiagnosticError` where a place is missing or stands twice.
  init(_ table: LentTable, of inputs: [Input]?) throws {
    let columns = try table.numbers(of: inputs)
    let isLine = columns.count == 2
    let (xs, values) = (columns[0], columns[columns.count - 1])
    let ys = isLine ? Array(repeating: 0, count: xs.count) : columns[1]
    func fail(_ message: String, _ hint: String) -> DiagnosticError {
      DiagnosticError(at: table.place, "\(table) is no \(isLine ? "line" : "grid"): " + message, hints: [hint])
    }
    guard !values.isEmpty else { throw fail("it has no rows", "a table with a row for each place") }
    guard (xs + ys).allSatisfy(\.isFinite) else {
      throw fail("a coordinate is not a number", "the columns ‘x’ and ‘y’ name where values are")
    }
    let (xPlaces, yPlaces) = (places(xs), places(ys))
    let count = xPlaces.values.count * yPlaces.values.count
    guard count == values.count else {
      let size = isLine ? "\(xPlaces.values.count) places" : "\(xPlaces.values.count) × \(yPlaces.values.count) places"
      throw fail(
        "it has \(values.count) rows for \(size)",
        isLine ? "one row for each place, of one run" : "one row for each pair of x and y, of one run")
    }
    var elements = [Double](repeating: 0, count: count)
    var isTaken = [Bool](repeating: false, count: count)
    for (index, value) in values.enumerated() {
      let place = yPlaces.ranks[index] * xPlaces.values.count + xPlaces.ranks[index]
      guard !isTaken[place] else { throw fail("(\(xs[index]), \(ys[index])) stands twice", "one row for each pair") }
      isTaken[place] = true
      elements[place] = value
    }
    self.init(
      x: xPlaces.values, y: yPlaces.values,
      values: Matrix(rows: yPlaces.values.count, columns: xPlaces.values.count, elements))
  }
}

/// The different numbers, rising, and the place of each among them.
private func places(_ numbers: [Double]) -> (values: [Double], ranks: [Int]) {
  let values = Set(numbers).sorted()
  let rank = Dictionary(uniqueKeysWithValues: values.enumerated().map { ($1, $0) })
  return (values, numbers.map { rank[$0]! })
}

extension LandscapeError {
  /// What the mathematics cannot do, said at a place of the chapter.
  func at(_ place: Place) -> DiagnosticError { DiagnosticError(at: place, message, hints: hints) }
}
