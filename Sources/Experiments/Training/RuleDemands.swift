import Autodiff
import Diagnostics
import Optimizers
import Specs

/// What a problem offers to a rule.
struct Offer {
  var layout: ParameterLayout
  var access: Demands.Access
  /// What it is, in a sentence: "this data has numbers as targets".
  var description: String
}

extension Values {
  /// What the chosen optimizer cannot do without.
  func optimizerDemands(for layout: ParameterLayout) -> Demands {
    let selection = entry("optimizer")
    return optimizerCatalog.maker(of: selection)(selection.values).demands(for: layout)
  }

  /// Whether the chosen optimizer can work on a problem; says at its place why not.
  func optimizer(suits offer: Offer, _ diagnostics: inout [Diagnostic]) -> Bool {
    let selection = entry("optimizer")
    let demands = optimizerDemands(for: offer.layout)
    if demands.access > offer.access {
      let need = demands.access == .labels ? "a classifier, from which it draws labels" : "a model's outputs"
      diagnostics.append(
        Diagnostic(at: place("optimizer"), "‘\(selection.name)’ needs \(need), but \(offer.description)"))
      return false
    }
    if demands.matrixBytes > mostMatrixBytes {
      diagnostics.append(
        Diagnostic(at: place("optimizer"), tooLarge(selection.name, offer.layout.count, demands.matrixBytes)))
      return false
    }
    return true
  }
}

/// The largest dense matrix that a step may work with: some 5,800 parameters, decomposed in a minute.
private let mostMatrixBytes = 1 << 28

private func tooLarge(_ name: String, _ parameters: Int, _ bytes: Int) -> String {
  "‘\(name)’ keeps a dense matrix of \(parameters) parameters, \(megabytes(bytes)); the most is \(megabytes(mostMatrixBytes))"
}
private func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
