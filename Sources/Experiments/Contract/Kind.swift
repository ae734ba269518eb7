public import Autodiff
public import Diagnostics
public import Specs
public import Tables

/// A kind of experiment: what an author may say about it, and how a checked spec becomes a run.
public struct Kind: Sendable {
  /// Name, options, documentation, revision. Options cover everything in the fence but the keys that all
  /// experiments share (`id`, `kind`, `sweep`, `show`, `timeout`, `memory`), which `Runs` reads itself.
  public var entry: CatalogEntry
  /// Checks what types alone cannot say and gives the run; `nil` after adding at least one diagnostic.
  public var prepare: @Sendable (Values, Surroundings, inout [Diagnostic]) -> (any Experiment)?

  public init(
    _ entry: CatalogEntry,
    prepare: @escaping @Sendable (Values, Surroundings, inout [Diagnostic]) -> (any Experiment)?
  ) {
    self.entry = entry
    self.prepare = prepare
  }
}

/// What a book says about all its experiments.
public struct Surroundings: Sendable {
  /// The book's seed: part of every random stream and every key.
  public var seed: UInt64
  /// Folders in which data files are looked for, first match wins; absolute.
  public var dataFolders: [String]
  /// The folder that relative paths of an author's own data start from; absolute.
  public var folder: String

  public init(seed: UInt64, dataFolders: [String], folder: String) {
    self.seed = seed
    self.dataFolders = dataFolders
    self.folder = folder
  }
}

/// One checked run of a kind: everything about it is known but its results.
public protocol Experiment: Sendable {
  /// The tables that it will give, with their columns; sweep axes are added by `Runs`.
  var tables: [TableSchema] { get }
  /// The checkpoints that it will keep.
  var moments: [Reference.Moment] { get }
  /// Where what is in the named arrays of its checkpoints; nothing when it keeps none.
  var layouts: [String: ParameterLayout] { get }
  /// Files that the result depends on, absolute; their digests are part of the key.
  var dataFiles: [String] { get }
  /// Bytes that it will hold at its peak, near enough to admit runs by.
  var memory: Int { get }
  /// Why it cannot start from what another run keeps; `nil` if it can.
  /// - Parameter option: where the reference stands.
  func refusal(of upstream: any Experiment, option: String) -> String?
  /// What is wrong with how many results its references name, by option.
  func refusals(of inputs: [String: Int]) -> [Diagnostic]
  /// What is wrong with what its references name, seen together or beside its options, said where that stands.
  /// - Parameter upstream: by the path of the option, in the order written.
  func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic]
  /// How many places a table has along x and y, where it will be a grid or a line of a size that is known.
  func grid(of table: String) -> GridSize?
  /// - Parameter inputs: what the spec's references point to, by option name, in the order written.
  /// - Throws: `Cancelled` when the doors say so; `DiagnosticError` for what could not be known before (a data file
  ///   that changed under our hands). Divergence is not an error: it is a finding and goes into the tables.
  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome
}

extension Experiment {
  public var layouts: [String: ParameterLayout] { [:] }
  public func refusal(of upstream: any Experiment, option: String) -> String? { nil }
  public func refusals(of inputs: [String: Int]) -> [Diagnostic] { [] }
  public func mismatches(with upstream: [String: [any Experiment]]) -> [Diagnostic] { [] }
  public func grid(of table: String) -> GridSize? { nil }
}

/// Places along x and along y; a line has one along y.
public struct GridSize: Sendable, Hashable {
  public var x: Int
  public var y: Int

  public init(x: Int, y: Int = 1) { (self.x, self.y) = (x, y) }
}

/// What a run gives.
public struct Outcome: Sendable {
  public var tables: [Table]
  public var checkpoints: [Checkpoint]

  public init(tables: [Table], checkpoints: [Checkpoint] = []) {
    self.tables = tables
    self.checkpoints = checkpoints
  }
}

/// What an upstream run has to offer.
public struct Input: Sendable {
  public var tables: [Table]
  /// The checkpoint that the reference names.
  public var checkpoint: Checkpoint?
  /// Whose it is, where the reference stands in a list.
  public var origin: Origin?

  /// A run by its experiment and what tells it apart there.
  public struct Origin: Sendable, Hashable {
    public var id: String
    public var labels: [Label]

    public struct Label: Sendable, Hashable {
      public var axis: String
      public var value: String

      public init(axis: String, value: String) {
        self.axis = axis
        self.value = value
      }
    }

    public init(id: String, labels: [Label]) {
      self.id = id
      self.labels = labels
    }
  }

  public init(tables: [Table], checkpoint: Checkpoint?, origin: Origin? = nil) {
    self.tables = tables
    self.checkpoint = checkpoint
    self.origin = origin
  }
}

/// The run was asked to stop.
public struct Cancelled: Error { public init() {} }
