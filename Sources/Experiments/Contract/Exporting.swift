public import Autodiff
import Datasets
import Tensors

/// A file format for parameters, by the end of the file's name.
public enum ParameterFormat: String, Sendable, CaseIterable {
  /// Every parameter and buffer under its name.
  case safetensors
  /// The whole parameter vector as one array.
  case npy
}

extension Checkpoint {
  /// The bytes of a file with the parameters (and buffers, where the format has room for them).
  /// - Parameter layouts: what an experiment says of its checkpoints.
  /// - Returns: `nil` when the checkpoint is not of these layouts.
  public func file(_ format: ParameterFormat, layouts: [String: ParameterLayout]) -> [UInt8]? {
    guard let numbers = arrays["parameters"], let layout = layouts["parameters"], numbers.count == layout.count else {
      return nil
    }
    switch format {
    case .npy: return npyFile(of: NamedArray("parameters", [numbers.count], numbers.packed(0..<numbers.count)))
    case .safetensors:
      var named = layout.slices.map { NamedArray($0.name, $0.shape.lengths, numbers.packed($0.range)) }
      if let buffers = arrays["buffers"], let layout = layouts["buffers"], buffers.count == layout.count {
        named += layout.slices.map { NamedArray($0.name, $0.shape.lengths, buffers.packed($0.range)) }
      }
      return SafeTensors.bytes(of: named)
    }
  }
}

extension Checkpoint.Numbers {
  var count: Int {
    switch self {
    case .floats(let values): values.count
    case .doubles(let values): values.count
    }
  }

  fileprivate func packed(_ range: Range<Int>) -> PackedNumbers {
    switch self {
    case .floats(let values): .floats(Array(values[range]))
    case .doubles(let values): .doubles(Array(values[range]))
    }
  }
}
