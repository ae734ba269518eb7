import Experiments
public import Specs

extension Checkpoint {
  /// The checkpoint with every bit of its numbers.
  var stored: [UInt8] {
    var writer = ByteWriter()
    writer.text(moment.name)
    writer.each(arrays.sorted { $0.key < $1.key }) { writer, array in
      writer.text(array.key)
      switch array.value {
      case .floats(let values):
        writer.integer(4)
        writer.raw(rawBytes(of: values))
      case .doubles(let values):
        writer.integer(8)
        writer.raw(rawBytes(of: values))
      }
    }
    writer.each(layout.sorted { $0.key < $1.key }) { writer, slice in
      writer.text(slice.key)
      writer.each(slice.value) { $0.integer($1) }
    }
    writer.each(counters.sorted { $0.key < $1.key }) { writer, counter in
      writer.text(counter.key)
      writer.integer(counter.value)
    }
    return writer.bytes
  }

  init(stored bytes: [UInt8]) throws(ByteReader.Malformed) {
    var reader = ByteReader(bytes)
    guard let moment = Reference.Moment(name: try reader.text()) else { throw ByteReader.Malformed() }
    let arrays = try reader.each { (reader) throws(ByteReader.Malformed) -> (String, Numbers) in
      let name = try reader.text()
      switch try reader.integer() {
      case 4: return (name, .floats(numbers(Float.self, fromRaw: try reader.raw())))
      case 8: return (name, .doubles(numbers(Double.self, fromRaw: try reader.raw())))
      default: throw ByteReader.Malformed()
      }
    }
    let layout = try reader.each { (reader) throws(ByteReader.Malformed) -> (String, [Int]) in
      (try reader.text(), try reader.each { (reader) throws(ByteReader.Malformed) in try reader.integer() })
    }
    let counters = try reader.each { (reader) throws(ByteReader.Malformed) -> (String, Int) in
      (try reader.text(), try reader.integer())
    }
    self.init(
      moment: moment, arrays: Dictionary(arrays) { first, _ in first },
      layout: Dictionary(layout) { first, _ in first },
      counters: Dictionary(counters) { first, _ in first })
  }
}

extension Reference.Moment {
  /// `start`, `end`, `epoch=3`, `step=100`.
  public var name: String {
    switch self {
    case .start: "start"
    case .end: "end"
    case .epoch(let number): "epoch=\(number)"
    case .step(let number): "step=\(number)"
    }
  }

  init?(name: String) {
    let sides = name.split(separator: "=")
    switch (sides.first, sides.count == 2 ? Int(sides[1]) : nil) {
    case ("start", nil): self = .start
    case ("end", nil): self = .end
    case ("epoch", let number?): self = .epoch(number)
    case ("step", let number?): self = .step(number)
    default: return nil
    }
  }
}
