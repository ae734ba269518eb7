import Datasets
import Diagnostics
import Specs

/// Options that data sets share, and what they stand for.
enum DatasetOption {
  static let task = Option(
    "task", .choice(TaskKind.allCases.map(\.rawValue)), .absent, "Where the target's type alone does not say it.")

  static let limits = [
    Option("train", .integer(1...Int.max), .absent, "Use only the first so many training samples."),
    Option("test", .integer(1...Int.max), .absent, "Use only the first so many test samples."),
  ]

  static let normalize = Option(
    "normalize", .entry(normalizationCatalog.catalog), .yaml("half"), "What the bytes of pixels stand for.")

  static let split = [
    Option("test", .number(atLeast: 0, below: 1), .yaml("0.2"), "Share of samples to be tested on, drawn at random."),
    Option("seed", .integer(0...Int.max), .yaml("0"), "Decides what is drawn, whatever the run's seed."),
  ]

  static let standardize = Option(
    "standardize", .boolean, .yaml("false"),
    "Shift and scale inputs by the training samples' mean and deviation.")
}

extension Split {
  /// What an author said with `DatasetOption.split`, and `standardize` where a data set has it.
  init(_ o: Values, _ book: Surroundings) {
    self.init(
      test: o.number("test"), standardize: o.all["standardize"] != nil && o.boolean("standardize"), book: book.seed,
      seed: UInt64(o.integer("seed")))
  }
}

extension Values {
  /// What `DatasetOption.normalize` says, for pictures of so many channels.
  func normalization(channels: Int) throws -> Normalization {
    let selection = entry("normalize")
    if selection.name == "mean-deviation" {
      for name in ["mean", "deviation"] {
        guard case .list(let list)? = selection.values[name]?.value, ![1, channels].contains(list.count) else {
          continue
        }
        throw DiagnosticError(at: selection.values.place(name), wrongChannels(list.count, name, channels))
      }
    }
    return normalizationCatalog.maker(of: selection)(selection.values)
  }
}

extension Surroundings {
  /// An author's path from the root.
  func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(folder)/\(path)" }
}

/// The first samples of another source, as `DatasetOption.limits` says.
struct FirstSamples: DataSource {
  let source: any DataSource
  let facts: DataFacts
  var files: [String] { source.files }

  init(of source: any DataSource, _ o: Values) {
    self.source = source
    var facts = source.facts
    facts.trainCount = min(facts.trainCount, o.optionalInteger("train") ?? .max)
    facts.testCount = min(facts.testCount, o.optionalInteger("test") ?? .max)
    self.facts = facts
  }

  func load() throws(DataError) -> Dataset {
    let whole = try source.load()
    if facts == source.facts { return whole }
    return Dataset(
      facts: facts, train: whole.train.rows(0..<facts.trainCount), test: whole.test.rows(0..<facts.testCount))
  }
}

private func wrongChannels(_ count: Int, _ name: String, _ channels: Int) -> String {
  channels == 1
    ? "\(count) numbers for ‘\(name)’, but grey pictures have one channel"
    : "\(count) numbers for ‘\(name)’, but pictures have \(channels) channels: give one number or \(channels)"
}
