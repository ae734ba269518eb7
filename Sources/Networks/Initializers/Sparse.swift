import Autodiff
import Tensors

extension Initializer {
  /// Normal weights of which every input keeps only some: in each column, a share `sparsity` of the rows, rounded up,
  /// is 0. Martens 2010; torch.nn.init.sparse_.
  public static func sparse(sparsity: Double, deviation: Double) -> Initializer {
    .eachWeight { slice, stream in
      let rows = slice.shape[0]
      let columns = slice.shape.count / max(1, rows)
      var values = stream.normals(rows * columns).map { $0 * deviation }
      let zeros = Int((sparsity * Double(rows)).rounded(.up))
      for column in 0..<columns {
        for row in stream.permutation(of: rows).prefix(zeros) { values[row * columns + column] = 0 }
      }
      return values
    }
  }
}
