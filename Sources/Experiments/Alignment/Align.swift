import Autodiff
import Diagnostics
import Landscapes
import Networks
import Specs
import Tables
import Tensors

/// `align`: the hidden units of a network in the order in which its weights are nearest to another's.
public let alignKind = Kind(
  CatalogEntry(
    "align",
    options: Surveyed.networkOptions(samples: "256") + [
      Option("from", .reference, .required, "The checkpoint that stays as it is."),
      Option("to", .reference, .required, "The checkpoint whose units are reordered; `end` holds what becomes of it."),
      Option("rounds", .integer(1...10_000), .yaml("100"), "When the search ends if units still change places."),
      SharedOption.seed,
    ],
    doc: "Reorders the hidden units of a network, which changes nothing that it computes, to match another's weights.",
    source: "Ainsworth, Hayase & Srinivasa 2023 (Git Re-Basin), arXiv:2209.04836")
) { options, book, diagnostics in
  guard let surveyed = Surveyed(options, book, &diagnostics), case .network(let network) = surveyed.subject else {
    return nil
  }
  do {
    let units = try HiddenUnits(network.model.layout, buffers: network.model.buffers)
    guard !units.groups.isEmpty else {
      diagnostics.append(Diagnostic(at: options.place("model"), nothingHidden))
      return nil
    }
    let align = Align(surveyed: surveyed, model: network.model, units: units)
    if let refusal = align.refusal {
      diagnostics.append(Diagnostic(at: options.place("model"), refusal))
      return nil
    }
    return align
  } catch let error as LandscapeError {
    diagnostics.append(Diagnostic(at: options.place("model"), error.message, hints: error.hints))
  } catch {
    diagnostics.append(Diagnostic(at: options.place("model"), "\(error)"))
  }
  return nil
}

/// One alignment, checked.
struct Align: Survey {
  let surveyed: Surveyed
  let model: Model
  let units: HiddenUnits

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("parameters", .integer, doc: "Numbers in a point."),
      ColumnSchema("units", .integer, doc: "Hidden units."),
      ColumnSchema("moved", .integer, doc: "How many of them stand elsewhere in their layer than before."),
      ColumnSchema("rounds", .integer, doc: "Rounds over all layers, the last of which changed nothing."),
      ColumnSchema("distance-before", doc: "Distance of the two checkpoints as they come."),
      ColumnSchema("distance", doc: "Distance once the units are reordered."),
      ColumnSchema("cosine-before", doc: "Cosine of the angle between the checkpoints as they come."),
      ColumnSchema("cosine", doc: "Cosine once the units are reordered."),
      ColumnSchema(
        "difference", doc: "The most that an output of the reordered network differs from before, on the samples."),
    ])
  private static let layers = TableSchema(
    "layers",
    [
      ColumnSchema("layer", .integer, doc: "1 is next to the input."),
      ColumnSchema("parameter", .text, doc: "The weight."), ColumnSchema("units", .integer, doc: "What it makes."),
      ColumnSchema("moved", .integer, doc: "How many of them stand elsewhere than before."),
      ColumnSchema("cosine-before", doc: "Cosine of the angle between the two weights as they come."),
      ColumnSchema("cosine", doc: "Cosine once the units are reordered."),
    ])

  var tables: [TableSchema] { [Align.runs, Align.layers] }
  /// The reordered network.
  var moments: [Reference.Moment] { [.end] }
  var memory: Int { surveyed.memory(Double.self) + 10 * 8 * model.layout.count + 1 << 24 }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    let (from, to) = (
      try Start(inputs["from"]?.first?.checkpoint, of: model, from: options.place("from")),
      try Start(inputs["to"]?.first?.checkpoint, of: model, from: options.place("to"))
    )
    var stream = Stream(book: surveyed.book.seed, run: UInt64(options.integer("seed")), purpose: .probes(0))
    let matched: HiddenUnits.Matched
    do {
      matched = try units.matched(
        to.parameters, buffers: to.buffers, to: from.parameters, rounds: options.integer("rounds"), drawing: &stream)
    } catch let error as LandscapeError {
      throw error.at(options.place("to"))
    }
    if doors.isCancelled() { throw Cancelled() }
    let batch = try surveyed.load(Double.self, inputs).batches[0]
    let difference = zip(
      outputs(at: to.parameters, to.buffers, batch), outputs(at: matched.parameters, matched.buffers, batch)
    ).reduce(0) { max($0, abs($1.0 - $1.1)) }

    func moved(_ order: [Int]) -> Int { order.indices.count { order[$0] != $0 } }
    func cosine(_ other: [Double], _ range: Range<Int>) -> Double {
      let (a, b) = (Vector(from.parameters[range]), Vector(other[range]))
      return a.dot(b) / (a.norm * b.norm)
    }
    let all = 0..<model.layout.count
    var runs = TableBuilder(Align.runs)
    runs.append([
      "parameters": .integer(model.layout.count), "units": .integer(units.groups.reduce(0) { $0 + $1.count }),
      "moved": .integer(matched.orders.reduce(0) { $0 + moved($1) }), "rounds": .integer(matched.rounds),
      "distance-before": .number(distance(from.parameters, to.parameters)),
      "distance": .number(distance(from.parameters, matched.parameters)),
      "cosine-before": .number(cosine(to.parameters, all)), "cosine": .number(cosine(matched.parameters, all)),
      "difference": .number(difference),
    ])
    var layers = TableBuilder(Align.layers)
    for (group, order) in zip(units.groups, matched.orders) {
      layers.append([
        "layer": .integer(group.slice.layer), "parameter": .text(group.slice.name), "units": .integer(group.count),
        "moved": .integer(moved(order)), "cosine-before": .number(cosine(to.parameters, group.slice.range)),
        "cosine": .number(cosine(matched.parameters, group.slice.range)),
      ])
    }
    var checkpoint = Checkpoint.start(of: model.layout, parameters: matched.parameters, buffers: matched.buffers)
    checkpoint.moment = .end
    checkpoint.counters = inputs["to"]?.first?.checkpoint?.counters ?? [:]
    return Outcome(tables: [runs.table(), layers.table()], checkpoints: [checkpoint])
  }

  /// Why the units that the layout suggests are not free to change places: found by trying on random numbers, since a
  /// layout does not say what is added to what.
  fileprivate var refusal: String? {
    var stream = Stream(book: 0, run: 0, purpose: .probes(0))
    var parameters = model.layout.slices.flatMap { slice in
      stream.normals(slice.shape.count).map { $0 / Double(max(1, slice.fanIn)).squareRoot() }
    }
    var buffers = stream.normals(model.buffers.count).map { abs($0) + 0.5 }
    let batch = BatchedObjective<Double>.Batch(
      [Vector(stream.normals(2 * model.inputs)), Vector(zeros: 2 * targets)], samples: 2)
    let before = outputs(at: parameters, buffers, batch)
    for (index, group) in units.groups.enumerated() {
      units.reorder(index, by: stream.permutation(of: group.count), parameters: &parameters, buffers: &buffers)
    }
    let after = outputs(at: parameters, buffers, batch)
    let scale = before.reduce(0) { max($0, abs($1)) }
    return zip(before, after).allSatisfy { abs($0 - $1) <= 1e-9 * scale } ? nil : tied
  }
  private var targets: Int {
    if case .network(let n) = surveyed.subject, n.loss == .crossEntropy { 1 } else { model.outputs }
  }

  private func outputs(at parameters: [Double], _ buffers: [Double], _ batch: BatchedObjective<Double>.Batch)
    -> [Double]
  {
    let objective = TracedObjective(surveyed.function, buffers: Vector(buffers))
    objective.set(batch.data, samples: batch.samples)
    var outputs = Vector<Double>(zeros: batch.samples * model.outputs)
    objective.outputs(at: Vector(parameters), into: &outputs)
    return outputs.array
  }
}

private let nothingHidden = "the model has no hidden units to reorder"
private let tied =
  "reordering hidden units changes what this model computes: its layers are no chain of linear layers and convolutions"
