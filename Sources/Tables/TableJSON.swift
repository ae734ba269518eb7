extension Table {
  /// The table as JSON: its name, its columns with all that is known of them, and its rows, a line each.
  ///
  /// Numbers have all their digits; a missing one is null, and infinities are the texts "inf" and "-inf".
  public func json() -> String {
    let head = columns.map { "    " + $0.description.text }.joined(separator: ",\n")
    let body = (0..<rowCount).map { row in "    " + JSON.array(columns.map { $0.json(row) }).text }
    return "{\n  \"table\": \(JSON.string(name).text),\n  \"columns\": [\n\(head)\n  ],\n  \"rows\": [\n"
      + body.joined(separator: ",\n") + "\n  ]\n}\n"
  }

  /// Reads what `json` writes.
  /// - Throws: `JSONError`, also for JSON that is no such table.
  public init(json text: String) throws(JSONError) {
    let json = try JSON(parsing: text.utf8)
    guard let name = json["table"]?.string, let heads = json["columns"]?.array, let rows = json["rows"]?.array else {
      throw JSONError(offset: 0, message: "a table has ‘table’, ‘columns’ and ‘rows’")
    }
    var columns: [Column] = []
    for (index, head) in heads.enumerated() {
      guard let schema = ColumnSchema(head), !columns.contains(where: { $0.name == schema.name }) else {
        throw JSONError(offset: 0, message: "column \(index + 1) is not described, or named twice")
      }
      var cells: [JSON] = []
      for (number, row) in rows.enumerated() {
        guard let row = row.array, row.count == heads.count else {
          throw JSONError(offset: 0, message: "row \(number + 1) has not \(heads.count) cells")
        }
        cells.append(row[index])
      }
      guard let values = ColumnValues(schema.kind, cells) else {
        throw JSONError(offset: 0, message: "a value of column ‘\(schema.name)’ is no \(schema.kind.rawValue)")
      }
      let numbers = head["catalog-numbers"]?.members ?? []
      columns.append(
        Column(
          schema, values,
          catalogNumbers: Dictionary(numbers.compactMap { n in n.value.integer.map { (n.name, $0) } }) { $1 }))
    }
    self.init(name, columns)
  }
}

extension Column {
  fileprivate var description: JSON {
    var members: [JSON.Member] = [
      .init("name", .string(name)), .init("kind", .string(schema.kind.rawValue)),
      .init("origin", .string(schema.origin.rawValue)),
    ]
    if let unit = schema.unit { members.append(.init("unit", .string(unit))) }
    if let entity = schema.entity { members.append(.init("entity", .string(entity))) }
    if !schema.doc.isEmpty { members.append(.init("doc", .string(schema.doc))) }
    if !catalogNumbers.isEmpty {
      let numbers = catalogNumbers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
      members.append(.init("catalog-numbers", .object(numbers.map { .init($0.key, .number(String($0.value))) })))
    }
    return .object(members)
  }

  fileprivate func json(_ row: Int) -> JSON {
    switch values {
    case .texts(let values): .string(values[row])
    case .integers(let values): .number(String(values[row]))
    case .numbers(let values):
      if values[row].isNaN {
        .null
      } else {
        values[row].isInfinite ? .string(fullPrecision(values[row])) : .number(fullPrecision(values[row]))
      }
    }
  }
}

extension ColumnSchema {
  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string, let kind = json["kind"]?.string.flatMap(Kind.init),
      let origin = json["origin"]?.string.flatMap(Origin.init)
    else { return nil }
    self.init(
      name, kind, unit: json["unit"]?.string, origin: origin, entity: json["entity"]?.string,
      doc: json["doc"]?.string ?? "")
  }
}

extension ColumnValues {
  fileprivate init?(_ kind: ColumnSchema.Kind, _ cells: [JSON]) {
    switch kind {
    case .text:
      let values = cells.compactMap(\.string)
      self = .texts(values)
    case .integer:
      let values = cells.compactMap(\.integer)
      self = .integers(values)
    case .number:
      self = .numbers(
        cells.compactMap { cell in
          switch cell {
          case .null: .nan
          case .string("inf"): .infinity
          case .string("-inf"): -.infinity
          case .number(let text): Double(text)
          default: nil
          }
        })
    }
    if count != cells.count { return nil }
  }
}
