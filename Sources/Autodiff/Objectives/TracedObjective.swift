public import Tensors

/// A traced function as an objective: compiles a program for each batch size and purpose it meets, once, and runs it
/// in workspaces of its own. One a worker.
public final class TracedObjective<Element: Scalar>: Objective {
  private struct Key: Hashable {
    var purpose: TracedFunction.Purpose
    var samples: Int
  }
  private struct Compiled {
    var program: Program
    var workspace: Workspace<Element>
  }
  private typealias Slot = TracedFunction.Slot

  private let function: TracedFunction
  private var compiled: [Key: Compiled] = [:]
  private let empty = Vector<Element>(zeros: 0)
  /// The value and what is observed along with it; as many as the first program that gives them says.
  private var scalars = Vector<Element>(zeros: 0)
  /// The data that values are computed on, in the order the function declares.
  private var data: [Vector<Element>] = []
  private var samples = 0
  /// What the function observed along with its last value.
  public private(set) var measures: [Double] = []

  public init(_ function: TracedFunction) { self.function = function }

  public var layout: ParameterLayout { function.layout }

  /// Sets the data that the following calls are about. Vectors are shared, not copied.
  public func set(_ data: [Vector<Element>], samples: Int) {
    self.data = data
    self.samples = samples
  }

  /// Data that the caller writes in place, batch after batch: vectors of these lengths, made anew only when a length
  /// changes.
  public func refill(counts: [Int], samples: Int, _ body: (inout [Vector<Element>]) -> Void) {
    if data.map(\.count) != counts { data = counts.map { Vector(zeros: $0) } }
    self.samples = samples
    body(&data)
  }

  public func value(at point: Vector<Element>) -> Double {
    let unit = unit(.value)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    return observe()
  }

  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    let unit = unit(.gradient)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    unit.workspace.swap(slot: Slot.result, with: &gradient)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.result, with: &gradient)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    return observe()
  }

  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) {
    let unit = unit(.hessianProduct)
    unit.workspace.slots[Slot.direction] = direction
    unit.workspace.swap(slot: Slot.result, with: &product)
    run(unit, at: point, from: samePoint ? 1 : 0)
    unit.workspace.swap(slot: Slot.result, with: &product)
    unit.workspace.slots[Slot.direction] = empty
  }

  /// What the model says at a point: `[samples, outputs]`, row-major, written over `outputs`.
  public func outputs(at point: Vector<Element>, into outputs: inout Vector<Element>) {
    let unit = unit(.outputs)
    unit.workspace.swap(slot: Slot.result, with: &outputs)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.result, with: &outputs)
  }

  private func run(_ unit: Compiled, at point: Vector<Element>, from stage: Int = 0) {
    if unit.workspace.slots.count > Slot.parameters { unit.workspace.slots[Slot.parameters] = point }
    for index in data.indices where Slot.data + index < unit.workspace.slots.count {
      Swift.swap(&unit.workspace.slots[Slot.data + index], &data[index])
    }
    unit.program.run(unit.workspace, from: stage)
    for index in data.indices where Slot.data + index < unit.workspace.slots.count {
      Swift.swap(&unit.workspace.slots[Slot.data + index], &data[index])
    }
    // Given up, so that the caller's vectors stay theirs alone.
    if unit.workspace.slots.count > Slot.parameters { unit.workspace.slots[Slot.parameters] = empty }
  }

  private func unit(_ purpose: TracedFunction.Purpose) -> Compiled {
    let key = Key(purpose: purpose, samples: samples)
    if let unit = compiled[key] { return unit }
    let program = function.compile(purpose, samples: samples)
    let unit = Compiled(program: program, workspace: program.makeWorkspace())
    compiled[key] = unit
    if scalars.count == 0, [.value, .gradient].contains(purpose) {
      scalars = Vector(zeros: program.elements(in: Slot.scalars))
    }
    return unit
  }

  private func observe() -> Double {
    if measures.count != scalars.count - 1 { measures = Array(repeating: 0, count: scalars.count - 1) }
    for index in measures.indices { measures[index] = Double(scalars[index + 1]) }
    return Double(scalars[0])
  }
}
