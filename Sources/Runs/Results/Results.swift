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

  /// The table that a reference names (`runs` unless its part is a table), its conditions choosing rows.
  public func table(for reference: Reference) -> Table? {
    let tables = plan.announced(reference.id) ?? []
    let name = tables.contains { $0.name == reference.part } ? reference.part! : "runs"
    return table(of: reference.id, named: name, conditions: reference.conditions)
  }

  /// A table over all runs of an experiment in plan order, axes in front. Runs that are not stored have no rows.
  /// - Returns: `nil` when there is no such table.
  public func table(of id: String, named name: String, conditions: [Reference.Condition] = []) -> Table? {
    guard let experiment = plan[id], let schema = schema(of: experiment, named: name) else { return nil }
    let axes = Set(experiment.axes.map(\.name))
    // Conditions on axes choose whole runs, which then need not be read.
    let (onAxes, onRows) = (conditions.filter { axes.contains($0.axis) }, conditions.filter { !axes.contains($0.axis) })
    let pieces = experiment.runs.filter { $0.fits(onAxes) }.compactMap { run in
      store.tables(run.key, named: name)?.first.map { (run: run, table: $0) }
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
    return Table(name, columns).filtered(onRows.map { ($0.axis, [$0.value]) })
  }

  private func schema(of experiment: PlannedExperiment, named name: String) -> TableSchema? {
    var schema = experiment.tables.first { $0.name == name }
    if !isMeasured { schema?.columns.removeAll { $0.origin == .measured } }
    return schema
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
