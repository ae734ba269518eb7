internal import COpenBLAS

/// Compiled instructions over flat memory: what `Autodiff` compiles a traced computation to.
///
/// Code names memory as (slot, offset). Slot 0 is the workspace's own arena; slots from 1 on are the vectors that the
/// caller puts there: parameters, a batch, a gradient.
public struct Code: Sendable {
  public var instructions: [Instruction]
  /// Elements of the arena.
  public var arenaCount: Int
  /// Values that a new workspace holds from the start.
  public var constants: [Constant]
  /// How many elements each slot must have; index 0 is the arena.
  public var slotCounts: [Int]
  /// Slots that are written.
  public var writtenSlots: [Int]

  public struct Constant: Sendable {
    public var offset: Int
    public var values: [Double]

    public init(offset: Int, values: [Double]) {
      self.offset = offset
      self.values = values
    }
  }

  public init(
    instructions: [Instruction], arenaCount: Int, constants: [Constant], slotCounts: [Int], writtenSlots: [Int]
  ) {
    self.instructions = instructions
    self.arenaCount = arenaCount
    self.constants = constants
    self.slotCounts = slotCounts
    self.writtenSlots = writtenSlots
  }
}

/// A place in memory: element `offset` of a slot.
public struct Operand: Hashable, Sendable {
  public var slot: Int
  public var offset: Int

  public init(slot: Int, offset: Int) {
    self.slot = slot
    self.offset = offset
  }
}

extension Operand {
  /// Where the element is, given where each slot begins.
  @inline(__always)
  func address<T: Scalar>(_ bases: UnsafeMutablePointer<UnsafeMutablePointer<T>>) -> UnsafeMutablePointer<T> {
    unsafe bases[slot] + offset
  }
}

/// One instruction; each is a kernel with its operands.
public enum Instruction: Sendable {
  case elementwise(Elementwise)
  case reduction(Reduction)
  case matrixProduct(MatrixProduct)
  case batchedProduct(BatchedProduct)
  case placement(Placement)
  case convolution(Convolution)
  case pooling(Pooling)
}

/// The memory that one worker runs code in. Making it allocates; running does not.
@safe public final class Workspace<Element: Scalar> {
  /// The vectors behind slots 1, 2, …; index 0 is unused. Code writes to those it declares as written.
  public var slots: [Vector<Element>]
  var arena: Vector<Element>
  /// Register tiles of element-wise kernels.
  var tiles: Vector<Element>
  /// Packed columns of matrix products, and one tile.
  var panel: Vector<Element>
  /// Accumulators of reductions.
  var sums: Vector<Double>
  /// Convolutions in single precision that oneDNN does, by kernel.
  let directConvolutions: [ObjectIdentifier: DirectConvolution]
  /// Where each slot's elements are, filled in before each run.
  var bases: UnsafeMutablePointer<UnsafeMutablePointer<Element>>
  var registers: UnsafeMutablePointer<UnsafeMutablePointer<Element>>

  public init(for code: Code) {
    arena = Vector(zeros: code.arenaCount)
    slots = code.slotCounts.map { _ in Vector(zeros: 0) }
    tiles = Vector(zeros: Elementwise.maximalRegisters * (Elementwise.tileCount + Elementwise.tileMargin))
    panel = Vector(zeros: (TiledProduct.fewRowsDepth + ProductTile.rows) * ProductTile.columns(Element.self))
    sums = Vector(zeros: max(Reduction.blockCount, Elementwise.maximalSums + Elementwise.maximalColumns))
    directConvolutions = Element.self == Float.self ? DirectConvolution.all(for: code) : [:]
    unsafe bases = .allocate(capacity: code.slotCounts.count)
    unsafe registers = .allocate(capacity: Elementwise.maximalRegisters)
    for constant in code.constants { arena.replace(from: constant.offset, with: constant.values.map { Element($0) }) }
  }

  deinit {
    unsafe bases.deallocate()
    unsafe registers.deallocate()
  }

  /// Exchanges a vector with a slot without copying: how a caller lends what is to be written and takes it back.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  public func swap(slot: Int, with vector: inout Vector<Element>) { Swift.swap(&slots[slot], &vector) }
}

extension Code {
  /// Runs the instructions in a range (all of them, or one stage of a program).
  ///
  /// - Precondition: every slot holds at least as many elements as the code expects.
  public func run<T: Scalar>(_ range: Range<Int>? = nil, on workspace: Workspace<T>) {
    let range = range ?? 0..<instructions.count
    T.execute(self, from: range.lowerBound, to: range.upperBound, on: workspace)
  }
}

/// The interpreter's loop, specialised for each scalar by its callers in `Float` and `Double`.
///
/// Subnormal numbers count as zero while it runs: a network whose gradients fade would otherwise train three times
/// slower over numbers below 1e-38.
@inline(__always)
func executeInstructions<T: Scalar>(_ code: Code, from first: Int, to end: Int, on workspace: Workspace<T>) {
  for slot in 1..<max(1, code.slotCounts.count) {
    precondition(
      workspace.slots[slot].count >= code.slotCounts[slot],
      "slot \(slot) holds \(workspace.slots[slot].count) elements, not \(code.slotCounts[slot])")
  }
  for slot in code.writtenSlots { workspace.slots[slot].makeUnique() }
  for slot in code.slotCounts.indices {
    unsafe workspace.bases[slot] = slot == 0 ? workspace.arena.base : workspace.slots[slot].base
  }
  let mode = flushSubnormalNumbers()
  defer { restoreFloatingPoint(mode) }
  for index in first..<end {
    switch code.instructions[index] {
    case .elementwise(let kernel): kernel.run(on: workspace)
    case .reduction(let kernel): kernel.run(on: workspace)
    case .matrixProduct(let kernel): kernel.run(on: workspace)
    case .batchedProduct(let kernel): kernel.run(on: workspace)
    case .placement(let kernel): kernel.run(on: workspace)
    case .convolution(let kernel): kernel.run(on: workspace)
    case .pooling(let kernel): kernel.run(on: workspace)
    }
  }
}
