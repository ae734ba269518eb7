import Tables

extension Table {
  /// The table with every bit of its numbers, NaN and infinities included.
  var stored: [UInt8] {
    var writer = ByteWriter()
    writer.text(name)
    writer.each(columns) { writer, column in
      let schema = column.schema
      for text in [schema.name, schema.kind.rawValue, schema.origin.rawValue, schema.doc] { writer.text(text) }
      writer.optional(schema.unit)
      writer.optional(schema.entity)
      writer.each(column.catalogNumbers.sorted { $0.key < $1.key }) { writer, pair in
        writer.text(pair.key)
        writer.integer(pair.value)
      }
      switch column.values {
      case .numbers(let values): writer.raw(rawBytes(of: values))
      case .integers(let values): writer.raw(rawBytes(of: values))
      case .texts(let values): writer.each(values) { $0.text($1) }
      }
    }
    return writer.bytes
  }

  init(stored bytes: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    let name = try reader.text()
    let columns = try reader.each { (reader) throws(ByteReader.Malformed) in try Column(&reader) }
    self.init(name, columns)
  }
}

extension Column {
  fileprivate init(_ reader: inout ByteReader) throws(ByteReader.Malformed) {
    let name = try reader.text()
    guard let kind = ColumnSchema.Kind(rawValue: try reader.text()),
      let origin = ColumnSchema.Origin(rawValue: try reader.text())
    else { throw ByteReader.Malformed() }
    let doc = try reader.text()
    let schema = ColumnSchema(
      name, kind, unit: try reader.optional(), origin: origin, entity: try reader.optional(), doc: doc)
    let numbering = try reader.each { (reader) throws(ByteReader.Malformed) in
      (try reader.text(), try reader.integer())
    }
    let values: ColumnValues
    switch kind {
    case .number: values = .numbers(numbers(Double.self, fromRaw: try reader.raw()))
    case .integer: values = .integers(numbers(Int.self, fromRaw: try reader.raw()))
    case .text: values = .texts(try reader.each { (reader) throws(ByteReader.Malformed) in try reader.text() })
    }
    self.init(schema, values, catalogNumbers: Dictionary(numbering) { first, _ in first })
  }
}
