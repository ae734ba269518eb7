import Diagnostics
import Specs
import Tables
import Tensors

/// What a search tries: values of dotted options, listed or drawn.
struct Candidates: Sendable {
  struct Axis: Sendable {
    enum Values: Sendable {
      case listed([String])
      /// Between two bounds, the logarithm uniform or the number itself.
      case drawn(from: Double, to: Double, isLogarithmic: Bool)
    }
    var path: String
    var place: Place
    var values: Values
  }

  static let options = [
    Option(
      "candidates",
      .map(
        .either([
          .list(.text, count: 1...10_000),
          .options([
            Option("uniform", .list(.number(), count: 2...2), .absent, "Drawn between these."),
            Option(
              "log-uniform", .list(.number(above: 0), count: 2...2), .absent,
              "Drawn between these, its logarithm uniform."
            ),
          ]),
        ])), .required,
      "What is tried: options by dotted paths (`optimizer.sgd.lr`), each a list of values or a range to draw from."),
    Option(
      "draws", .integer(1...100_000), .absent,
      "Candidates drawn at random; every combination of the lists when left out."
    ),
  ]

  var axes: [Axis]
  /// Each candidate's values, axis by axis, as they would be written.
  var choices: [[String]]

  /// Reads `candidates` and `draws`; `nil` after saying what is wrong.
  init?(_ options: Values, seeds: Seeds, _ diagnostics: inout [Diagnostic]) {
    axes = []
    for (path, value) in options["candidates"]!.asMap.sorted(by: { $0.key < $1.key }) {
      var values: Axis.Values?
      switch value.value {
      case .list(let items): values = .listed(items.map(\.asText))
      case .options(let range):
        switch (range.list("uniform").map(\.asNumber), range.list("log-uniform").map(\.asNumber)) {
        case (let bounds, []) where bounds.count == 2 && bounds[0] < bounds[1]:
          values = .drawn(from: bounds[0], to: bounds[1], isLogarithmic: false)
        case ([], let bounds) where bounds.count == 2 && bounds[0] < bounds[1]:
          values = .drawn(from: bounds[0], to: bounds[1], isLogarithmic: true)
        default: break
        }
      default: break
      }
      guard let values else {
        diagnostics.append(Diagnostic(at: value.place, notARange))
        return nil
      }
      axes.append(Axis(path: path, place: value.place, values: values))
    }
    guard !axes.isEmpty else {
      diagnostics.append(Diagnostic(at: options.place("candidates"), nothingToTry))
      return nil
    }
    if let draws = options.optionalInteger("draws") {
      var stream = seeds.stream(.data("candidates"))
      choices = (0..<draws).map { [axes] _ in axes.map { $0.draw(from: &stream) } }
    } else {
      choices = [[]]
      for axis in axes {
        guard case .listed(let values) = axis.values else {
          diagnostics.append(Diagnostic(at: axis.place, needsDraws))
          return nil
        }
        choices = choices.flatMap { choice in values.map { choice + [$0] } }
      }
    }
  }

  /// A column for each axis, as a sweep would add it.
  var columns: [ColumnSchema] {
    axes.indices.map { index in
      let isNumber = choices.allSatisfy { Double($0[index]) != nil }
      return ColumnSchema(axes[index].path, isNumber ? .number : .text, doc: "What the candidate has for this option.")
    }
  }

  /// A candidate's values for these columns.
  func values(of candidate: Int) -> [String: TableBuilder.Value] {
    var row: [String: TableBuilder.Value] = [:]
    for (index, column) in columns.enumerated() {
      let text = choices[candidate][index]
      row[column.name] = column.kind == .number ? .number(Double(text)!) : .text(text)
    }
    return row
  }
}

extension Candidates.Axis {
  fileprivate func draw(from stream: inout Stream) -> String {
    switch values {
    case .listed(let values): values[Int(stream.integer(below: UInt32(values.count)))]
    case .drawn(let low, let high, true):
      "\(exponential(stream.uniform(from: logarithm(low), to: logarithm(high))))"
    case .drawn(let low, let high, false): "\(stream.uniform(from: low, to: high))"
    }
  }
}

private let notARange = "a range goes up and is one of two: {uniform: [0, 1]} or {log-uniform: [0.001, 1]}"
private let nothingToTry = "candidates needs at least one option to try values of"
private let needsDraws = "a range has no end of values: say how many candidates are drawn with ‘draws’"
