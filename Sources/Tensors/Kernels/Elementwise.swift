/// A fused element-wise computation over one iteration space, done tile by tile so that everything between the loads
/// and the stores stays in the first-level cache.
///
/// A tile is a run of `tileCount` elements of the flattened space. Each load fills a register (a tile) or points
/// straight into memory; each step makes a new register of one or two others; each store writes one back.
public final class Elementwise: Sendable {
  /// Elements of a tile: 2 KiB of Float, so that a dozen registers fit into the first-level cache.
  static let tileCount = 512
  /// Room behind a tile for the rest of a vector that was stored across its end.
  static let tileMargin = 16
  /// Registers of one kernel; the compiler splits larger ones.
  public static let maximalRegisters = 48
  /// Sums of one kernel, and columns that it sums, all together.
  public static let maximalSums = 16
  public static let maximalColumns = 4096

  /// How a load's elements lie relative to the flattened iteration space.
  public enum Access: Hashable, Sendable {
    /// Element i of the space is element i of the operand.
    case contiguous
    /// One value for all.
    case scalar
    /// Element i is i mod period: a bias row added to every row.
    case cycled(period: Int)
    /// Element i is i / run: a column spread over every column.
    case spread(run: Int)
    /// Any strides: lengths and strides of the axes, outermost first.
    case strided(lengths: [Int], strides: [Int])
  }

  public struct Load: Sendable, Hashable {
    public var operand: Operand
    public var access: Access

    public init(_ operand: Operand, _ access: Access) {
      self.operand = operand
      self.access = access
    }
  }

  public enum Operation: UInt8, Sendable, Hashable {
    case add, subtract, multiply, divide, maximum, minimum, equal, greater
    case negate, exp, log, sqrt, tanh, erf, sigmoid, relu, step, sign, absolute, square, copy
    case sin, cos, softplus
    /// a·b + c.
    case multiplyAdd
    /// c − a·b.
    case multiplySubtract
    /// a ≠ 0 ? b : c.
    case select
  }

  /// `destination = operation(a, b, c)` on registers; unused operands are 0.
  public struct Step: Sendable {
    public var operation: Operation
    public var destination: Int
    public var a: Int
    public var b: Int
    public var c: Int

    public init(_ operation: Operation, to destination: Int, _ a: Int, _ b: Int = 0, _ c: Int = 0) {
      self.operation = operation
      self.destination = destination
      self.a = a
      self.b = b
      self.c = c
    }
  }

  public struct Store: Sendable {
    public var register: Int
    public var operand: Operand

    public init(_ register: Int, to operand: Operand) {
      self.register = register
      self.operand = operand
    }
  }

  /// A sum of a register's elements, taken as they go by.
  public struct Sum: Sendable {
    public enum Extent: Hashable, Sendable {
      case all
      /// Of each of a matrix's rows, which have this length.
      case rows(Int)
      /// Of each of a matrix's columns, of which there are so many.
      case columns(Int)

      /// What a tile must be a multiple of.
      public var period: Int {
        switch self {
        case .all: 1
        case .rows(let length): length
        case .columns(let count): count
        }
      }
    }

    public var register: Int
    public var operand: Operand
    public var extent: Extent
    /// Whether it is the squares that are added up; only for sums of all.
    public var isOfSquares: Bool

    public init(_ register: Int, to operand: Operand, _ extent: Extent = .all, ofSquares: Bool = false) {
      precondition(!ofSquares || extent == .all)
      self.register = register
      self.operand = operand
      self.extent = extent
      isOfSquares = ofSquares
    }
  }

  /// Whether one kernel can take such sums together: a tile holds whole rows and columns of all of them.
  public static func canSum(_ extents: [Sum.Extent]) -> Bool {
    var columns = 0
    for case .columns(let count) in extents { columns += count }
    return extents.reduce(1) { leastCommonMultiple($0, $1.period) } <= tileCount && columns <= maximalColumns
  }

  /// A load sorted by how it is reached: its register, where its elements are, and the period or run.
  struct Reach {
    var register: Int
    var operand: Operand
    var length: Int
  }

  let count: Int
  let contiguous: [Reach]
  let scalars: [Reach]
  /// Filled once, since the tile is a multiple of their period.
  let steadyCycles: [Reach]
  let cycles: [Reach]
  let spreads: [Reach]
  let strided: [(reach: Reach, lengths: [Int], strides: [Int])]
  /// Registers that hold one constant.
  let constants: [(register: Int, value: Double)]
  let steps: [Step]
  /// Stores that a step can write to directly: its register is the memory.
  let directStores: [Store]
  /// Registers that are summed over all elements.
  let sums: [Sum]
  let rowSums: [(register: Int, operand: Operand, length: Int)]
  let columnSums: [(register: Int, operand: Operand, count: Int, start: Int)]
  /// Stores that copy at the end of a tile: their memory is also read, or their register is a load.
  let copyingStores: [Store]
  let tile: Int
  let registerCount: Int

  /// Registers are numbered: loads first, then constants, then one for each step's result (steps may reuse numbers).
  public init(
    count: Int, loads: [Load], constants: [Double], steps: [Step], stores: [Store], sums: [Sum] = []
  ) {
    precondition(sums.count <= Elementwise.maximalSums)
    self.count = count
    self.steps = steps
    self.sums = sums.filter { $0.extent == .all }
    rowSums = sums.compactMap { sum in
      guard case .rows(let length) = sum.extent else { return nil }
      return (sum.register, sum.operand, length)
    }
    // Columns' sums lie behind the others in the workspace.
    var columns = Elementwise.maximalSums
    var columnSums: [(register: Int, operand: Operand, count: Int, start: Int)] = []
    for sum in sums {
      guard case .columns(let count) = sum.extent else { continue }
      columnSums.append((sum.register, sum.operand, count, columns))
      columns += count
    }
    precondition(columns <= Elementwise.maximalSums + Elementwise.maximalColumns)
    self.columnSums = columnSums
    self.constants = constants.enumerated().map { (loads.count + $0, $1) }
    registerCount = max(loads.count + constants.count, (steps.map(\.destination).max() ?? -1) + 1)
    precondition(registerCount <= Elementwise.maximalRegisters)
    let readSlots = Set(loads.map(\.operand.slot).filter { $0 != 0 })
    var direct: [Store] = []
    var copying: [Store] = []
    var taken: Set<Int> = []
    for store in stores {
      let made = steps.contains { $0.destination == store.register }
      let writers = steps.count { $0.destination == store.register }
      if made, writers == 1, !readSlots.contains(store.operand.slot), taken.insert(store.register).inserted {
        direct.append(store)
      } else {
        copying.append(store)
      }
    }
    directStores = direct
    copyingStores = copying
    // A tile that is a multiple of every short period lets cycled loads be filled once.
    var period = sums.reduce(1) { leastCommonMultiple($0, $1.extent.period) }
    precondition(period <= Elementwise.tileCount, "no tile fits these sums")
    for case .cycled(let length) in loads.map(\.access) {
      let common = leastCommonMultiple(period, length)
      if common <= Elementwise.tileCount { period = common }
    }
    let tile = Elementwise.tileCount / period * period
    self.tile = tile
    var contiguous: [Reach] = []
    var scalars: [Reach] = []
    var steadyCycles: [Reach] = []
    var cycles: [Reach] = []
    var spreads: [Reach] = []
    var strided: [(reach: Reach, lengths: [Int], strides: [Int])] = []
    for (register, load) in loads.enumerated() {
      func reach(_ length: Int = 0) -> Reach { Reach(register: register, operand: load.operand, length: length) }
      switch load.access {
      case .contiguous: contiguous.append(reach())
      case .scalar: scalars.append(reach())
      case .cycled(let period) where tile % period == 0: steadyCycles.append(reach(period))
      case .cycled(let period): cycles.append(reach(period))
      case .spread(let run): spreads.append(reach(run))
      case .strided(let lengths, let strides): strided.append((reach(), lengths, strides))
      }
    }
    self.contiguous = contiguous
    self.scalars = scalars
    self.steadyCycles = steadyCycles
    self.cycles = cycles
    self.spreads = spreads
    self.strided = strided
  }
}

extension Elementwise {
  @inline(__always) func run<T: Scalar>(on workspace: Workspace<T>) {
    let registers = unsafe workspace.registers
    let tiles = unsafe workspace.tiles.base
    let bases = unsafe workspace.bases
    let width = Elementwise.tileCount + Elementwise.tileMargin
    for index in 0..<registerCount { unsafe registers[index] = tiles + index * width }
    let filled = min(tile, count)
    for load in scalars {
      unsafe registers[load.register].update(repeating: load.operand.address(bases)[0], count: filled)
    }
    for load in steadyCycles {
      unsafe fillCycled(
        registers[load.register], load.operand.address(bases), period: load.length, start: 0, count: filled)
    }
    for constant in constants {
      unsafe registers[constant.register].update(repeating: T(constant.value), count: filled)
    }
    let totals = unsafe workspace.sums.base
    for index in sums.indices { unsafe totals[index] = 0 }
    for sum in columnSums { unsafe (totals + sum.start).update(repeating: 0, count: sum.count) }
    var start = 0
    while start < count {
      let n = min(tile, count - start)
      for load in contiguous { unsafe registers[load.register] = load.operand.address(bases) + start }
      for load in cycles {
        unsafe fillCycled(
          registers[load.register], load.operand.address(bases), period: load.length, start: start, count: n)
      }
      for load in spreads {
        unsafe fillSpread(
          registers[load.register], load.operand.address(bases), run: load.length, start: start, count: n)
      }
      for load in strided {
        unsafe fillStrided(
          registers[load.reach.register], load.reach.operand.address(bases), load.lengths, load.strides, start: start,
          count: n)
      }
      for store in directStores { unsafe registers[store.register] = store.operand.address(bases) + start }
      for step in steps { unsafe perform(step, registers, n) }
      for store in copyingStores {
        let target = unsafe store.operand.address(bases) + start
        unsafe target.update(from: registers[store.register], count: n)
      }
      for index in sums.indices {
        unsafe totals[index] += sum(registers[sums[index].register], n, squared: sums[index].isOfSquares)
      }
      for rows in rowSums {
        let target = unsafe rows.operand.address(bases) + start / rows.length
        for row in 0..<n / rows.length {
          unsafe target[row] = T(sum(registers[rows.register] + row * rows.length, rows.length))
        }
      }
      for columns in columnSums {
        unsafe Sums.addColumns(
          registers[columns.register], rows: n / columns.count, columns: columns.count, rowStride: columns.count,
          to: totals + columns.start)
      }
      start += n
    }
    for index in sums.indices {
      unsafe sums[index].operand.address(bases)[0] = T(totals[index])
    }
    for columns in columnSums {
      let target = unsafe columns.operand.address(bases)
      for index in 0..<columns.count { unsafe target[index] = T(totals[columns.start + index]) }
    }
  }
}

func leastCommonMultiple(_ a: Int, _ b: Int) -> Int {
  var (x, y) = (a, b)
  while y != 0 { (x, y) = (y, x % y) }
  return a / max(1, x) * b
}
