import Autodiff
import Diagnostics
import Specs
import Tables

/// What `descend` moves on: a function of the catalog, or one that another experiment has fitted.
enum DescendedFunction {
  static let option = Option(
    "function", .entry(Catalog("function", functionCatalog.catalog.entries + [fitted])), .required,
    "What is descended.")

  private static let fitted = CatalogEntry(
    "fit",
    options: [Option("from", .reference, .required, "An experiment of kind ‘fit’.")],
    doc: "The Gaussian bowls that another experiment fitted to a surface: offset − Σ A·exp(…).")

  /// The function that is chosen; what a reference points to is among the inputs.
  static func make(_ options: Values, inputs: [String: [Input]]) throws -> PlaneFunction {
    let selection = options.entry("function")
    guard selection.name == fitted.name else { return functionCatalog.maker(of: selection)(selection.values) }
    let tables = inputs["function.fit.from"]?.first?.tables ?? []
    guard let bowls = tables.first(where: { $0.name == "components" }),
      let offset = tables.first(where: { $0.name == "runs" })?["offset"]?.number(0)
    else { throw DiagnosticError(at: selection.values.place("from"), noFit) }
    let numbers = columns.map { name in (0..<bowls.rowCount).map { bowls[name]?.number($0) ?? .nan } }
    return { x, y in
      let depths = (0..<bowls.rowCount).map { bowl in
        gaussianBowl(
          x, y, amplitude: numbers[0][bowl], center: [numbers[1][bowl], numbers[2][bowl]],
          sigma: [numbers[3][bowl], numbers[4][bowl]])
      }
      return offset - depths.dropFirst().reduce(depths[0], +)
    }
  }

  /// The columns of the table `components` that make a bowl.
  private static let columns = ["amplitude", "center-x", "center-y", "sigma-x", "sigma-y"]

  /// Why an upstream run has no function to lend; `nil` if it has.
  static func refusal(of upstream: any Experiment) -> String? {
    let schema = upstream.tables.first { $0.name == "components" }
    return schema.map { schema in columns.allSatisfy { schema[$0] != nil } } == true ? nil : noFit
  }
}

private let noFit = "it is no fit of Gaussian bowls; the kind ‘fit’ makes one"
