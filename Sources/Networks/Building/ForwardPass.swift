public import Autodiff
import Tensors

/// A pass under way: what layers read and what they leave for others.
public struct ForwardPass {
  private let arguments: TracedFunction.Arguments
  /// What each layer with weights gives before its activation, from the input up.
  public private(set) var signals: [Value] = []
  /// The buffers as they become.
  public private(set) var buffers: [Value]

  init(_ arguments: TracedFunction.Arguments) {
    self.arguments = arguments
    buffers = arguments.buffers
  }

  public var isTraining: Bool { arguments.mode == .train }

  public subscript(parameter: NetworkBuilder.Parameter) -> Value { arguments.parameters[parameter.index] }
  public subscript(noise: NetworkBuilder.NoiseInput) -> Value { arguments.noise[noise.index] }
  public subscript(buffer: NetworkBuilder.Buffer) -> Value {
    get { buffers[buffer.index] }
    set { buffers[buffer.index] = newValue.detached }
  }

  /// Notes what a layer with weights gave, in the order of the weights; its numbers count, not its shape.
  public mutating func note(_ signal: Value) { signals.append(signal.unreshaped) }
}

extension Value {
  /// A batch of rows as a batch of samples; images, which data keep channel by channel, with the channels last.
  func asSamples(of shape: Shape) -> Value {
    let count = self.shape[0]
    guard shape.rank == 3 else { return reshaped(Shape([count] + shape.lengths)) }
    return reshaped(Shape([count] + shape.lengths)).channelsLast
  }

  /// `[n, c, h, w]` as `[n, h, w, c]`.
  var channelsLast: Value {
    shape[1] == 1 ? reshaped([shape[0], shape[2], shape[3], 1]) : transposed([0, 2, 3, 1])
  }

  /// `[n, h, w, c]` as `[n, c, h, w]`.
  var channelsFirst: Value {
    shape[3] == 1 ? reshaped([shape[0], 1, shape[1], shape[2]]) : transposed([0, 3, 1, 2])
  }
}
