import Autodiff
import Diagnostics
import Specs
import Tables

/// What an experiment of kind `fit` found, as a function of the plane: offset − Σ A·exp(…).
let fittedFunctionEntry = PlaneFunctionItem(
  CatalogEntry(
    "fit",
    options: [Option("from", .reference, .required, "An experiment of kind ‘fit’.")],
    doc: "The Gaussian bowls that another experiment fitted to a surface.")
) { options, upstream in
  let tables = upstream.first?.tables ?? []
  guard let bowls = tables.first(where: { $0.name == "components" }),
    let offset = tables.first(where: { $0.name == "runs" })?["offset"]?.number(0)
  else { throw DiagnosticError(at: options.place("from"), noFit) }
  let numbers = fittedColumns.map { name in
    (0..<bowls.rowCount).map { bowls[name]?.number($0) ?? .nan }
  }
  return { x, y in
    let depths = (0..<bowls.rowCount).map { bowl in
      gaussianBowl(
        x, y, amplitude: numbers[0][bowl], center: [numbers[1][bowl], numbers[2][bowl]],
        sigma: [numbers[3][bowl], numbers[4][bowl]])
    }
    return offset - depths.dropFirst().reduce(depths[0], +)
  }
}

/// The columns of `components` that make a bowl.
private let fittedColumns = ["amplitude", "center-x", "center-y", "sigma-x", "sigma-y"]

/// Why an upstream run has no fitted function to lend; `nil` if it has.
func fittedFunctionRefusal(of upstream: any Experiment) -> String? {
  guard let schema = upstream.tables.first(where: { $0.name == "components" }),
    fittedColumns.allSatisfy({ schema[$0] != nil })
  else { return noFit }
  return nil
}

private let noFit = "it is no fit of Gaussian bowls; the kind ‘fit’ makes one"
