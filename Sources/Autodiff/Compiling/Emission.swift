import Tensors

/// Gives every lowered node its memory and writes the instructions.
struct Emission {
  private let nodes: [Lowering.Node]
  private let schedule: Schedule
  private let stages: [Int]
  /// Where a node's result goes when it is an output.
  private var bound: [Int: Operand] = [:]
  /// Where nodes read a caller's slot.
  private var slotReads: [Int: [(node: Int, range: Range<Int>, isContiguous: Bool)]] = [:]
  /// Outputs that are copied at the very end.
  private var copies: [(node: Int, to: Operand)] = []
  /// Where each stored node's result is.
  private var memory: [Int: Operand] = [:]
  private var constants: [[Double]: Int] = [:]
  private var arena = Arena()

  private var instructions: [Instruction] = []
  private(set) var stageEnds: [Int] = []
  private var slotCounts: [Int: Int] = [:]
  private var written: Set<Int> = []

  init(_ nodes: [Lowering.Node], _ schedule: Schedule, stages: [Int]) {
    self.nodes = nodes
    self.schedule = schedule
    self.stages = stages
    for (index, node) in nodes.enumerated() {
      for view in node.views {
        guard case .input(let slot, let offset) = view.source else { continue }
        slotReads[slot, default: []].append((index, offset..<offset + view.reach, view.isContiguous))
      }
    }
  }

  var code: Code {
    let count = (slotCounts.keys.max() ?? 0) + 1
    return Code(
      instructions: instructions, arenaCount: arena.count,
      constants: constants.map { Code.Constant(offset: $1, values: $0) }.sorted { $0.offset < $1.offset },
      slotCounts: (0..<count).map { $0 == 0 ? arena.count : slotCounts[$0] ?? 0 }, writtenSlots: written.sorted())
  }

  /// Makes a view the output at an operand. Several outputs may be the same node, and may share a slot with an input:
  /// then nothing is written there before its last read.
  mutating func bind(_ view: Lowering.View, to operand: Operand) {
    guard case .node(let node) = view.source else { preconditionFailure("outputs are lowered to nodes") }
    written.insert(operand.slot)
    slotCounts[operand.slot] = max(slotCounts[operand.slot] ?? 0, operand.offset + view.shape.count)
    let target = operand.offset..<operand.offset + view.shape.count
    let reads = (slotReads[operand.slot] ?? []).filter { $0.range.overlaps(target) }
    let lastRead = reads.map { schedule.position[$0.node] }.max() ?? -1
    let position = schedule.position[node]
    // Within one group, an input's tile is read before the output's tile is written, but only element by element.
    let readsInPlace = reads.allSatisfy { read in
      guard schedule.position[read.node] == position else { return true }
      guard case .elementwise = nodes[read.node].kind else { return false }
      return read.isContiguous && read.range.lowerBound == operand.offset
    }
    if bound[node] == nil, lastRead < position || (lastRead == position && readsInPlace) {
      bound[node] = operand
    } else {
      copies.append((node, operand))
    }
  }

  mutating func emit() {
    let lifetimes = self.lifetimes()
    var ending = [[Int]](repeating: [], count: schedule.items.count)
    for (node, end) in lifetimes where end < ending.count && bound[node] == nil { ending[end].append(node) }
    var stage = 0
    for (position, item) in schedule.items.enumerated() {
      while stages[item.nodes[0]] > stage {
        stageEnds.append(instructions.count)
        stage += 1
      }
      for node in item.nodes where lifetimes[node] != nil {
        memory[node] = bound[node] ?? Operand(slot: 0, offset: arena.allocate(nodes[node].shape.count))
      }
      switch item {
      case .group(let members):
        let steps = members.filter { if case .elementwise = nodes[$0].kind { true } else { false } }
        let sums = members.filter { !steps.contains($0) }
        emitGroup(steps, sums: sums, stored: Set(steps.filter { lifetimes[$0] != nil }))
      case .single(let node): emitSingle(node)
      }
      for node in ending[position] { arena.release(memory[node]!.offset) }
    }
    stageEnds.append(instructions.count)
    for copy in copies {
      let count = nodes[copy.node].shape.count
      instructions.append(
        .elementwise(
          Elementwise(
            count: count, loads: [.init(memory[copy.node]!, .contiguous)], constants: [], steps: [],
            stores: [.init(0, to: copy.to)])))
    }
  }

  /// The position of each stored node's last reader. Nodes that only their own group reads are not stored.
  private func lifetimes() -> [Int: Int] {
    var ends: [Int: Int] = [:]
    for (index, node) in nodes.enumerated() {
      for view in node.views {
        guard case .node(let source) = view.source else { continue }
        if schedule.position[source] == schedule.position[index] { continue }
        // What a later stage reads must survive all its repetitions.
        let end = stages[source] < stages[index] ? Int.max : schedule.position[index]
        ends[source] = max(ends[source] ?? -1, end)
      }
    }
    for index in nodes.indices {
      if case .elementwise = nodes[index].kind {} else { ends[index] = ends[index] ?? schedule.position[index] }
    }
    for node in bound.keys { ends[node] = max(ends[node] ?? -1, schedule.position[node]) }
    for copy in copies { ends[copy.node] = Int.max }
    return ends
  }

  /// Where a view's first element is.
  private mutating func operand(_ view: Lowering.View) -> Operand {
    switch view.source {
    case .node(let index):
      let start = memory[index]!
      return Operand(slot: start.slot, offset: start.offset + view.offset)
    case .input(let slot, let offset):
      slotCounts[slot] = max(slotCounts[slot] ?? 0, offset + view.reach)
      return Operand(slot: slot, offset: offset)
    case .array(let values): return Operand(slot: 0, offset: constant(values) + view.offset)
    case .number(let value): return Operand(slot: 0, offset: constant([value]))
    }
  }

  private mutating func constant(_ values: [Double]) -> Int {
    if let offset = constants[values] { return offset }
    let offset = arena.allocate(values.count, forever: true)
    constants[values] = offset
    return offset
  }

  private mutating func emitSingle(_ index: Int) {
    switch nodes[index].kind {
    case .elementwise: preconditionFailure("element-wise nodes come in groups")
    case .reduction(let operation, let view, let outer, let middle, let inner):
      instructions.append(
        .reduction(
          Reduction(
            operation, from: operand(view), to: memory[index]!, outer: outer,
            middle: middle, inner: inner)))
    case .product(let a, let aTransposed, let b, let bTransposed, let m, let n, let k):
      instructions.append(
        .matrixProduct(
          MatrixProduct(
            m: m, n: n, k: k, a: operand(a), transposed: aTransposed,
            b: operand(b), transposed: bTransposed, c: memory[index]!)))
    case .batchedProduct(let a, let b, let batch, let m, let n, let k):
      let c = Shape(batch.lengths + [m, n]).strides
      instructions.append(
        .batchedProduct(
          BatchedProduct(
            m: m, n: n, k: k, batch: batch.lengths, a: matrices(a), b: matrices(b),
            c: .init(memory[index]!, transposed: false, rowStride: n, batchStrides: c.dropLast(2)))))
    case .place(let views, let places):
      let strides = nodes[index].shape.strides
      let parts = zip(views, places).map { view, place in
        Placement.Part(
          operand(view), lengths: view.shape.lengths, strides: view.strides,
          offset: zip(strides, place.start).reduce(0) { $0 + $1.0 * $1.1 },
          targetStrides: zip(strides, place.step).map { $0 * $1 })
      }
      instructions.append(.placement(Placement(parts, to: memory[index]!, count: nodes[index].shape.count)))
    case .convolution(let direction, let window, let groups, let a, let b):
      let images = direction == .toImages ? nodes[index].shape : a.shape
      let filters = direction == .toFilters ? nodes[index].shape : b.shape
      let scratch = arena.allocate(Convolution.scratchCount(window, images: images, groups: groups))
      instructions.append(
        .convolution(
          Convolution(
            direction, window, images: images, filters: filters[0], groups: groups, operand(a), operand(b),
            to: memory[index]!, scratch: Operand(slot: 0, offset: scratch))))
      arena.release(scratch)
    case .pooling(let operation, let window, let views):
      let images = operation == .put || operation == .spread ? nodes[index].shape : views[0].shape
      instructions.append(
        .pooling(
          Pooling(
            operation, window, images: images, operand(views[0]), operand(views[views.count - 1]),
            to: memory[index]!)))
    }
  }

  private mutating func matrices(_ a: Lowering.Matrices) -> BatchedProduct.Matrices {
    .init(operand(a.view), transposed: a.transposed, rowStride: a.rowStride, batchStrides: a.view.strides.dropLast(2))
  }

  /// One kernel for a group: loads for what comes from outside, a register for each step.
  private mutating func emitGroup(_ members: [Int], sums: [Int], stored: Set<Int>) {
    var loads: [Elementwise.Load] = []
    var numbers: [Double] = []
    // Registers are named loosely first and numbered once all loads and constants are known.
    enum Name: Hashable { case load(Int), number(Int), node(Int) }
    var plan: [(operation: Elementwise.Operation, node: Int, operands: [Name])] = []
    for member in members {
      guard case .elementwise(let operation, let views) = nodes[member].kind else { continue }
      let operands = views.map { view -> Name in
        if case .node(let source) = view.source, schedule.position[source] == schedule.position[member] {
          return .node(source)
        }
        if case .number(let value) = view.source {
          if let index = numbers.firstIndex(where: { $0.bitPattern == value.bitPattern }) { return .number(index) }
          numbers.append(value)
          return .number(numbers.count - 1)
        }
        let load = Elementwise.Load(operand(view), view.access)
        if let index = loads.firstIndex(of: load) { return .load(index) }
        loads.append(load)
        return .load(loads.count - 1)
      }
      plan.append((operation, member, operands))
    }
    let summed = Set(sums.flatMap { nodes[$0].sources })
    let kept = stored.union(summed)
    // A square that is only added up, all of it, is squared while adding.
    let inParts = sums.map { nodes[$0].summed(nodes)! }.filter { $0.extent != .all }.map(\.source)
    let onlySummed = summed.subtracting(inParts).subtracting(stored)
    var squares: [Int: Name] = [:]
    for step in plan where step.operation == .square && onlySummed.contains(step.node) {
      let isRead = plan.contains { $0.operands.contains { if case .node(step.node) = $0 { true } else { false } } }
      if !isRead { squares[step.node] = step.operands[0] }
    }
    plan.removeAll { squares[$0.node] != nil }
    let squared = Set(squares.values.compactMap { if case .node(let node) = $0 { node } else { nil } })
    fuseMultiplyAdds(&plan, kept: kept.union(squared)) { if case .node(let node) = $0 { node } else { nil } }

    func isKept(_ node: Int) -> Bool { kept.contains(node) || squared.contains(node) }
    var lastUse: [Int: Int] = [:]
    for (index, step) in plan.enumerated() {
      for case .node(let node) in step.operands { lastUse[node] = index }
    }
    var registers: [Int: Int] = [:]
    var free: [Int] = []
    var count = loads.count + numbers.count
    var steps: [Elementwise.Step] = []
    func register(_ name: Name) -> Int {
      switch name {
      case .load(let index): index
      case .number(let index): loads.count + index
      case .node(let node): registers[node]!
      }
    }
    for (index, step) in plan.enumerated() {
      let operands = step.operands.map(register)
      // A stored result keeps its register, which may be the memory itself.
      if isKept(step.node) || free.isEmpty {
        registers[step.node] = count
        count += 1
      } else {
        registers[step.node] = free.removeLast()
      }
      steps.append(
        .init(
          step.operation, to: registers[step.node]!, operands[0], operands.count > 1 ? operands[1] : 0,
          operands.count > 2 ? operands[2] : 0))
      for case .node(let node) in Set(step.operands) where lastUse[node] == index && !isKept(node) {
        free.append(registers[node]!)
      }
    }
    precondition(count <= Elementwise.maximalRegisters, "a group needs \(count) registers")
    instructions.append(
      .elementwise(
        Elementwise(
          count: nodes[members[0]].shape.count, loads: loads, constants: numbers, steps: steps,
          stores: members.filter(stored.contains).map { .init(registers[$0]!, to: memory[$0]!) },
          sums: sums.map { sum in
            let (source, extent) = nodes[sum].summed(nodes)!
            let square = squares[source]
            return .init(register(square ?? .node(source)), to: memory[sum]!, extent, ofSquares: square != nil)
          })))
  }

  /// a·b + c and c − a·b in one step where the product (or square) has no other reader.
  private func fuseMultiplyAdds<Name: Hashable>(
    _ plan: inout [(operation: Elementwise.Operation, node: Int, operands: [Name])], kept: Set<Int>,
    node: (Name) -> Int?
  ) {
    var uses: [Int: Int] = [:]
    for step in plan {
      for operand in step.operands { if let source = node(operand) { uses[source, default: 0] += 1 } }
    }
    var fused: Set<Int> = []
    for index in plan.indices where [.add, .subtract].contains(plan[index].operation) {
      let operands = plan[index].operands
      let isSum = plan[index].operation == .add
      for side in isSum ? [0, 1] : [1] {
        guard let source = node(operands[side]), uses[source] == 1, !kept.contains(source),
          let product = plan.first(where: {
            $0.node == source && [.multiply, .square].contains($0.operation) && !fused.contains($0.node)
          })
        else { continue }
        plan[index].operation = isSum ? .multiplyAdd : .multiplySubtract
        plan[index].operands = [product.operands[0], product.operands.last!, operands[1 - side]]
        fused.insert(source)
        break
      }
    }
    plan.removeAll { fused.contains($0.node) }
  }
}

/// First-fit allocation of the arena's elements, aligned to 64 bytes of Float; large stretches to a page, since a
/// processor takes a load for one of a store shortly before it when their places within a page are the same.
private struct Arena {
  private(set) var count = 0
  /// Free stretches by start, and the lengths of those in use.
  private var free: [(start: Int, count: Int)] = []
  private var used: [Int: Int] = [:]

  mutating func allocate(_ wanted: Int, forever: Bool = false) -> Int {
    let unit = wanted >= 1024 ? 1024 : 16
    func aligned(_ start: Int) -> Int { (start + unit - 1) / unit * unit }
    let size = aligned(max(1, wanted))
    // What lives forever is filled before the first run, so it must not lie where something else was.
    if !forever, let index = free.firstIndex(where: { aligned($0.start) + size <= $0.start + $0.count }) {
      let stretch = free.remove(at: index)
      let start = aligned(stretch.start)
      let rest = stretch.start + stretch.count - start - size
      if rest > 0 { free.insert((start + size, rest), at: index) }
      if start > stretch.start { free.insert((stretch.start, start - stretch.start), at: index) }
      used[start] = size
      return start
    }
    let start = aligned(count)
    if start > count { free.append((count, start - count)) }
    count = start + size
    used[start] = size
    return start
  }

  mutating func release(_ start: Int) {
    guard let size = used.removeValue(forKey: start) else { return }
    // In order of their starts; neighbours become one.
    var index = free.partitioningIndex { $0.start > start }
    free.insert((start, size), at: index)
    if index + 1 < free.count, start + size == free[index + 1].start {
      free[index].count += free.remove(at: index + 1).count
    }
    if index > 0, free[index - 1].start + free[index - 1].count == start {
      let count = free.remove(at: index).count
      index -= 1
      free[index].count += count
    }
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that all later elements satisfy too.
  func partitioningIndex(_ belongsBehind: (Element) -> Bool) -> Int {
    var range = 0..<count
    while !range.isEmpty {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = belongsBehind(self[middle]) ? range.lowerBound..<middle : middle + 1..<range.upperBound
    }
    return range.lowerBound
  }
}
