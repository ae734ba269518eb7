public import Tensors

/// A traced computation compiled for one set of shapes: immutable, shared by all workers, each of which runs it in a
/// workspace of its own. A run allocates nothing.
public struct Program: Sendable {
  /// Where a value is written.
  public struct Output {
    public var value: Value
    public var slot: Int
    public var offset: Int

    public init(_ value: Value, slot: Int, offset: Int = 0) {
      self.value = value
      self.slot = slot
      self.offset = offset
    }
  }

  let code: Code
  /// Where each stage's instructions end.
  let stageEnds: [Int]

  /// Compiles what `outputs` need.
  ///
  /// - Parameter stages: for slots that change less often than the rest, nothing; for those that change more often, a
  ///   stage above 0. Work that depends only on slots of earlier stages is not repeated by `run(from:)`: a
  ///   Hessian-vector product with the point in stage 0 and the direction in stage 1 reuses the point's passes.
  public init(_ outputs: [Output], stages: [Int: Int] = [:]) {
    precondition(!outputs.isEmpty, "a program without outputs")
    let trace = outputs[0].value.trace
    let (nodes, views) = Lowering.lower(trace, outputs: outputs.map(\.value))
    let nodeStages = Program.stages(of: nodes, slots: stages)
    let schedule = Schedule(nodes, stages: nodeStages)
    var emission = Emission(nodes, schedule, stages: nodeStages)
    for (output, view) in zip(outputs, views) {
      emission.bind(view, to: Operand(slot: output.slot, offset: output.offset))
    }
    emission.emit()
    code = emission.code
    stageEnds = emission.stageEnds
  }

  public func makeWorkspace<T: Scalar>(of type: T.Type = T.self) -> Workspace<T> { Workspace(for: code) }

  /// Runs the stages from `stage` on, against the vectors in the workspace's slots.
  /// - Precondition: for `stage` above 0, the earlier stages ran in this workspace against the same slots.
  public func run<T: Scalar>(_ workspace: Workspace<T>, from stage: Int = 0) {
    let first = stage == 0 ? 0 : stageEnds[min(stage, stageEnds.count) - 1]
    code.run(first..<code.instructions.count, on: workspace)
  }

  /// Elements that a slot must hold.
  func elements(in slot: Int) -> Int { code.slotCounts[slot] }
  /// Numbers that a run keeps between its kernels at most: activations and everything else that is not an input or output.
  public var workingCount: Int { code.arenaCount }
  /// Kernels that one run executes.
  public var instructionCount: Int { code.instructions.count }

  private static func stages(of nodes: [Lowering.Node], slots: [Int: Int]) -> [Int] {
    var stages: [Int] = []
    for node in nodes {
      stages.append(
        node.views.map { view in
          switch view.source {
          case .node(let index): stages[index]
          case .input(let slot, _): slots[slot] ?? 0
          case .number, .array: 0
          }
        }.max() ?? 0)
    }
    return stages
  }
}
