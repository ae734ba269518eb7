import Autodiff
import Datasets
import Landscapes
import Networks
import Optimizers
import Specs
import Tables
import Tensors

let sharpnessEntry = MonitorItem(
  CatalogEntry(
    "sharpness",
    options: [
      Option(
        "samples", .integer(1...1_000_000), .yaml("1000"),
        "The Hessian is that of the mean loss over so many of the first training samples, or over all if there are fewer."
      ),
      Option("every", .integer(1...1_000_000), .yaml("1"), "Epochs or steps from one measurement to the next."),
      Option(
        "unit", .choice(["epoch", "step"]), .yaml("epoch"), "What `every` counts. Start and end are always measured."),
      Option(
        "tolerance", .number(above: 0, below: 1), .yaml("1e-3"), "The residual ‖Hv − λv‖ that is let stand, over λ."),
      Option("products", .integer(5...100_000), .yaml("300"), "When a search for the eigenvalue gives up."),
    ],
    doc:
      "The largest eigenvalue of the Hessian along the way, beside what the rule can stand; and whether the gradient "
      + "changes sign along its eigenvector from step to step.",
    source: "Cohen et al. 2021, arXiv:2103.00065; Cohen et al. 2022, arXiv:2207.14484")
) { o in
  SharpnessMonitor(
    samples: o.integer("samples"), every: o.integer("every"), bySteps: o.text("unit") == "step",
    tolerance: o.number("tolerance"), products: o.integer("products"))
}

/// The sharpness along a run.
struct SharpnessMonitor: Monitor {
  var samples: Int
  var every: Int
  var bySteps: Bool
  var tolerance: Double
  var products: Int

  private static let shared = [
    ColumnSchema("sharpness", doc: "Largest eigenvalue of the Hessian on the first samples; NaN if it was not found."),
    ColumnSchema(
      "preconditioned-sharpness",
      doc: "The same of the Hessian divided by what the rule divides gradients by; for SGD the sharpness itself."),
    ColumnSchema(
      "sharpness-limit", doc: "The preconditioned sharpness beyond which the rule's steps grow; NaN if not known."),
    ColumnSchema("limit-share", doc: "preconditioned-sharpness over sharpness-limit: 1 at the edge."),
  ]
  private static let table = TableSchema(
    "sharpness",
    [
      ColumnSchema("step", .integer, doc: "Steps taken; 0 is the start."),
      ColumnSchema("epoch", .integer, doc: "Epochs begun by then."),
      ColumnSchema("loss", doc: "Loss on the samples."),
      ColumnSchema("gradient-norm", doc: "Length of its gradient."),
    ] + shared + [
      ColumnSchema("gradient-in-top", doc: "Share of the gradient's square that lies along the eigenvector."),
      ColumnSchema("residual", doc: "‖Hv − λv‖ that was left."),
      ColumnSchema(
        "sign-changes",
        doc:
          "Share of the steps since the last measurement at which the batch gradient's part along the eigenvector had "
          + "changed sign: near 1 in a valley that is crossed with every step, near a half in noise, 0 on a slope."),
    ])
  var tables: [TableSchema] { [SharpnessMonitor.table] }
  var runColumns: [ColumnSchema] { SharpnessMonitor.shared }
  var stepColumns: [ColumnSchema] {
    [
      ColumnSchema(
        "projection", doc: "The batch gradient's part along the eigenvector as last measured; its sign is kept.")
    ]
  }
  func numbers(watching train: Train) -> Int {
    6 * min(samples, train.source.facts.trainCount) * (train.model.inputs + train.model.activations)
      + 100 * train.model.layout.count
  }
  func begin<Element: Scalar>(_ run: WatchedRun<Element>) -> any Watch<Element> {
    SharpnessWatch(self, run, TableBuilder(SharpnessMonitor.table))
  }
}

private final class SharpnessWatch<Element: Scalar>: Watch {
  private let plan: SharpnessMonitor
  private let run: WatchedRun<Element>
  private let edge: (any StabilityEdge)?
  private let fixed: FixedSamples<Element>
  private var table: TableBuilder
  private var gradient: Vector<Element>
  /// The unit eigenvector as last measured, with the sign that it had before.
  private var top: Vector<Element>?
  private var preconditionedTop: Vector<Element>?
  private var last: [String: TableBuilder.Value] = [:]
  private var lastProjection = 0.0
  private var lastStep = 0
  private let epochs: Int
  private var changes = 0
  private var steps = 0

  init(_ plan: SharpnessMonitor, _ run: WatchedRun<Element>, _ table: TableBuilder) {
    self.plan = plan
    self.run = run
    self.table = table
    edge = run.train.rule as? any StabilityEdge
    epochs = run.train.options.integer("epochs")
    fixed = FixedSamples(of: run, count: plan.samples)
    gradient = Vector(zeros: run.layout.count)
  }

  func start(_ moment: TrainingMoment<Element>) throws { try measure(moment) }

  func step(_ moment: TrainingMoment<Element>) throws -> [String: TableBuilder.Value] {
    let projection = top.map { moment.gradient.dot($0) } ?? .nan
    if moment.step > 1, projection * lastProjection < 0 { changes += 1 }
    lastProjection = projection
    steps += 1
    if plan.bySteps, moment.isFinite, moment.step % plan.every == 0 { try measure(moment) }
    return ["projection": .number(projection)]
  }

  func epoch(_ moment: TrainingMoment<Element>, trainLoss: Double) throws -> [String: TableBuilder.Value] {
    let isDue = !plan.bySteps && moment.epoch % plan.every == 0 || moment.epoch == epochs
    if moment.isFinite, isDue, moment.step != lastStep { try measure(moment) }
    return [:]
  }

  func runs() -> [String: TableBuilder.Value] { last }
  func tables() -> [Table] { [table.table()] }

  private func measure(_ moment: TrainingMoment<Element>) throws {
    let loss = fixed.gradient(at: moment, into: &gradient)
    let norm = gradient.norm
    let hessian = LinearOperator.hessian(of: fixed.objective, at: moment.point).stopping(when: run.isCancelled)
    let found = loss.isFinite && norm.isFinite ? try largest(of: hessian, near: top) : nil
    var next = found?.vector
    if let top, let turned = next, turned.dot(top) < 0 { next!.scale(by: -1) }
    top = next
    var preconditioned = found?.value
    if found != nil, let divisors = edge?.preconditioner(in: moment.state) {
      let pair = try largest(of: hessian.divided(by: divisors), near: preconditionedTop)
      preconditionedTop = pair?.vector
      preconditioned = pair?.value
    }
    let limit = edge?.curvatureLimit(learningRate: moment.learningRate) ?? .nan
    last = [
      "sharpness": .number(found?.value ?? .nan), "preconditioned-sharpness": .number(preconditioned ?? .nan),
      "sharpness-limit": .number(limit), "limit-share": .number((preconditioned ?? .nan) / limit),
    ]
    lastStep = moment.step
    let along = top.map { gradient.dot($0) / norm } ?? .nan
    let row: [String: TableBuilder.Value] = [
      "step": .integer(moment.step), "epoch": .integer(moment.epoch), "loss": .number(loss),
      "gradient-norm": .number(norm), "gradient-in-top": .number(along * along),
      "residual": .number(found?.residual ?? .nan),
      "sign-changes": .number(steps == 0 ? .nan : Double(changes) / Double(steps)),
    ]
    table.append(row.merging(last) { first, _ in first })
    (changes, steps) = (0, 0)
  }

  /// The largest eigenvalue with its unit eigenvector, sought from where it was; `nil` where numbers are not finite.
  private func largest(
    of linear: LinearOperator<Element>, near start: Vector<Element>?
  ) throws -> (value: Double, vector: Vector<Element>, residual: Double)? {
    do {
      let pairs = try eigenpairs(
        of: linear, .largest(1), tolerance: plan.tolerance, maximumProducts: plan.products,
        book: run.train.book.seed, run: run.seed, start: start)
      return pairs.converged ? (pairs.values[0], pairs.vectors[0], pairs.residuals[0]) : nil
    } catch is LandscapeError {
      if run.isCancelled() { throw Cancelled() }
      return nil
    }
  }
}

extension LinearOperator {
  /// D^(−½) A D^(−½) with a positive diagonal D: symmetric, with the eigenvalues of D⁻¹A.
  func divided(by diagonal: [Double]) -> LinearOperator {
    let roots = diagonal.map { Element(1 / $0.squareRoot()) }
    return LinearOperator(dimension: dimension) { vector, product in
      var scaled = vector
      for index in roots.indices { scaled[index] *= roots[index] }
      multiply(scaled, &product)
      for index in roots.indices { product[index] *= roots[index] }
    }
  }
}
