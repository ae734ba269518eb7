import Diagnostics
import Tables
import Tensors

/// An author's own table of numbers: one or more columns are the target, all others inputs.
///
/// A text target makes classes; a numeric one is regressed on, unless `task` says `classification`.
public struct CSVFile: DataSource {
  public let facts: DataFacts
  public let files: [String]
  private let samples: Samples
  private let split: Split

  /// Reads the file.
  /// - Parameters:
  ///   - path: absolute; RFC 4180 with a header row, plain or gzip, UTF-8.
  ///   - name: what the author calls the file; messages name it so.
  ///   - targets: the target's column, or several for regression.
  ///   - inputs: the input columns; `nil` for all others.
  public init(
    path: String, name: String, targets: [String], inputs: [String]? = nil, task: TaskKind? = nil, split: Split
  ) throws(DataError) {
    func fail(_ message: String, line: Int? = nil, hints: [String] = []) -> DataError {
      DataError(message, file: name, line: line, hints: hints)
    }
    let rows: [CSVRow]
    do {
      rows = try CSVRow.parse(try text(of: path))
    } catch let error as CSVError {
      throw fail(error.message, line: error.line)
    } catch {
      throw fail((error as? DataError)?.message ?? "\(error)")
    }
    guard let header = rows.first?.cells else { throw fail(empty) }
    var column: [String: Int] = [:]
    for (index, title) in header.enumerated() where column.updateValue(index, forKey: title) != nil {
      throw fail(twice(title), line: rows[0].line)
    }
    for wanted in targets + (inputs ?? []) where column[wanted] == nil {
      throw fail(noColumn(wanted), line: rows[0].line, hints: suggestion(for: wanted, among: header))
    }
    let inputNames = inputs ?? header.filter { !targets.contains($0) }
    guard !inputNames.isEmpty else { throw fail(noInputs, line: rows[0].line) }
    let data = rows.dropFirst()
    guard data.count >= 2 else { throw fail(tooFew(data.count)) }
    for row in data where row.cells.count != header.count {
      throw fail(ragged(row.cells.count, header.count), line: row.line)
    }

    func numbers(_ names: [String]) throws(DataError) -> [Double] {
      var values: [Double] = []
      values.reserveCapacity(data.count * names.count)
      for row in data {
        for name in names {
          let cell = row.cells[column[name]!]
          guard let number = decimalNumber(trimmed(cell)), Float(number).isFinite else {
            throw fail(cell.isEmpty ? noValue(name) : notANumber(cell, name), line: row.line)
          }
          values.append(number)
        }
      }
      return values
    }
    let labels = data.map { trimmed($0.cells[column[targets[0]]!]) }
    let kind =
      task
      ?? (targets.count > 1 || labels.allSatisfy { decimalNumber($0) != nil || $0.isEmpty }
        ? .regression : .classification)
    let fileInputs = PackedNumbers.doubles(try numbers(inputNames))
    let learning: LearningTask
    switch kind {
    case .regression:
      learning = .regression(targets: targets)
      samples = Samples(count: data.count, inputs: fileInputs, targets: .values(try numbers(targets)))
    case .classification:
      guard targets.count == 1 else { throw fail(severalLabels) }
      if let row = data.first(where: { trimmed($0.cells[column[targets[0]]!]).isEmpty }) {
        throw fail(noValue(targets[0]), line: row.line)
      }
      let names = classes(among: labels)
      learning = .classification(classes: names)
      samples = Samples(count: data.count, inputs: fileInputs, targets: .labels(indices(of: labels, among: names)))
    }
    let testCount = split.testCount(of: data.count)
    facts = DataFacts(
      name: name, inputShape: [inputNames.count], task: learning, trainCount: data.count - testCount,
      testCount: testCount)
    files = [path]
    self.split = split
  }

  public func load() -> Dataset {
    let (train, test) = split.apply(samples)
    return Dataset(facts: facts, train: train, test: test)
  }
}

/// The whole file as text.
private func text(of path: String) throws(DataError) -> String {
  let file = try ByteFile(path)
  let bytes = try file.readAll(limit: 1 << 30)
  guard let text = String(validating: bytes, as: UTF8.self) else { throw DataError(notUTF8, file: path) }
  return text
}

private func trimmed(_ cell: String) -> String {
  guard cell.first?.isWhitespace == true || cell.last?.isWhitespace == true else { return cell }
  var slice = cell.drop { $0.isWhitespace }
  while slice.last?.isWhitespace == true { slice.removeLast() }
  return String(slice)
}

private let empty = "the file is empty"
private let notUTF8 = "the file is not UTF-8 text"
private let noInputs = "no column is left for the inputs"
private let severalLabels = "classification takes one target column"
private func twice(_ name: String) -> String { "column ‘\(name)’ is named twice" }
private func noColumn(_ name: String) -> String { "there is no column ‘\(name)’" }
private func tooFew(_ count: Int) -> String { "\(count) rows of data, but at least 2 are needed" }
private func ragged(_ count: Int, _ wanted: Int) -> String { "\(count) cells, but the header has \(wanted)" }
private func noValue(_ column: String) -> String { "no value in column ‘\(column)’" }
private func notANumber(_ cell: String, _ column: String) -> String {
  "‘\(cell)’ in column ‘\(column)’ is not a (finite) number"
}
