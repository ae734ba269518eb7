public import Autodiff
public import Tensors

/// A network while it is put together: layers declare here what they learn, what they remember and which noise they
/// want, and get handles to it for their passes.
public struct NetworkBuilder {
  public struct Parameter: Sendable, Hashable { let index: Int }
  public struct Buffer: Sendable, Hashable { let index: Int }
  public struct NoiseInput: Sendable, Hashable { let index: Int }

  private struct Draft {
    var name: String
    var shape: Shape
    var role: ParameterLayout.Role
    var fanIn = 0
    var fanOut = 0
    var layer: Int
    var filterAxis: Int?
    /// Whether it belongs to a layer with weights itself, and is not merely beside one.
    var isOfWeightLayer = false
    var isInput = false
    var branch: (number: Int, layer: Int)?
    var start: ParameterLayout.Start?
  }

  private var parameters: [Draft] = []
  private var buffers = ParameterLayout()
  private var noise: [Noise] = []
  /// Layers with weights so far.
  private var weightLayers = 0
  private var named: [String: Int] = [:]
  /// Layers with weights in each branch so far; the branch that is open is the last.
  private var branchLengths: [Int] = []
  private var isInBranch = false
  /// Numbers that one sample leaves behind on its way: what the memory of a pass grows with.
  private var activations = 0
  /// Which non-linearities there are.
  private var kinds: Set<Activation> = []

  public init() {}
}

extension NetworkBuilder {
  /// Joins a layer and counts what it leaves behind.
  public mutating func add(_ layer: some Layer, input: Shape) throws -> JoinedLayer {
    let joined = try layer.join(&self, input: input)
    guard joined.shape.lengths.allSatisfy({ $0 > 0 }) else {
      throw Misfit("nothing is left: \(input.described) becomes \(joined.shape.described)")
    }
    count(joined.shape.count)
    return joined
  }

  /// Counts numbers that one sample leaves behind besides the layers' outputs.
  public mutating func count(_ numbers: Int) { activations += numbers }

  /// Notes a non-linearity.
  mutating func note(_ activation: Activation) { kinds.insert(activation) }

  /// A name that no other layer of the network has: `conv-2`.
  public mutating func name(_ kind: String) -> String {
    named[kind, default: 0] += 1
    return "\(kind)-\(named[kind]!)"
  }

  /// The weight of a layer of its own, and its bias.
  ///
  /// - Parameter shape: filters first: `[outputs, inputs]`, or `[outputs, inputs/groups, height, width]`.
  public mutating func weight(
    _ name: String, _ shape: Shape, fanIn: Int, fanOut: Int, bias: Bool
  ) -> (weight: Parameter, bias: Parameter?) {
    let weight = declareWeight("\(name).weight", shape, fanIn: fanIn, fanOut: fanOut)
    return (weight, bias ? declareBias("\(name).bias", of: weight) : nil)
  }

  /// A weight without its bias, which may be declared later.
  mutating func declareWeight(_ name: String, _ shape: Shape, fanIn: Int, fanOut: Int) -> Parameter {
    weightLayers += 1
    if isInBranch { branchLengths[branchLengths.count - 1] += 1 }
    parameters.append(
      Draft(
        name: name, shape: shape, role: .weight, fanIn: fanIn, fanOut: fanOut, layer: weightLayers, filterAxis: 0,
        isOfWeightLayer: true, branch: branch))
    return Parameter(index: parameters.count - 1)
  }

  /// The bias of a weight: one number a filter.
  mutating func declareBias(_ name: String, of weight: Parameter) -> Parameter {
    var bias = parameters[weight.index]
    bias.name = name
    bias.shape = [bias.shape[0]]
    bias.role = .bias
    bias.filterAxis = nil
    parameters.append(bias)
    return Parameter(index: parameters.count - 1)
  }

  /// A parameter that is no layer of its own: a gain, a slope, positions.
  public mutating func parameter(
    _ name: String, _ shape: Shape, role: ParameterLayout.Role, start: ParameterLayout.Start? = nil
  ) -> Parameter {
    parameters.append(
      Draft(
        name: name, shape: shape, role: role, layer: max(1, weightLayers),
        isInput: role == .position || role == .embedding, branch: branch, start: start))
    return Parameter(index: parameters.count - 1)
  }

  /// Numbers that a pass in train mode may change without a derivative.
  public mutating func buffer(_ name: String, _ shape: Shape, role: ParameterLayout.Role) -> Buffer {
    buffers.append(name, shape, role: role, layer: max(1, weightLayers))
    return Buffer(index: buffers.slices.count - 1)
  }

  /// Random numbers for each sample of a pass in train mode.
  public mutating func noise(_ name: String, count: Int, _ kind: RandomNumbers) -> NoiseInput {
    noise.append(Noise(name, count: count, kind))
    return NoiseInput(index: noise.count - 1)
  }

  /// What is declared in here belongs to a residual branch; branches inside a branch are part of it.
  public mutating func branch<Result>(_ body: (inout NetworkBuilder) throws -> Result) rethrows -> Result {
    guard !isInBranch else { return try body(&self) }
    branchLengths.append(0)
    isInBranch = true
    defer { isInBranch = false }
    return try body(&self)
  }

  private var branch: (number: Int, layer: Int)? {
    isInBranch ? (branchLengths.count, max(1, branchLengths[branchLengths.count - 1])) : nil
  }

  /// The network as a model.
  public consuming func model(
    _ name: String, inputShape: Shape, outputs: Int, trunk: JoinedLayer
  ) -> Model {
    var layout = ParameterLayout()
    for draft in parameters {
      let location: ParameterLayout.Location =
        draft.isOfWeightLayer
        ? draft.layer == weightLayers ? .output : draft.layer == 1 ? .input : .hidden
        : draft.isInput ? .input : .hidden
      layout.append(
        draft.name, draft.shape, role: draft.role, fanIn: draft.fanIn, fanOut: draft.fanOut, layer: draft.layer,
        filterAxis: draft.filterAxis, location: location,
        branch: draft.branch.map {
          ParameterLayout.Branch(
            number: $0.number, count: branchLengths.count, layer: $0.layer, length: branchLengths[$0.number - 1])
        }, start: draft.start)
    }
    return Model(
      name: name, inputShape: inputShape, outputs: outputs, layout: layout, buffers: buffers, noise: noise,
      activations: activations, activation: kinds.count > 1 ? nil : kinds.first ?? .identity
    ) { arguments in
      var pass = ForwardPass(arguments)
      let x = arguments.data[0]
      let said = trunk.apply(x.asSamples(of: inputShape), &pass)
      return Model.Pass(
        outputs: said, signals: pass.signals, buffers: arguments.mode == .train ? pass.buffers : [])
    }
  }
}
