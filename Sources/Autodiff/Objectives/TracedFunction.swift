public import Tensors

/// A scalar function of parameters at a setting (data, mode, buffers, noise), as code that traces it.
public struct TracedFunction: Sendable {
  /// Some layers do one thing while training and another when they are judged: dropout, batch normalization.
  public enum Mode: String, Hashable, Sendable { case train, eval }

  /// What the body gets to compute with.
  public struct Arguments {
    /// Slice by slice of `layout`.
    public var parameters: [Value]
    /// As `data` declares.
    public var data: [Value]
    /// Slice by slice of `buffers`.
    public var buffers: [Value]
    /// For each declared noise, `[samples, count]`. In eval mode the program does not read them.
    public var noise: [Value]
    public var mode: Mode

    public init(
      parameters: [Value], data: [Value] = [], buffers: [Value] = [], noise: [Value] = [], mode: Mode = .eval
    ) {
      self.parameters = parameters
      self.data = data
      self.buffers = buffers
      self.noise = noise
      self.mode = mode
    }
  }

  public struct Result {
    /// The scalar to differentiate.
    public var value: Value
    /// Scalars to observe along with it: a count of correct predictions, say.
    public var measures: [Value]
    /// What the model said, if it is a model: `[samples, outputs]`.
    public var outputs: Value?
    /// What the buffers become, in train mode; slice by slice, or empty if they stay.
    public var buffers: [Value]

    public init(value: Value, measures: [Value] = [], outputs: Value? = nil, buffers: [Value] = []) {
      self.value = value
      self.measures = measures
      self.outputs = outputs
      self.buffers = buffers
    }
  }

  public var layout: ParameterLayout
  /// Numbers that training changes but no derivative is taken of, such as running statistics.
  public var buffers: ParameterLayout
  public var noise: [Noise]
  /// The shapes of the arrays of data, for a number of samples.
  public var data: @Sendable (_ samples: Int) -> [Shape]
  public var body: @Sendable (Arguments) -> Result
  /// Which array of the data holds class labels, if the outputs are logits and the value is their cross-entropy.
  public var labels: Int?

  public init(
    layout: ParameterLayout, buffers: ParameterLayout = ParameterLayout(), noise: [Noise] = [],
    data: @escaping @Sendable (Int) -> [Shape] = { _ in [] }, body: @escaping @Sendable (Arguments) -> Result,
    labels: Int? = nil
  ) {
    self.layout = layout
    self.buffers = buffers
    self.noise = noise
    self.data = data
    self.body = body
    self.labels = labels
  }

  /// Whether train mode differs from eval mode.
  public var dependsOnMode: Bool { buffers.count > 0 || !noise.isEmpty }
}

extension TracedFunction {
  /// Slots of every program made of a function: the parameters, a direction, what is written, the buffers and what they
  /// become, then the data and after it the noise.
  enum Slot {
    static let parameters = 1
    static let direction = 2
    static let result = 3
    static let scalars = 4
    static let buffers = 5
    static let newBuffers = 6
    static let data = 7
  }

  enum Purpose: Hashable, Sendable {
    case value, gradient, hessianProduct, outputs, jacobianProduct, transposedJacobianProduct, gaussNewtonProduct
    case outputGradient, outputHessianProduct, layerMoments, buffers
  }

  /// Compiles one of the function's programs for a number of samples.
  /// - Parameter segments: of the forward pass that a gradient computes twice; see `gradient(of:withRespectTo:segments:)`.
  func compile(_ purpose: Purpose, samples: Int, mode: Mode, segments: Int = 1) -> Program {
    let trace = Trace()
    let (parameters, result) = traced(in: trace, samples: samples, mode: mode)
    func inputs(_ layout: ParameterLayout, _ slot: Int) -> [Value] {
      layout.slices.map { trace.input(slot: slot, offset: $0.offset, shape: $0.shape) }
    }
    func outputs(_ values: [Value], _ layout: ParameterLayout, _ slot: Int) -> [Program.Output] {
      zip(values, layout.slices).map { Program.Output($0, slot: slot, offset: $1.offset) }
    }
    func said() -> (outputs: Value, placeholder: Value) {
      guard let said = result.outputs else { preconditionFailure("the function has no outputs") }
      return (said, trace.input(slot: Slot.result, shape: said.shape))
    }
    let scalars = ([result.value] + result.measures).enumerated().map {
      Program.Output($1, slot: Slot.scalars, offset: $0)
    }
    switch purpose {
    case .value: return Program(scalars, stages: [Slot.parameters: 1])
    case .gradient:
      let slopes = gradient(of: result.value, withRespectTo: parameters, segments: segments)
      return Program(
        outputs(slopes, layout, Slot.result) + scalars + outputs(result.buffers, buffers, Slot.newBuffers))
    case .hessianProduct:
      let product = Autodiff.hessianProduct(
        of: result.value, withRespectTo: parameters, along: inputs(layout, Slot.direction))
      return Program(outputs(product, layout, Slot.result), stages: [Slot.direction: 1])
    case .outputs:
      return Program([Program.Output(said().outputs, slot: Slot.result)])
    case .jacobianProduct:
      let product = Autodiff.jacobianProduct(
        of: said().outputs, withRespectTo: parameters, along: inputs(layout, Slot.direction),
        placeholder: said().placeholder)
      return Program([Program.Output(product, slot: Slot.result)], stages: [Slot.direction: 1])
    case .transposedJacobianProduct:
      let direction = trace.input(slot: Slot.direction, shape: said().outputs.shape)
      let product = gradient(of: (said().outputs * direction).sum(), withRespectTo: parameters)
      return Program(outputs(product, layout, Slot.result), stages: [Slot.direction: 1])
    case .gaussNewtonProduct:
      let product = Autodiff.gaussNewtonProduct(
        of: result.value, through: said().outputs, withRespectTo: parameters, along: inputs(layout, Slot.direction),
        placeholder: said().placeholder)
      return Program(outputs(product, layout, Slot.result), stages: [Slot.direction: 1])
    case .buffers: return Program(outputs(result.buffers, buffers, Slot.newBuffers))
    case .outputGradient:
      return Program([
        Program.Output(gradient(of: result.value, withRespectTo: [said().outputs])[0], slot: Slot.result)
      ])
    case .outputHessianProduct:
      let direction = trace.input(slot: Slot.direction, shape: said().outputs.shape)
      let product = Autodiff.hessianProduct(of: result.value, withRespectTo: [said().outputs], along: [direction])
      return Program([Program.Output(product[0], slot: Slot.result)], stages: [Slot.direction: 1])
    case .layerMoments:
      let direction = trace.input(slot: Slot.direction, shape: said().outputs.shape)
      let layers = layout.linearLayers(of: parameters, in: said().outputs)
      let moments = Autodiff.layerMoments(of: layers, in: said().outputs, along: direction).flatMap { [$0, $1] }
      var written: [Program.Output] = []
      var offset = 0
      for moment in moments {
        written.append(Program.Output(moment, slot: Slot.result, offset: offset))
        offset += moment.shape.count
      }
      return Program(written, stages: [Slot.direction: 1])
    }
  }

  /// The layers that `layerMoments` is about.
  func linearLayers(samples: Int, mode: Mode) -> [LinearLayer] {
    let (parameters, result) = traced(in: Trace(), samples: samples, mode: mode)
    guard let outputs = result.outputs else { return [] }
    return layout.linearLayers(of: parameters, in: outputs).map(\.layer)
  }

  /// Whether the function says what its outputs are.
  var hasOutputs: Bool { traced(in: Trace(), samples: 1, mode: .eval).result.outputs != nil }

  /// The function over inputs of a trace.
  private func traced(in trace: Trace, samples: Int, mode: Mode) -> (parameters: [Value], result: Result) {
    func inputs(_ layout: ParameterLayout, _ slot: Int) -> [Value] {
      layout.slices.map { trace.input(slot: slot, offset: $0.offset, shape: $0.shape) }
    }
    let parameters = inputs(layout, Slot.parameters)
    let shapes = data(samples)
    let result = body(
      Arguments(
        parameters: parameters, data: shapes.enumerated().map { trace.input(slot: Slot.data + $0, shape: $1) },
        buffers: inputs(buffers, Slot.buffers),
        noise: noise.enumerated().map {
          trace.input(slot: Slot.data + shapes.count + $0, shape: [samples, $1.count])
        }, mode: mode))
    return (parameters, result)
  }
}
