import Autodiff
import Datasets
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// `hessian`: the curvature of a loss at a point, by one of the matrices that go by that name.
public let hessianKind = Kind(
  CatalogEntry(
    "hessian", revision: 2,
    options: Surveyed.options() + Surveyed.origin + [
      Option(
        "operator", .choice(Curvature.allCases.map(\.rawValue)), .yaml("hessian"),
        "The matrix: the Hessian; the Gauss-Newton matrix; the Fisher matrix with labels drawn from the model, or the "
          + "empirical one with those of the data; K-FAC; the Hessian's diagonal."),
      Option("draws", .integer(1...10_000), .yaml("1"), "Labels that `fisher` draws for each sample."),
      Option(
        "diagonal-probes", .integer(0...1_000_000), .yaml("0"),
        "Products that estimate `diagonal`; 0 for as many as there are parameters, and no estimate."),
      Option(
        "top", .integer(0...1000), .absent,
        "How many of the largest eigenvalues are found; 5 when left out, or fewer if there are not so many."),
      Option(
        "bottom", .integer(0...1000), .absent, "How many of the smallest, alike: the most negative ones first."),
      Option(
        "tolerance", .number(above: 0, below: 1), .yaml("1e-7"),
        "The residual ‖Av − λv‖ that is let stand, over the largest |λ|."),
      Option(
        "products", .integer(10...1_000_000), .yaml("2000"), "When the search for eigenvalues gives up."),
      Option(
        "outliers", .boolean, .yaml("false"),
        "Whether the `top` eigenvectors are compared with the classes' mean gradients (Papyan 2019)."),
      Option("estimator", .choice(["hutchinson", "hutch++"]), .yaml("hutchinson"), "How the trace is estimated."),
      Option(
        "trace-products", .integer(0...1_000_000), .yaml("30"),
        "Products that estimate the trace, 3 or more for hutch++; none when 0. With as many as there are parameters, or "
          + "with `full`, it is exact."),
      Option("density-steps", .integer(0...1000), .yaml("0"), "Lanczos steps of the density; no density when 0."),
      Option("density-probes", .integer(1...1000), .yaml("1"), "Random starts that the density is a mean over."),
      Option(
        "density-width", .number(above: 0, below: 1), .yaml("0.01"),
        "Deviation of the Gaussians that the density is drawn with, over the range of eigenvalues."),
      Option("full", .boolean, .yaml("false"), "Whether all eigenvalues are found, from the dense matrix."),
      SharedOption.seed, SharedOption.precision("double"),
    ],
    doc: "Eigenvalues at both ends, trace and spectral density of the Hessian or of what stands for it, at a point.",
    source: "Pearlmutter 1994; Yao et al., PyHessian, 2020, arXiv:1912.07145; Martens & Grosse 2015, arXiv:1503.05671")
) { options, book, diagnostics in
  guard let study = Surveyed(options, book, &diagnostics).map(HessianStudy.init) else { return nil }
  return study.unless(study.refusals, &diagnostics)
}

/// One survey, checked.
struct HessianStudy: Survey {
  let surveyed: Surveyed

  var curvature: Curvature { Curvature(rawValue: options.text("operator"))! }
  var tables: [TableSchema] { CurvatureTables.schemas(self) }

  /// Eigenvalues at each end: as many as were asked for, or what there are of the default, shared out evenly.
  var top: Int {
    if let asked = options["top"] { return asked.asInteger }
    let count = surveyed.layout.count
    return max(0, min(5, options["bottom"].map { count - $0.asInteger } ?? (count + 1) / 2))
  }
  var bottom: Int { options["bottom"]?.asInteger ?? max(0, min(5, surveyed.layout.count - top)) }

  /// Classes, if it is a classifier.
  var classes: Int? {
    guard case .network(let network) = surveyed.subject, network.loss == .crossEntropy else { return nil }
    return network.model.outputs
  }

  var memory: Int {
    let isFloat = options.text("precision") == "float"
    let number = isFloat ? 4 : 8
    let count = surveyed.layout.count
    // A basis and what a restart makes of it; the eigenvectors and class means; what products work with.
    let vectors =
      2 * max(2 * (top + bottom) + 60, options.integer("density-steps")) + top + bottom + 12
      + (options.boolean("outliers") ? 2 * (classes ?? 0) : 0)
    // A dense matrix stands beside its eigenvectors and LAPACK's two.
    let dense = options.boolean("full") && curvature != .kroneckerFactored ? 4 * 8 * count * count : 0
    guard case .network(let network) = surveyed.subject else { return number * vectors * count + dense + 1 << 24 }
    return network.source.facts.bytes
      + number * (6 * network.samples * (network.model.inputs + network.model.activations) + vectors * count) + dense
      + (curvature == .kroneckerFactored ? factorBytes(network.samples) : 0) + 1 << 24
  }

  /// The factors of K-FAC, and the rows that they are made from.
  private func factorBytes(_ samples: Int) -> Int {
    layers.reduce(0) { sum, layer in
      let factors = layer.inputs * layer.inputs + layer.units * layer.units
      return sum + 8 * (4 * factors + 2 * samples * layer.rows * (layer.inputs + layer.units))
    }
  }

  /// The rows of one sample.
  private var layers: [LinearLayer] {
    let objective = TracedObjective<Double>(surveyed.function)
    objective.set([], samples: 1)
    return objective.linearLayers
  }

  /// What the options ask for that cannot be.
  fileprivate var refusals: [Diagnostic] {
    var refusals: [Diagnostic] = []
    let count = surveyed.layout.count
    if top + bottom > count {
      let more = top >= bottom ? "top" : "bottom"
      refusals.append(Diagnostic(at: options.place(more), tooMany(top + bottom, count)))
    }
    if options.boolean("full"), count > mostDense, curvature != .kroneckerFactored {
      refusals.append(Diagnostic(at: options.place("full"), tooLarge(count)))
    }
    if options.text("estimator") == "hutch++", (1...2).contains(options.integer("trace-products")) {
      refusals.append(Diagnostic(at: options.place("trace-products"), tooFewForHutch))
    }
    if case .function = surveyed.subject {
      if curvature.needsOutputs { refusals.append(Diagnostic(at: options.place("operator"), noOutputs)) }
    } else {
      if curvature == .fisher, classes == nil {
        refusals.append(
          Diagnostic(
            at: options.place("operator"), noLabels, hints: ["gauss-newton, which for squares is the Fisher matrix"]))
      }
      if curvature == .kroneckerFactored, layers.isEmpty {
        refusals.append(Diagnostic(at: options.place("operator"), noLayers))
      }
    }
    if options.boolean("outliers") {
      if classes == nil { refusals.append(Diagnostic(at: options.place("outliers"), noClasses)) }
      if top == 0 { refusals.append(Diagnostic(at: options.place("outliers"), noTop)) }
    }
    return refusals
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float"
      ? try CurvatureSurvey<Float>(self, inputs).run(doors) : try CurvatureSurvey<Double>(self, inputs).run(doors)
  }
}

/// A dense matrix of so many rows is decomposed in a minute.
private let mostDense = 5792

private func tooMany(_ asked: Int, _ count: Int) -> String {
  "\(asked) eigenvalues of a model of \(count) parameters: ‘top’ and ‘bottom’ together are at most that"
}
private func tooLarge(_ count: Int) -> String {
  "all eigenvalues of \(count) parameters are too much work: at most \(mostDense), or ‘density-steps’ for how they spread"
}
private let tooFewForHutch = "hutch++ shares its products out three ways: 3 or more, or 0 for no estimate"
private let noLabels = "‘fisher’ draws labels from a classifier, but this data has numbers as targets"
private let noLayers =
  "‘k-fac’ is made of linear layers and convolutions, and the model has none whose weights are its own"
private let noOutputs = "a function of the plane has no outputs that this matrix could be made of: hessian or diagonal"
private let noClasses = "‘outliers’ compares with the means of classes, and there are none here"
private let noTop = "‘outliers’ looks at the ‘top’ eigenvectors: ask for one more of them than there are classes"
