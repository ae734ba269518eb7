import Autodiff
import Tensors

/// Divides a weight by its largest singular value, filters as rows of a matrix, as estimated by power iteration.
///
/// One iteration a pass in train mode, from where the last ended: v ← Wᵀu/‖Wᵀu‖, u ← Wv/‖Wv‖, then W/(uᵀWv), u and v
/// constant to derivatives. Eval mode takes u and v as they are. Miyato et al. 2018, arXiv:1802.05957.
struct SpectralNorm {
  private let u: NetworkBuilder.Buffer
  private let v: NetworkBuilder.Buffer
  private let rows: Int
  private let columns: Int

  init(_ network: inout NetworkBuilder, name: String, weight shape: Shape) {
    rows = shape[0]
    columns = shape.count / rows
    u = network.buffer("\(name).left", [rows], role: .singularVector)
    v = network.buffer("\(name).right", [columns], role: .singularVector)
  }

  func callAsFunction(_ weight: Value, _ pass: inout ForwardPass) -> Value {
    let matrix = weight.reshaped([rows, columns])
    if pass.isTraining {
      let fixed = matrix.detached
      pass[v] = fixed.transposed.product(pass[u].reshaped([rows, 1])).unit.reshaped([columns])
      pass[u] = fixed.product(pass[v].reshaped([columns, 1])).unit.reshaped([rows])
    }
    let norm = pass[u].reshaped([1, rows]).product(matrix).product(pass[v].reshaped([columns, 1]))
    return weight / norm.reshaped(.scalar)
  }
}

extension Value {
  /// This divided by its length.
  fileprivate var unit: Value { self / squared.sum().squareRoot.maximum(trace.constant(1e-12)) }
}
