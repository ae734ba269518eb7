public import Tensors

/// A scalar function of parameters and data, as code that traces it.
public struct TracedFunction: Sendable {
  public struct Result {
    /// The scalar to differentiate.
    public var value: Value
    /// Scalars to observe along with it: a count of correct predictions, say.
    public var measures: [Value]
    /// What the model said, if it is a model: `[samples, outputs]`.
    public var outputs: Value?

    public init(value: Value, measures: [Value] = [], outputs: Value? = nil) {
      self.value = value
      self.measures = measures
      self.outputs = outputs
    }
  }

  public var layout: ParameterLayout
  /// The shapes of the arrays that a setting consists of, for a number of samples.
  public var data: @Sendable (_ samples: Int) -> [Shape]
  /// Traces the function; parameters come slice by slice, data as declared.
  public var body: @Sendable (_ parameters: [Value], _ data: [Value]) -> Result

  public init(
    layout: ParameterLayout, data: @escaping @Sendable (Int) -> [Shape] = { _ in [] },
    body: @escaping @Sendable ([Value], [Value]) -> Result
  ) {
    self.layout = layout
    self.data = data
    self.body = body
  }
}

extension TracedFunction {
  /// Slots of every program made of a function: the parameters, a direction, what is written, then the data.
  enum Slot {
    static let parameters = 1
    static let direction = 2
    static let result = 3
    static let scalars = 4
    static let data = 5
  }

  enum Purpose: Hashable, Sendable { case value, gradient, hessianProduct, outputs }

  /// Compiles one of the function's programs for a number of samples.
  func compile(_ purpose: Purpose, samples: Int) -> Program {
    let trace = Trace()
    let parameters = layout.slices.map { trace.input(slot: Slot.parameters, offset: $0.offset, shape: $0.shape) }
    let shapes = data(samples)
    let result = body(
      parameters, shapes.enumerated().map { trace.input(slot: Slot.data + $0, shape: $1) })
    let scalars = ([result.value] + result.measures).enumerated().map {
      Program.Output($1, slot: Slot.scalars, offset: $0)
    }
    func slices(_ values: [Value]) -> [Program.Output] {
      zip(values, layout.slices).map { Program.Output($0, slot: Slot.result, offset: $1.offset) }
    }
    switch purpose {
    case .value: return Program(scalars)
    case .gradient: return Program(slices(gradient(of: result.value, withRespectTo: parameters)) + scalars)
    case .hessianProduct:
      let directions = layout.slices.map { trace.input(slot: Slot.direction, offset: $0.offset, shape: $0.shape) }
      let product = Autodiff.hessianProduct(of: result.value, withRespectTo: parameters, along: directions)
      return Program(slices(product), stages: [Slot.direction: 1])
    case .outputs:
      guard let outputs = result.outputs else { preconditionFailure("the function has no outputs") }
      return Program([Program.Output(outputs, slot: Slot.result)])
    }
  }
}
