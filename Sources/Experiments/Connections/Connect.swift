import Autodiff
import Diagnostics
import Landscapes
import Specs
import Tables
import Tensors

/// `connect`: a curve of low loss between two checkpoints.
public let connectKind = Kind(
  CatalogEntry(
    "connect",
    options: Surveyed.networkOptions(samples: "1000") + [
      Option("from", .reference, .required, "The checkpoint where the curve begins."),
      Option("to", .reference, .required, "The checkpoint where it ends."),
      Option(
        "curve", .choice(ConnectingCurve.allCases.map(\.rawValue)), .yaml("bezier"),
        "A Bézier curve, or straight pieces from bend to bend."),
      Option("bends", .integer(1...20), .yaml("1"), "Points between the ends, all of which are learned."),
      Option("epochs", .integer(1...100_000), .yaml("10"), "Passes over the training samples."),
      Option("batch", .integer(1...Int.max), .yaml("128"), "Samples a step; every step draws its t anew."),
      Option(
        "lr", .number(above: 0), .yaml("0.05"),
        "Learning rate in the first half; it then falls linearly to a hundredth at nine tenths of the epochs, and stays."
      ),
      Option("momentum", .number(atLeast: 0, below: 1), .yaml("0.9"), "Of the bends' steps."),
      Option(
        "weight-decay", .number(atLeast: 0), .yaml("0"), "λ in ½λ‖φ(t)‖², which is added to the loss at the point met."),
      Option("points", .integer(3...100_000), .yaml("61"), "At how many t, at equal distances, the curve is judged."),
      SharedOption.seed, SharedOption.precision("float"),
    ],
    doc: "Learns a curve of low loss between two checkpoints, and judges it beside the straight line between them.",
    source: "Garipov et al. 2018, arXiv:1802.10026")
) { options, book, diagnostics in
  let refusals = options.sameEnds
  diagnostics += refusals
  guard let surveyed = Surveyed(options, book, &diagnostics), refusals.isEmpty else { return nil }
  return Connect(surveyed: surveyed)
}

/// One connection, checked.
struct Connect: Survey {
  let surveyed: Surveyed

  var curve: ConnectingCurve { ConnectingCurve(rawValue: options.text("curve"))! }
  /// The ends and the bends between them.
  var controlCount: Int { options.integer("bends") + 2 }
  var tables: [TableSchema] {
    [
      ConnectionTables.runs, ConnectionTables.curve, ConnectionTables.epochs, ConnectionTables.path,
      ConnectionTables.bends,
    ]
  }
  /// The bend; of several the middle one.
  var moments: [Reference.Moment] { [.end] }
  var memory: Int {
    let isFloat = options.text("precision") == "float"
    let type: any Scalar.Type = isFloat ? Float.self : Double.self
    return 2 * surveyed.memory(type, workers: 2) + 4 * controlCount * surveyed.layout.count * (isFloat ? 4 : 8) + 1
      << 24
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float"
      ? try CurveSearch<Float>(self, inputs).run(doors) : try CurveSearch<Double>(self, inputs).run(doors)
  }
}

/// What the learning rate is multiplied by after a share of the epochs: 1 to the half, then linearly down to 0.01 at nine
/// tenths. Garipov et al. 2018, arXiv:1802.10026, their code's `learning_rate_schedule`.
func connectionRate(after share: Double) -> Double {
  share <= 0.5 ? 1 : share <= 0.9 ? 1 - (share - 0.5) / 0.4 * 0.99 : 0.01
}
