public import Diagnostics
public import Experiments
public import Specs
public import Tables

/// Every run of a book, checked, keyed and in order: nothing has run yet.
public struct Plan: Sendable {
  /// In the book's order.
  public var experiments: [PlannedExperiment] = []
  /// Experiments that an author declared but that cannot run; there is a diagnostic for each.
  public var broken: Set<String> = []

  public init() {}

  /// All runs: experiments in the book's order, each in the order of its sweep.
  public var runs: [PlannedRun] { experiments.flatMap(\.runs) }

  public subscript(id: String) -> PlannedExperiment? { experiments.first { $0.id == id } }

  /// The tables that an experiment will have, axis columns first; `nil` when there is no such experiment or it is broken.
  public func announced(_ id: String) -> [TableSchema]? { self[id]?.tables }

  /// The ids of all experiments, for "did you mean".
  public var ids: [String] { experiments.map(\.id) + broken.sorted() }

  /// The keys of all runs.
  public var keys: Set<Key> { Set(runs.map(\.key)) }
}

/// An experiment of the plan.
public struct PlannedExperiment: Sendable {
  public var declaration: Declaration
  public var axes: [AxisColumn]
  /// What its runs announce, merged, with the axes in front.
  public var tables: [TableSchema]
  public var runs: [PlannedRun]

  public var id: String { declaration.id }
}

/// One run: a point of a sweep, with the upstream runs it starts from.
public struct PlannedRun: Sendable {
  /// The experiment it belongs to.
  public var id: String
  /// What tells it apart from the others: axis and label, in the order of the axes.
  public var labels: [Label]
  public var experiment: any Experiment
  /// What its references point to, by the path of the option.
  public var upstream: [String: [Upstream]]
  public var key: Key
  public var parts: [KeyPart]
  public var timeout: Limit?
  public var memoryLimit: Limit?
  /// Where messages about it point.
  public var place: Place
  /// The version of the book that it belongs to.
  public var profile: String

  public typealias Label = Input.Origin.Label

  /// `init-study[init=lecun, seed=1]`.
  public var name: String { PlannedRun.name(id, labels) }
  var origin: Input.Origin { Input.Origin(id: id, labels: labels) }
  static func name(_ id: String, _ labels: [Label]) -> String {
    labels.isEmpty ? id : id + "[" + labels.map { "\($0.axis)=\($0.value)" }.joined(separator: ", ") + "]"
  }

  func label(_ axis: String) -> String? { labels.first { $0.axis == axis }?.value }
  /// What the ledger knows it by: runs of another profile than the full one are told apart.
  var labelMap: [String: String] {
    let labels = Dictionary(uniqueKeysWithValues: labels.map { ($0.axis, $0.value) })
    return profile == Profile.full.name ? labels : labels.merging([LedgerLine.profile: profile]) { first, _ in first }
  }
}

/// A run that another starts from, and at which moment; no moment means tables only.
public struct Upstream: Sendable, Hashable {
  public var key: Key
  public var moment: Reference.Moment?
  /// Whose it is, where results tell the members of a list apart by that.
  public var origin: Input.Origin?
  /// How it was asked for, and the run's name: for what is said when the run has kept less than it announced.
  var request: Request?

  struct Request: Sendable {
    var run: String
    var place: Place
    /// Whether it is one of all the epochs that a list takes, which is then shorter.
    var isOneOfMany: Bool
  }

  public static func == (a: Upstream, b: Upstream) -> Bool { a.canonical == b.canonical }
  public func hash(into hasher: inout Hasher) { hasher.combine(canonical) }

  /// As it stands in a key.
  var canonical: String {
    (moment.map { "\(key.hex)@\($0.name)" } ?? key.hex) + (origin.map { " \(PlannedRun.name($0.id, $0.labels))" } ?? "")
  }
}
