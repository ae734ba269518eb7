import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs
import Tensors

/// What a survey is of, and where it stands: the mean loss of a model on samples, or a function of the plane.
struct Surveyed {
  let options: Values
  let book: Surroundings
  private(set) var subject: Subject

  enum Subject {
    case network(Network)
    case function(TracedFunction, at: [Double])
  }

  struct Network {
    var source: any DataSource
    var model: Model
    var loss: Loss
    var file: ParameterFile?
    /// The samples that the loss is taken on.
    var samples: Int
    var isTest: Bool
  }

  /// The options that say what is surveyed.
  static func options(samples: String = "256") -> [Option] {
    [
      Option("data", .entry(datasetCatalog.catalog), .absent, "On whose samples a model's loss is taken."),
      Option("model", .entry(modelCatalog.catalog), .absent, "The network."),
      Loss.option,
      Option(
        "samples", .either([.integer(1...Int.max), .choice(["all"])]), .yaml(samples),
        "The loss is the mean over so many of the first samples, or over all."),
      Option("split", .choice(["train", "test"]), .yaml("train"), "Which samples of the data."),
      Option(
        "function", .entry(functionCatalog.catalog), .absent,
        "A function of the plane, instead of `data` and `model`."),
    ]
  }

  /// The same where only a model can be surveyed, on training and test samples both.
  static func networkOptions(samples: String) -> [Option] {
    options(samples: samples).filter { !["function", "split"].contains($0.name) }.map { option in
      var option = option
      if ["data", "model"].contains(option.name) { option.fallback = .required }
      return option
    }
  }

  /// The options that say where the survey stands.
  static let origin: [Option] = [
    Option("from", .reference, .absent, "The point: another run's checkpoint."), ParameterFile.option,
    Option(
      "init", .entry(initializerCatalog.catalog), .yaml("pytorch"),
      "How weights start where neither `from` nor `parameters` gives the point."),
    Rescaling.option,
    Option(
      "at", .list(.number(), count: 2...2), .absent, "The point of a `function`, [x, y]; the origin when left out."),
  ]

  /// Reads and checks the options above, `origin` too if the kind has them; `nil` after saying what is wrong.
  init?(_ options: Values, _ book: Surroundings, _ diagnostics: inout [Diagnostic]) {
    (self.options, self.book) = (options, book)
    if options.all["function"] != nil, let function = options["function"] {
      let others = ["data", "model", "loss", "from", "parameters", "rescale"].filter {
        options.all[$0] != nil && options[$0] != nil
      }
      guard others.isEmpty else {
        diagnostics.append(Diagnostic(at: options.place(others[0]), notBoth(others[0])))
        return nil
      }
      let selection = function.asEntry
      subject = .function(
        traced(functionCatalog.maker(of: selection)(selection.values)),
        at: options["at"].map { $0.asList.map(\.asNumber) } ?? [0, 0])
      return
    }
    if options.all["at"] != nil, options["at"] != nil {
      diagnostics.append(Diagnostic(at: options.place("at"), needsFunction))
      return nil
    }
    for name in ["data", "model"] where options[name] == nil {
      let given = ["data", "model"].first { options[$0] != nil }
      diagnostics.append(
        Diagnostic(at: given.map { options.place($0) } ?? options.place("samples"), missing(name, beside: given)))
      return nil
    }
    guard let source = options.dataSource(book, into: &diagnostics),
      let model = model(options, input: source.facts.inputShape, outputs: source.facts.outputCount, &diagnostics),
      let loss = Loss.chosen(options, for: source.facts, into: &diagnostics)
    else { return nil }
    var file: ParameterFile?
    if options.all["init"] != nil {
      guard let found = ParameterFile.find(options, book, for: model, into: &diagnostics),
        options.checkInitializer(for: model, &diagnostics), Rescaling.check(options, for: model, &diagnostics)
      else { return nil }
      file = found
    }
    let isTest = options.all["split"] != nil && options.text("split") == "test"
    let available = isTest ? source.facts.testCount : source.facts.trainCount
    guard available > 0 else {
      diagnostics.append(Diagnostic(at: options.place("data"), noSamples(source.facts.name, isTest)))
      return nil
    }
    subject = .network(
      Network(
        source: source, model: model, loss: loss, file: file,
        samples: Surveyed.count(options, of: available), isTest: isTest))
  }

  private static func count(_ options: Values, of available: Int) -> Int {
    let wanted = options["samples"]!
    return wanted.value == .text("all") ? available : min(available, wanted.asInteger)
  }

  /// The same loss on test samples; `nil` where there are none.
  var onTests: Surveyed? {
    guard case .network(var network) = subject, network.source.facts.testCount > 0 else { return nil }
    network.isTest = true
    network.samples = Surveyed.count(options, of: network.source.facts.testCount)
    var tests = self
    tests.subject = .network(network)
    return tests
  }

  var layout: ParameterLayout {
    switch subject {
    case .network(let network): network.model.layout
    case .function(let function, _): function.layout
    }
  }
  /// The function with its value a mean over the samples of a batch.
  var function: TracedFunction {
    switch subject {
    case .network(let network): network.model.training(with: network.loss)
    case .function(let function, _): function
    }
  }
  /// Whether errors can be counted.
  var hasErrors: Bool { if case .network(let network) = subject { network.loss == .crossEntropy } else { false } }
  var samples: Int { if case .network(let network) = subject { network.samples } else { 0 } }

  /// What an experiment says of its checkpoints: none of a function.
  var layouts: [String: ParameterLayout] {
    guard case .network(let network) = subject else { return [:] }
    return ["parameters": network.model.layout, "buffers": network.model.buffers]
  }
  var dataFiles: [String] {
    guard case .network(let network) = subject else { return [] }
    return network.source.files + (network.file.map { [$0.path] } ?? [])
  }

  /// Samples that are passed through the network at once.
  private var batch: Int {
    guard case .network(let network) = subject else { return 1 }
    return min(network.samples, network.model.evaluationBatch)
  }

  /// Bytes of the data, and of `workers` objectives that take `passes` times a pass.
  func memory(_ type: any Scalar.Type, workers: Int = 1, passes: Int = 6) -> Int {
    guard case .network(let network) = subject else { return 1 << 20 }
    let number = type == Float.self ? 4 : 8
    return network.source.facts.bytes + number * network.samples * (network.model.inputs + 1)
      + workers * number * passes
      * (batch * (network.model.inputs + network.model.activations) + network.model.layout.count)
  }
}

extension Surveyed {
  /// What is surveyed, loaded, in one precision.
  struct Loaded<Element: Scalar>: Sendable {
    var function: TracedFunction
    var batches: [BatchedObjective<Element>.Batch]
    /// Where the survey stands.
    var point: Vector<Element>
    var buffers: Vector<Element>

    /// The loss as a function of all parameters; one a worker.
    func objective() -> BatchedObjective<Element> {
      BatchedObjective(function, buffers: buffers, batches: batches)
    }

    /// The loss as a function of coordinates along directions from a point; one a worker.
    /// - Parameter bufferLines: running statistics at the point, and how they move along each direction.
    func slice(_ point: Vector<Element>, _ directions: [Vector<Element>], bufferLines: [Vector<Element>]? = nil)
      -> BatchedObjective<Element>
    {
      let moves = bufferLines != nil && buffers.count > 0
      let lines = [point] + directions + (moves ? bufferLines! : [])
      return BatchedObjective(
        function.sliced(dimensions: directions.count, movesBuffers: moves), buffers: moves ? nil : buffers,
        batches: batches.map { BatchedObjective.Batch($0.data + lines, samples: $0.samples) })
    }
  }

  /// Loads the samples and finds the point.
  func load<Element: Scalar>(_ type: Element.Type, _ inputs: [String: [Input]]) throws -> Loaded<Element> {
    switch subject {
    case .function(let function, let point):
      return Loaded(
        function: function, batches: [.init([], samples: 0)], point: Vector(point.map { Element($0) }),
        buffers: Vector(zeros: 0))
    case .network(let network):
      let dataset = try options.dataset(from: network.source, book)
      // A kind without an origin of its own stands wherever its checkpoints are.
      let start =
        options.all["init"] == nil
        ? Start(
          parameters: [Double](repeating: 0, count: layout.count), buffers: network.model.buffers.startingValues())
        : try Start(
          of: network.model, options, file: network.file, inputs, dataset, loss: network.loss, bookSeed: book.seed)
      let batches = batches(network.isTest ? dataset.test : dataset.train, count: network.samples, type)
      return Loaded(
        function: function, batches: batches, point: Vector(start.parameters.map { Element($0) }),
        buffers: Vector(start.buffers.map { Element($0) }))
    }
  }
}

extension Surveyed {
  /// The first training samples, as many as the loss is taken on: what running statistics are computed from.
  func trainingBatches<Element: Scalar>(_ type: Element.Type) throws -> [BatchedObjective<Element>.Batch] {
    guard case .network(let network) = subject else { return [] }
    let dataset = try options.dataset(from: network.source, book)
    return batches(dataset.train, count: min(network.samples, dataset.train.count), type)
  }

  /// The first samples, batch by batch.
  private func batches<Element: Scalar>(
    _ samples: Samples, count: Int, _ type: Element.Type
  ) -> [BatchedObjective<Element>.Batch] {
    Batches(count: count, size: batch).map { rows in
      var data = [
        Vector<Element>(zeros: rows.count * samples.inputWidth),
        Vector<Element>(zeros: rows.count * samples.targetWidth),
      ]
      samples.copyInputs(rows, into: &data[0])
      samples.copyTargets(rows, into: &data[1])
      return BatchedObjective<Element>.Batch(data, samples: rows.count)
    }
  }
}

extension Surveyed.Loaded {
  /// The share of samples misclassified, from what an objective observed; NaN where nothing was.
  func error(_ measures: [Double]) -> Double {
    let samples = batches.reduce(0) { $0 + $1.samples }
    return measures.first.map { 1 - $0 / Double(samples) } ?? .nan
  }
}

private func notBoth(_ option: String) -> String {
  "‘function’ is surveyed by itself: there is no ‘\(option)’ beside it"
}
private let needsFunction =
  "‘at’ is a point of a ‘function’; a model's point is given by ‘from’, ‘parameters’ or ‘init’"
private func missing(_ name: String, beside given: String?) -> String {
  given.map { "‘\($0)’ needs a ‘\(name)’ beside it" }
    ?? "nothing is surveyed: give ‘data’ and ‘model’, or a ‘function’ of the plane"
}
private func noSamples(_ name: String, _ isTest: Bool) -> String {
  "‘\(name)’ has no \(isTest ? "test" : "training") samples to take the loss on"
}
