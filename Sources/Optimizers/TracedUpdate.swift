import Autodiff
import Tensors

private enum Slot {
  static let point = 1
  static let gradient = 2
  static let state = 3
  static let scalars = 4
  static let report = 5
}

/// An update as it is written down: reads the flat vectors, says what is written back to them.
final class UpdateTrace {
  private let trace = Trace()
  let scalars: [Value]
  private var outputs: [Program.Output] = []
  private var squares: [(gradient: Value, update: Value)] = []

  init(scalars: Int) {
    let trace = trace
    self.scalars = (0..<scalars).map { trace.input(slot: Slot.scalars, offset: $0, shape: .scalar) }
  }

  func point(at offset: Int, _ shape: Shape) -> Value { trace.input(slot: Slot.point, offset: offset, shape: shape) }
  func gradient(at offset: Int, _ shape: Shape) -> Value {
    trace.input(slot: Slot.gradient, offset: offset, shape: shape)
  }
  func state(_ place: StateLayout.Place) -> Value {
    trace.input(slot: Slot.state, offset: place.offset, shape: place.shape)
  }

  /// Moves parameters; with their gradient, both norms are reported.
  func move(_ w: Value, to next: Value, at offset: Int, gradient: Value? = nil) {
    outputs.append(Program.Output(next, slot: Slot.point, offset: offset))
    if let gradient { squares.append((gradient.squared.sum(), (next - w).squared.sum())) }
  }
  func remember(_ value: Value, at place: StateLayout.Place) {
    precondition(value.shape == place.shape, "state of shape \(place.shape) became \(value.shape)")
    if value.isIdentical(to: state(place)) { return }
    outputs.append(Program.Output(value, slot: Slot.state, offset: place.offset))
  }

  var program: Program? {
    guard !outputs.isEmpty else { return nil }
    guard let first = squares.first else { return Program(outputs) }
    let total = squares.dropFirst().reduce(first) { ($0.gradient + $1.gradient, $0.update + $1.update) }
    return Program(
      [
        Program.Output(total.gradient, slot: Slot.report), Program.Output(total.update, slot: Slot.report, offset: 1),
      ] + outputs)
  }
}

/// An update compiled to one program over the flat vectors, which it changes in place. A run allocates nothing.
final class TracedUpdate<Element: Scalar> {
  private let compiled: (program: Program, workspace: Workspace<Element>)?
  private let slots: Int
  private var scalars: Vector<Element>
  private var report = Vector<Element>(zeros: 2)

  init(scalars count: Int, _ body: (UpdateTrace) -> Void) {
    let trace = UpdateTrace(scalars: count)
    body(trace)
    compiled = trace.program.map { ($0, $0.makeWorkspace()) }
    slots = compiled?.workspace.slots.count ?? 0
    scalars = Vector(zeros: max(1, count))
  }

  /// Whether there is nothing to do.
  var isEmpty: Bool { compiled == nil }

  /// - Returns: ‖gradient‖₂ and ‖change of the point‖₂, of the slices whose gradients the update was traced with.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  @discardableResult func run(
    _ point: inout Vector<Element>, _ gradient: inout Vector<Element>, _ state: inout Vector<Element>,
    scalars numbers: [Double]
  ) -> (gradientNorm: Double, updateNorm: Double) {
    guard let (program, workspace) = compiled else { return (0, 0) }
    for (index, number) in numbers.enumerated() { scalars[index] = Element(number) }
    exchange(workspace, &point, &gradient, &state)
    program.run(workspace)
    exchange(workspace, &point, &gradient, &state)
    return (Double(report[0]).squareRoot(), Double(report[1]).squareRoot())
  }

  /// Lends the vectors to the program's slots, or takes them back; a program has slots only up to the last it uses.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func exchange(
    _ workspace: Workspace<Element>, _ point: inout Vector<Element>, _ gradient: inout Vector<Element>,
    _ state: inout Vector<Element>
  ) {
    if slots > Slot.point { workspace.swap(slot: Slot.point, with: &point) }
    if slots > Slot.gradient { workspace.swap(slot: Slot.gradient, with: &gradient) }
    if slots > Slot.state { workspace.swap(slot: Slot.state, with: &state) }
    if slots > Slot.scalars { workspace.swap(slot: Slot.scalars, with: &scalars) }
    if slots > Slot.report { workspace.swap(slot: Slot.report, with: &report) }
  }
}
