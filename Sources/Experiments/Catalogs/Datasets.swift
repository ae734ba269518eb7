public import Datasets
public import Specs

/// Every data set that a spec can name. A maker finds the files and looks at them; it throws a
/// `DataError`.
public let datasetCatalog = MakerCatalog<@Sendable (Values, Surroundings) throws -> any DataSource>(
  "dataset",
  [
    .init(
      CatalogEntry(
        "fashion-mnist", options: limits,
        doc: "60,000 + 10,000 grey 28×28 pictures of ten kinds of clothing, pixels from −1 to 1.",
        source: "Xiao, Rasul & Vollgraf 2017, arXiv:1708.07747; Debian's dataset-fashion-mnist")
    ) { o, book in
      limited(
        try ImageFolder(named: "fashion-mnist", in: book.dataFolders, classes: ImageFolder.fashionClasses), o)
    },
    .init(
      CatalogEntry(
        "idx",
        options: [Option("folder", .text, .required, "Folder with the four IDX files, relative to the book.")] + limits,
        doc: "A folder with images and labels in MNIST's format, gzip or plain, pixels from −1 to 1.")
    ) { o, book in
      limited(try ImageFolder(folder: absolute(o.text("folder"), book), name: o.text("folder")), o)
    },
    .init(
      CatalogEntry(
        "csv",
        options: [
          Option("path", .text, .required, "The file, relative to the book; the first row names the columns."),
          Option(
            "target", .either([.text, .list(.text, count: 1...Int.max)]), .required, "Column to predict, or several."),
          Option(
            "inputs", .list(.text, count: 1...Int.max), .absent, "Columns to predict from; all others when left out."),
          task,
        ] + split("false"),
        doc: "An author's own table. A text target makes classes, a numeric one is regressed on.")
    ) { o, book in
      let target = o["target"]!
      let targets: [String] = if case .list(let names) = target.value { names.map(\.asText) } else { [target.asText] }
      return try CSVFile(
        path: absolute(o.text("path"), book), name: o.text("path"), targets: targets,
        inputs: o["inputs"].map { $0.asList.map(\.asText) }, task: taskKind(o), split: split(o, book))
    },
    .init(
      CatalogEntry(
        "npy",
        options: [
          Option("inputs", .text, .required, "NPY file with one sample a row, relative to the book."),
          Option("targets", .text, .required, "NPY file with one target a row; whole numbers are classes."), task,
        ] + split("false"),
        doc: "An author's own arrays, as NumPy saves them.")
    ) { o, book in
      try NPYFiles(
        inputs: absolute(o.text("inputs"), book), inputsName: o.text("inputs"),
        targets: absolute(o.text("targets"), book), targetsName: o.text("targets"), task: taskKind(o),
        split: split(o, book))
    },
    .init(
      CatalogEntry(
        "spirals",
        options: [
          Option("classes", .integer(1...100), .yaml("2"), "Arms."),
          Option("points", .integer(1...1_000_000), .yaml("200"), "Points on each arm."),
          Option("noise", .number(atLeast: 0), .yaml("0.05"), "Deviation of each coordinate."),
          Option("turns", .number(above: 0), .yaml("1"), "Turns of each arm."),
        ] + split(nil), doc: "Interleaved spiral arms in the plane, one a class.")
    ) { o, book in
      Spirals(
        classes: o.integer("classes"), points: o.integer("points"), noise: o.number("noise"), turns: o.number("turns"),
        split: split(o, book))
    },
    .init(
      CatalogEntry(
        "blobs",
        options: [
          Option("classes", .integer(1...1000), .yaml("3"), "Clouds."),
          Option("points", .integer(1...1_000_000), .yaml("100"), "Points in each cloud."),
          Option("spread", .number(atLeast: 0), .yaml("0.3"), "Deviation about the centre."),
          Option("dimensions", .integer(1...10_000), .yaml("2"), "Coordinates of a point."),
        ] + split(nil), doc: "Round normal clouds about random centres, one a class.")
    ) { o, book in
      Blobs(
        classes: o.integer("classes"), points: o.integer("points"), spread: o.number("spread"),
        dimensions: o.integer("dimensions"), split: split(o, book))
    },
  ])

private let task = Option(
  "task", .choice(TaskKind.allCases.map(\.rawValue)), .absent, "Where the target's type alone does not say it.")

private let limits = [
  Option("train", .integer(1...Int.max), .absent, "Use only the first so many training samples."),
  Option("test", .integer(1...Int.max), .absent, "Use only the first so many test samples."),
]

private func split(_ standardize: String?) -> [Option] {
  let shared = [
    Option("test", .number(atLeast: 0, below: 1), .yaml("0.2"), "Share of samples to be tested on, drawn at random."),
    Option("seed", .integer(0...Int.max), .yaml("0"), "Decides what is drawn, whatever the run's seed."),
  ]
  guard let standardize else { return shared }
  return shared + [
    Option(
      "standardize", .boolean, .yaml(standardize), "Shift and scale inputs by the training samples' mean and deviation."
    )
  ]
}

private func split(_ o: Values, _ book: Surroundings) -> Split {
  Split(
    test: o.number("test"), standardize: o.all["standardize"] != nil && o.boolean("standardize"), book: book.seed,
    seed: UInt64(o.integer("seed")))
}

private func taskKind(_ o: Values) -> TaskKind? { o.optionalText("task").flatMap(TaskKind.init) }

private func absolute(_ path: String, _ book: Surroundings) -> String {
  path.hasPrefix("/") ? path : "\(book.folder)/\(path)"
}

private func limited(_ source: any DataSource, _ o: Values) -> any DataSource {
  let train = o.optionalInteger("train")
  let test = o.optionalInteger("test")
  return train == nil && test == nil ? source : FirstSamples(of: source, train: train, test: test)
}

/// The first samples of another source.
private struct FirstSamples: DataSource {
  let source: any DataSource
  let facts: DataFacts
  var files: [String] { source.files }

  init(of source: any DataSource, train: Int?, test: Int?) {
    self.source = source
    var facts = source.facts
    facts.trainCount = min(facts.trainCount, train ?? .max)
    facts.testCount = min(facts.testCount, test ?? .max)
    self.facts = facts
  }

  func load() throws(DataError) -> Dataset {
    let whole = try source.load()
    return Dataset(
      facts: facts, train: whole.train.rows(0..<facts.trainCount), test: whole.test.rows(0..<facts.testCount))
  }
}
