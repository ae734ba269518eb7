public import Specs
public import Tables

/// The tables of a plan's experiments, read from the store when asked for.
public struct Results: Sendable {
  let plan: Plan
  let store: Store
  /// Whether columns that differ from machine to machine are shown.
  let isMeasured: Bool

  /// - Parameter measurements: `false` leaves measured columns out of every table.
  public init(_ plan: Plan, store: Store, measurements: Bool = true) {
    self.plan = plan
    self.store = store
    isMeasured = measurements
  }

  /// What an experiment announces, as `table(for:)` will show it.
  public func schema(for reference: Reference) -> TableSchema? {
    let tables = plan.announced(reference.id)
    guard
      var schema = tables?.first(where: { $0.name == reference.part }) ?? tables?.first(where: { $0.name == "runs" })
    else { return nil }
    if !isMeasured { schema.columns.removeAll { $0.origin == .measured } }
    return schema
  }

  /// The table that a reference names (`runs` unless its part is a table), over all runs in plan order, axes in front;
  /// its conditions choose rows. Runs that are not stored have no rows. `nil` when there is no such table.
  public func table(for reference: Reference) -> Table? {
    guard let experiment = plan[reference.id], let schema = schema(for: reference) else { return nil }
    let runs = experiment.runs.filter { run in
      // Conditions on axes choose whole runs, which then need not be read.
      reference.conditions.allSatisfy { condition in
        run.label(condition.axis).map { matches($0, condition.value) }
          ?? !experiment.axes.contains { $0.name == condition.axis }
      }
    }
    var pieces: [(run: PlannedRun, table: Table)] = []
    for run in runs {
      if let table = store.tables(run.key, named: schema.name)?.first { pieces.append((run, table)) }
    }
    let columns = schema.columns.map { column in
      if let axis = experiment.axes.first(where: { $0.name == column.name }) {
        return axis.column(
          pieces.flatMap { piece in Array(repeating: piece.run.label(axis.name), count: piece.table.rowCount) })
      }
      return Column.joined(
        column, pieces.map { $0.table[column.name]?.converted(to: column) ?? .missing(column, rows: $0.table.rowCount) }
      )
    }
    let axes = Set(experiment.axes.map(\.name))
    return Table(schema.name, columns).filtered(
      reference.conditions.filter { !axes.contains($0.axis) }.map { ($0.axis, $0.value) })
  }

  /// How many runs of an experiment are not stored.
  public func missing(_ id: String) -> Int { plan[id]?.runs.count { !store.holds($0.key) } ?? 0 }
}

extension Column {
  /// Columns of one kind, one below the other.
  static func joined(_ schema: ColumnSchema, _ columns: [Column]) -> Column {
    var numbers: [Double] = []
    var integers: [Int] = []
    var texts: [String] = []
    for column in columns {
      switch column.values {
      case .numbers(let values): numbers += values
      case .integers(let values): integers += values
      case .texts(let values): texts += values
      }
    }
    let values: ColumnValues =
      switch schema.kind {
      case .number: .numbers(numbers)
      case .integer: .integers(integers)
      case .text: .texts(texts)
      }
    let catalog = columns.reduce(into: [String: Int]()) { $0.merge($1.catalogNumbers) { first, _ in first } }
    return Column(schema, values, catalogNumbers: catalog)
  }
}
