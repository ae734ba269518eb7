public import Tensors

/// What a program is for, for how many samples and in which mode.
private struct Key: Hashable {
  var purpose: TracedFunction.Purpose
  var samples: Int
  var mode: TracedFunction.Mode
}

/// A traced function as an objective: compiles a program for each mode, batch size and purpose it meets, once, and runs
/// it in workspaces of its own. One a worker.
///
/// In train mode a gradient evaluation moves the buffers on, as PyTorch's forward pass does; values and Hessian
/// products leave them. Noise is held until its key changes. Curvature is usually asked of eval mode, the default.
public final class TracedObjective<Element: Scalar>: Objective {
  struct Compiled {
    var program: Program
    var workspace: Workspace<Element>
  }
  /// What the noise at hand was made for.
  private struct Drawn: Equatable {
    var key: NoiseKey
    var samples: Range<Int>
  }
  typealias Slot = TracedFunction.Slot

  let function: TracedFunction
  /// Whether the function has outputs: asked once.
  private(set) lazy var hasOutputs = function.hasOutputs
  private let segments: Int
  private var compiled: [Key: Compiled] = [:]
  /// The program used last.
  private var latest: (key: Key, unit: Compiled)?
  private let empty = Vector<Element>(zeros: 0)
  /// The value and what is observed along with it; as many as the first program that gives them says.
  private var scalars = Vector<Element>(zeros: 0)
  /// The data that values are computed on, in the order the function declares, then the noise.
  private var data: [Vector<Element>] = []
  private var noises: [Vector<Element>]
  private var drawn: Drawn?
  public private(set) var samples = 0
  /// What the function observed along with its last value.
  public private(set) var measures: [Double] = []

  public var mode = TracedFunction.Mode.eval
  /// Running statistics and the like, slice by slice of the function's `buffers`.
  public var buffers: Vector<Element>
  private var newBuffers: Vector<Element>
  /// Which noise train mode sees.
  public var noise = NoiseKey()
  /// The number of this setting's first sample in the batch that it is a part of.
  public var firstSample = 0

  /// - Parameters:
  ///   - buffers: where they start; as the function declares when left out.
  ///   - segments: parts of the forward pass that a gradient computes again instead of keeping; 1 keeps all, 0 takes the
  ///     square root of the number of layers. The gradient is the same, its memory less.
  public init(_ function: TracedFunction, buffers: Vector<Element>? = nil, segments: Int = 1) {
    self.function = function
    self.segments = segments
    self.buffers = buffers ?? Vector(function.buffers.startingValues().map { Element($0) })
    newBuffers = self.buffers
    noises = function.noise.map { _ in Vector(zeros: 0) }
    precondition(self.buffers.count == function.buffers.count, "buffers of another function")
  }

  public var layout: ParameterLayout { function.layout }

  /// Bytes that the largest gradient so far kept on its way: activations and all else that is neither parameter, data
  /// nor result. Counted, not measured.
  public var gradientBytes: Int {
    let programs = compiled.filter { $0.key.purpose == .gradient }.values.map(\.program)
    return (programs.map(\.workingCount).max() ?? 0) * MemoryLayout<Element>.stride
  }

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

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func value(at point: Vector<Element>) -> Double {
    let unit = unit(.value)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    return observe()
  }

  /// The values at many points; what depends on the data alone is computed once for all of them.
  public func values(at points: some Sequence<Vector<Element>>) -> [Double] {
    var values: [Double] = []
    self.values(at: points) { _, value, _ in values.append(value) }
    return values
  }

  /// The same with what the function observes along with each value.
  /// - Parameter sameData: promises that data and buffers are those of the last such call, what depends on them alone
  ///   being reused.
  func values(
    at points: some Sequence<Vector<Element>>, sameData: Bool = false,
    _ body: (_ index: Int, _ value: Double, _ measures: [Double]) -> Void
  ) {
    let unit = unit(.value)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    defer { unit.workspace.swap(slot: Slot.scalars, with: &scalars) }
    for (index, point) in points.enumerated() {
      run(unit, at: point, from: index == 0 && !sameData ? 0 : 1)
      let seen = unit.workspace.slots[Slot.scalars]
      body(index, Double(seen[0]), (1..<seen.count).map { Double(seen[$0]) })
    }
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func gradient(at point: Vector<Element>, into gradient: inout Vector<Element>) -> Double {
    let unit = unit(.gradient)
    let movesBuffers = unit.workspace.slots.count > Slot.newBuffers && unit.program.elements(in: Slot.newBuffers) > 0
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    unit.workspace.swap(slot: Slot.result, with: &gradient)
    if movesBuffers { unit.workspace.swap(slot: Slot.newBuffers, with: &newBuffers) }
    run(unit, at: point)
    if movesBuffers {
      unit.workspace.swap(slot: Slot.newBuffers, with: &newBuffers)
      swap(&buffers, &newBuffers)
    }
    unit.workspace.swap(slot: Slot.result, with: &gradient)
    unit.workspace.swap(slot: Slot.scalars, with: &scalars)
    return observe()
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func hessianProduct(
    at point: Vector<Element>, with direction: Vector<Element>, into product: inout Vector<Element>, samePoint: Bool
  ) { multiply(.hessianProduct, at: point, with: direction, into: &product, samePoint: samePoint) }

  /// One of the products with a direction.
  func multiply(
    _ purpose: TracedFunction.Purpose, at point: Vector<Element>, with direction: Vector<Element>,
    into product: inout Vector<Element>, samePoint: Bool
  ) {
    let unit = unit(purpose)
    unit.workspace.slots[Slot.direction] = direction
    unit.workspace.swap(slot: Slot.result, with: &product)
    run(unit, at: point, from: samePoint ? 1 : 0)
    unit.workspace.swap(slot: Slot.result, with: &product)
    unit.workspace.slots[Slot.direction] = empty
  }

  /// What the model says at a point: `[samples, outputs]`, row-major, written over `outputs`.
  public func outputs(at point: Vector<Element>, into outputs: inout Vector<Element>) {
    evaluate(.outputs, at: point, into: &outputs)
  }

  /// What needs no direction.
  func evaluate(_ purpose: TracedFunction.Purpose, at point: Vector<Element>, into result: inout Vector<Element>) {
    let unit = unit(purpose)
    unit.workspace.swap(slot: Slot.result, with: &result)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.result, with: &result)
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func run(_ unit: Compiled, at point: Vector<Element>, from stage: Int = 0) {
    if mode == .train { drawNoise() }
    if unit.workspace.slots.count > Slot.parameters { unit.workspace.slots[Slot.parameters] = point }
    exchange(unit.workspace)
    unit.program.run(unit.workspace, from: stage)
    exchange(unit.workspace)
    // Given up, so that the caller's vectors stay theirs alone.
    if unit.workspace.slots.count > Slot.parameters { unit.workspace.slots[Slot.parameters] = empty }
  }

  /// Lends buffers, data and noise to a workspace, or takes them back.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func exchange(_ workspace: Workspace<Element>) {
    let slots = workspace.slots.count
    if Slot.buffers < slots { workspace.swap(slot: Slot.buffers, with: &buffers) }
    for index in data.indices where Slot.data + index < slots {
      workspace.swap(slot: Slot.data + index, with: &data[index])
    }
    let first = Slot.data + data.count
    for index in noises.indices where first + index < slots {
      workspace.swap(slot: first + index, with: &noises[index])
    }
  }

  private func drawNoise() {
    let wanted = Drawn(key: noise, samples: firstSample..<firstSample + samples)
    guard wanted != drawn else { return }
    for (index, declared) in function.noise.enumerated() {
      let count = samples * declared.count
      if noises[index].count != count { noises[index] = Vector(zeros: count) }
      noises[index].fill(
        declared.kind, perSample: declared.count, samples: wanted.samples,
        from: Stream(book: noise.book, run: noise.run, purpose: .noise(layer: declared.name, step: noise.step)))
    }
    drawn = wanted
  }

  /// Moves the buffers on as a pass in train mode does, and computes nothing else.
  func moveBuffers(at point: Vector<Element>) {
    precondition(mode == .train && buffers.count > 0, "only training moves buffers")
    let unit = unit(.buffers)
    unit.workspace.swap(slot: Slot.newBuffers, with: &newBuffers)
    run(unit, at: point)
    unit.workspace.swap(slot: Slot.newBuffers, with: &newBuffers)
    swap(&buffers, &newBuffers)
  }

  /// Exchanges one of the arrays that values are computed on.
  func swapData(_ index: Int, with other: inout Vector<Element>) { swap(&data[index], &other) }

  func unit(_ purpose: TracedFunction.Purpose) -> Compiled {
    let key = Key(purpose: purpose, samples: samples, mode: function.dependsOnMode ? mode : .eval)
    if let latest, latest.key == key { return latest.unit }
    if let unit = compiled[key] {
      latest = (key, unit)
      return unit
    }
    let program = function.compile(purpose, samples: samples, mode: key.mode, segments: segments)
    let unit = Compiled(program: program, workspace: program.makeWorkspace())
    compiled[key] = unit
    if scalars.count == 0, [.value, .gradient].contains(purpose) {
      scalars = Vector(zeros: program.elements(in: Slot.scalars))
    }
    return unit
  }

  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func observe() -> Double {
    if measures.count != scalars.count - 1 { measures = Array(repeating: 0, count: scalars.count - 1) }
    for index in measures.indices { measures[index] = Double(scalars[index + 1]) }
    return Double(scalars[0])
  }
}
