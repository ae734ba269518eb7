import Datasets
import Diagnostics
import Networks
import Specs

extension Loss {
  static let option = Option(
    "loss", .choice(Loss.allCases.map(\.rawValue)), .absent,
    "What is minimised; cross-entropy for classes and mean-squared-error for numbers when left out.")

  /// The loss that an author chose, or that suits the data; `nil` after saying why it does not.
  static func chosen(_ options: Values, for facts: DataFacts, into diagnostics: inout [Diagnostic]) -> Loss? {
    switch (facts.task, options.optionalText("loss").flatMap(Loss.init)) {
    case (.classification, nil), (.classification, .crossEntropy?): return .crossEntropy
    case (.regression, nil), (.regression, .meanSquaredError?): return .meanSquaredError
    case (.regression, _): diagnostics.append(Diagnostic(at: options.place("loss"), needsClasses))
    case (.classification, _): diagnostics.append(Diagnostic(at: options.place("loss"), needsNumbers))
    }
    return nil
  }
}

private let needsClasses = "cross-entropy needs classes, but this data's targets are numbers"
private let needsNumbers = "mean-squared-error needs numbers as targets, but this data has classes"
