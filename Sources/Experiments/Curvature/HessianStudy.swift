import Autodiff
import Datasets
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// `hessian`: the curvature of a model's loss at a point, by one of the matrices that go by that name.
public let hessianKind = Kind(
  CatalogEntry(
    "hessian",
    options: [
      SharedOption.data("On whose training samples the loss is taken."), SharedOption.model, Loss.option,
      Option("from", .reference, .absent, "The point: another run's checkpoint."), ParameterFile.option,
      Option(
        "init", .entry(initializerCatalog.catalog), .yaml("pytorch"),
        "How weights start where neither `from` nor `parameters` gives the point."), Rescaling.option,
      Option(
        "samples", .integer(1...1_000_000), .yaml("256"),
        "The loss is the mean over so many of the first training samples, or over all if there are fewer."),
      Option(
        "operator", .choice(Curvature.allCases.map(\.rawValue)), .yaml("hessian"),
        "The matrix: the Hessian; the Gauss-Newton matrix; the Fisher matrix with labels drawn from the model, or the "
          + "empirical one with those of the data; K-FAC; the Hessian's diagonal."),
      Option("draws", .integer(1...10_000), .yaml("1"), "Labels that `fisher` draws for each sample."),
      Option(
        "diagonal-probes", .integer(0...1_000_000), .yaml("0"),
        "Products that estimate `diagonal`; 0 for as many as there are parameters, and no estimate."),
      Option("top", .integer(0...1000), .yaml("5"), "How many of the largest eigenvalues are found."),
      Option("bottom", .integer(0...1000), .yaml("5"), "How many of the smallest: the most negative ones first."),
      Option(
        "tolerance", .number(above: 0, below: 1), .yaml("1e-7"),
        "The residual ‖Av − λv‖ that is let stand, over the largest |λ|."),
      Option(
        "products", .integer(10...1_000_000), .yaml("2000"), "When the search for eigenvalues gives up."),
      Option("trace", .choice(["hutchinson", "hutch++"]), .yaml("hutchinson"), "How the trace is estimated."),
      Option(
        "trace-products", .integer(0...1_000_000), .yaml("30"),
        "Products that estimate the trace, 3 or more for hutch++; no estimate when 0."),
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
  guard let source = options.dataSource(book, into: &diagnostics),
    let model = model(options, input: source.facts.inputShape, outputs: source.facts.outputCount, &diagnostics),
    let loss = Loss.chosen(options, for: source.facts, into: &diagnostics),
    let file = ParameterFile.find(options, book, for: model, into: &diagnostics),
    options.checkInitializer(for: model, &diagnostics), Rescaling.check(options, for: model, &diagnostics)
  else { return nil }
  let study = HessianStudy(options: options, book: book, source: source, model: model, loss: loss, file: file)
  let refusals = study.refusals
  diagnostics += refusals
  return refusals.isEmpty ? study : nil
}

/// One survey, checked.
struct HessianStudy: Experiment {
  let options: Values
  let book: Surroundings
  let source: any DataSource
  let model: Model
  let loss: Loss
  let file: ParameterFile?

  var curvature: Curvature { Curvature(rawValue: options.text("operator"))! }
  var tables: [TableSchema] { CurvatureTables.schemas(options) }
  var moments: [Reference.Moment] { [] }
  /// What a checkpoint must fit.
  var layouts: [String: ParameterLayout] { ["parameters": model.layout, "buffers": model.buffers] }
  func refusal(of upstream: any Experiment, option: String) -> String? { misfit(with: upstream) }
  var dataFiles: [String] { source.files + (file.map { [$0.path] } ?? []) }

  var memory: Int {
    let number = options.text("precision") == "float" ? 4 : 8
    let count = model.layout.count
    let samples = min(options.integer("samples"), source.facts.trainCount)
    let ends = options.integer("top") + options.integer("bottom")
    // A basis and what a restart makes of it; the eigenvectors; what products work with.
    let vectors = 2 * max(2 * ends + 60, options.integer("density-steps")) + ends + 12
    // A dense matrix stands beside its eigenvectors and LAPACK's two.
    let dense = options.boolean("full") && curvature != .kroneckerFactored ? 4 * 8 * count * count : 0
    return source.facts.bytes + number * (6 * samples * (model.inputs + model.activations) + vectors * count) + dense
      + (curvature == .kroneckerFactored ? factorBytes(samples) : 0) + 1 << 24
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
    let objective = TracedObjective<Double>(model.training(with: loss))
    objective.set([], samples: 1)
    return objective.linearLayers
  }

  /// What the options ask for that cannot be.
  fileprivate var refusals: [Diagnostic] {
    var refusals: [Diagnostic] = []
    let count = model.layout.count
    let ends = options.integer("top") + options.integer("bottom")
    if source.facts.trainCount == 0 {
      refusals.append(Diagnostic(at: options.place("data"), nothingToTrain(source.facts.name)))
    }
    if ends > count {
      let more = options.integer("top") >= options.integer("bottom") ? "top" : "bottom"
      refusals.append(Diagnostic(at: options.place(more), tooMany(ends, count)))
    }
    if options.boolean("full"), count > mostDense, curvature != .kroneckerFactored {
      refusals.append(Diagnostic(at: options.place("full"), tooLarge(count)))
    }
    if options.text("trace") == "hutch++", (1...2).contains(options.integer("trace-products")) {
      refusals.append(Diagnostic(at: options.place("trace-products"), tooFewForHutch))
    }
    if curvature == .fisher, loss != .crossEntropy {
      refusals.append(
        Diagnostic(
          at: options.place("operator"), noLabels, hints: ["gauss-newton, which for squares is the Fisher matrix"]))
    }
    if curvature == .kroneckerFactored, layers.isEmpty {
      refusals.append(Diagnostic(at: options.place("operator"), noLayers))
    }
    return refusals
  }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let dataset = try options.dataset(from: source, book)
    let start = try Start(of: model, options, file: file, inputs, dataset, loss: loss, bookSeed: book.seed)
    return options.text("precision") == "float"
      ? try CurvatureSurvey<Float>(self, dataset.train, start).run(doors)
      : try CurvatureSurvey<Double>(self, dataset.train, start).run(doors)
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
private func nothingToTrain(_ name: String) -> String { "‘\(name)’ has no training samples to take the loss on" }
