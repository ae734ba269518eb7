import Autodiff
import Datasets
import Diagnostics
import Networks
import Optimizers
import Specs
import Tables
import Tensors

/// `optimizer-memory`: what training a model keeps besides its data, counted.
public let optimizerMemoryKind = Kind(
  CatalogEntry(
    "optimizer-memory",
    options: [
      SharedOption.model,
      Option(
        "data", .entry(datasetCatalog.catalog), .absent,
        "Data that decides the model's inputs and outputs, instead of `inputs` and `outputs`."),
      SharedOption.inputs, SharedOption.outputs,
      Option(
        "optimizers", .list(.entry(optimizerCatalog.catalog), count: 1...1000), .required,
        "The optimizers to compare; each name once."),
      Option(
        "devices", .list(.integer(1...1_000_000), count: 1...100), .yaml("[1, 8, 64]"),
        "Numbers of devices in the `zero` table."),
      SharedOption.precision("float"),
    ],
    doc:
      "Bytes of parameters, gradient and optimizer state, one row an optimizer; and what is left of them on each of "
      + "several devices that share mixed-precision Adam's (ZeRO).",
    source: "Rajbhandari et al. 2020, arXiv:1910.02054")
) { options, book, diagnostics in
  var (shape, outputs) = (options.inputShape, options.integer("outputs"))
  if options["data"] != nil {
    guard let facts = options.dataSource(book, into: &diagnostics)?.facts else { return nil }
    (shape, outputs) = (facts.inputShape, facts.outputCount)
  }
  var names: Set<String> = []
  for item in options.list("optimizers") where !names.insert(item.asEntry.name).inserted {
    diagnostics.append(Diagnostic(at: item.place, listedTwice(item.asEntry.name)))
    return nil
  }
  guard let model = model(options, input: shape, outputs: outputs, &diagnostics) else { return nil }
  return OptimizerMemory(options: options, layout: model.layout)
}

/// One count, checked.
struct OptimizerMemory: Experiment {
  let options: Values
  let layout: ParameterLayout

  private static let runs = TableSchema(
    "runs",
    [
      ColumnSchema("optimizer", .text, entity: "optimizer", doc: "The rule."),
      ColumnSchema("parameters", .integer, doc: "Numbers that training changes."),
      ColumnSchema("parameter-bytes", .integer, unit: "bytes", doc: "The parameters."),
      ColumnSchema("gradient-bytes", .integer, unit: "bytes", doc: "One gradient."),
      ColumnSchema("state-bytes", .integer, unit: "bytes", doc: "What the optimizer remembers between steps."),
      ColumnSchema("total-bytes", .integer, unit: "bytes", doc: "All three."),
      ColumnSchema("state-mebibytes", unit: "MiB", doc: "What the optimizer remembers, in units of 2²⁰ bytes."),
      ColumnSchema("bytes-per-parameter", doc: "What the optimizer remembers for each parameter, on average."),
    ])
  private static let zero = TableSchema(
    "zero",
    [
      ColumnSchema(
        "stage", .integer, doc: "What is cut up: 0 nothing, 1 optimizer state, 2 gradients too, 3 parameters too."),
      ColumnSchema("devices", .integer, doc: "Devices that share."),
      ColumnSchema("parameter-bytes", unit: "bytes", doc: "Parameters on each device, 2 bytes each."),
      ColumnSchema("gradient-bytes", unit: "bytes", doc: "Gradients on each device, 2 bytes each."),
      ColumnSchema(
        "state-bytes", unit: "bytes", doc: "Adam's on each device, 12 bytes a parameter: a Float copy, two moments."),
      ColumnSchema("total-bytes", unit: "bytes", doc: "All three."),
      ColumnSchema("total-mebibytes", unit: "MiB", doc: "All three, in units of 2²⁰ bytes."),
    ])

  var tables: [TableSchema] { [OptimizerMemory.runs, OptimizerMemory.zero] }
  var moments: [Reference.Moment] { [] }
  var dataFiles: [String] { [] }
  var memory: Int { layout.count * 8 * (options.text("precision") == "float" ? 4 : 8) + 1 << 22 }

  func run(inputs: [String: [Input]], doors: Doors) throws -> Outcome {
    options.text("precision") == "float" ? try run(Float.self, doors) : try run(Double.self, doors)
  }

  private func run<Element: Scalar>(_ type: Element.Type, _ doors: Doors) throws -> Outcome {
    var runs = TableBuilder(OptimizerMemory.runs)
    let point = Vector<Element>(zeros: layout.count)
    let size = layout.count * MemoryLayout<Element>.stride
    for selection in options.list("optimizers").map(\.asEntry) {
      if doors.isCancelled() { throw Cancelled() }
      let rule = optimizerCatalog.maker(of: selection)(selection.values)
      let state = rule.makeOptimizer(for: layout, precision: Element.self).start(at: point).bytes
      runs.append([
        "optimizer": .text(selection.name), "parameters": .integer(layout.count), "parameter-bytes": .integer(size),
        "gradient-bytes": .integer(size), "state-bytes": .integer(state), "total-bytes": .integer(2 * size + state),
        "state-mebibytes": .number(Double(state) / 0x1p20),
        "bytes-per-parameter": .number(Double(state) / Double(max(1, layout.count))),
      ])
    }
    var zero = TableBuilder(OptimizerMemory.zero)
    for devices in options.list("devices").map(\.asInteger) {
      for stage in 0...3 {
        let bytes = ZeROMemory(parameterCount: layout.count, stage: stage, devices: devices)
        zero.append([
          "stage": .integer(stage), "devices": .integer(devices), "parameter-bytes": .number(bytes.parameters),
          "gradient-bytes": .number(bytes.gradients), "state-bytes": .number(bytes.state),
          "total-bytes": .number(bytes.total), "total-mebibytes": .number(bytes.total / 0x1p20),
        ])
      }
    }
    return Outcome(tables: [
      runs.table(catalogNumbers: ["optimizer": optimizerCatalog.catalog.numbers]), zero.table(),
    ])
  }
}

private func listedTwice(_ name: String) -> String {
  "‘\(name)’ stands twice in this list; compare its settings in two experiments"
}
