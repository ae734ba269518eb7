import Autodiff
public import Specs
import Tensors

/// A model at a moment of its training: parameters, buffers, optimizer state.
///
/// Numbers are kept in the precision that they were computed in.
public struct Checkpoint: Sendable, Hashable {
  public var moment: Reference.Moment
  /// Named flat arrays: `parameters`, `buffers`, `optimizer`, …
  public var arrays: [String: Numbers]
  /// What the parameters belong to: slice names and shapes, so that a checkpoint for another model is refused.
  public var layout: [String: [Int]]
  /// Counters that training resumes from, such as `epoch` and `step`.
  public var counters: [String: Int]

  public enum Numbers: Sendable, Hashable {
    case floats([Float])
    case doubles([Double])
  }

  public init(
    moment: Reference.Moment, arrays: [String: Numbers], layout: [String: [Int]], counters: [String: Int]
  ) {
    self.moment = moment
    self.arrays = arrays
    self.layout = layout
    self.counters = counters
  }
}

extension Checkpoint {
  /// The shapes that a checkpoint of a model remembers.
  static func shapes(of layout: ParameterLayout) -> [String: [Int]] {
    Dictionary(uniqueKeysWithValues: layout.slices.map { ($0.name, $0.shape.lengths) })
  }

  /// Starting parameters and buffers as a checkpoint.
  static func start(of layout: ParameterLayout, parameters: [Double], buffers: [Double] = []) -> Checkpoint {
    var arrays = ["parameters": Numbers.doubles(parameters)]
    if !buffers.isEmpty { arrays["buffers"] = .doubles(buffers) }
    return Checkpoint(moment: .start, arrays: arrays, layout: shapes(of: layout), counters: ["epoch": 0])
  }

  /// The parameters, whatever they were computed in.
  var parameters: [Double] { doubles("parameters") }
  /// The buffers; none for a model without.
  var buffers: [Double] { doubles("buffers") }

  private func doubles(_ name: String) -> [Double] {
    switch arrays[name] {
    case .floats(let values)?: values.map(Double.init)
    case .doubles(let values)?: values
    case nil: []
    }
  }
}

extension Checkpoint.Numbers {
  init<Element: Scalar>(_ values: [Element]) {
    if let floats = values as? [Float] { self = .floats(floats) } else { self = .doubles(values.map(Double.init)) }
  }
}
