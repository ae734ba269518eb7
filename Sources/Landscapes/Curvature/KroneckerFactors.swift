public import Autodiff
public import Tensors

/// K-FAC: the Fisher matrix of a network as a block A ⊗ G for each of its linear layers and convolutions.
///
/// A is the mean of āāᵀ over the rows ā that a layer takes (with a 1 for the bias), G the mean over samples of ggᵀ, g the
/// derivative of one sample's loss by what the layer makes of a row, with labels from whom `labels` says. A convolution's
/// rows are what its window sees at each place; A then is the mean and G the sum over places, as if places were
/// independent. Gradients of different layers, and inputs and derivatives of one, count as uncorrelated; for one linear
/// layer and one sample nothing is lost.
///
/// What is not such a layer stays out: gains, embeddings, shared or normalised weights are in no block.
///
/// Martens & Grosse, "Optimizing neural networks with Kronecker-factored approximate curvature", 2015, arXiv:1503.05671;
/// Grosse & Martens, "A Kronecker-factored approximate Fisher matrix for convolution layers", 2016, arXiv:1602.01407.
public struct KroneckerFactors: Hashable, Sendable {
  public struct Block: Hashable, Sendable {
    public let layer: LinearLayer
    /// A, `[inputs, inputs]`; the bias last.
    public let inputs: Matrix
    /// G, `[units, units]`.
    public let units: Matrix
  }

  public let blocks: [Block]
  /// All parameters, those in no block too.
  public let dimension: Int
  /// Names of the slices that are in no block.
  public let leftOut: [String]

  /// - Throws: `LandscapeError` when no layer is linear, or as `LinearOperator.fisher` does.
  public init<Element: Scalar>(
    of model: some OutputObjective<Element>, at point: Vector<Element>, labels: FisherLabels = .expected,
    book: UInt64 = 0, run: UInt64 = 0
  ) throws {
    let layers = model.linearLayers
    guard !layers.isEmpty else {
      throw LandscapeError(
        "K-FAC is made of linear layers and convolutions, and the model has none whose weights are its own")
    }
    let count = layers.reduce(0) { $0 + $1.inputs * $1.inputs + $1.units * $1.units }
    var moments = Vector<Element>(zeros: count)
    var inputs = layers.map { Matrix(zeros: $0.inputs) }
    var units = layers.map { Matrix(zeros: $0.units) }
    let factors = try labels.outputFactors(of: model, at: point, book: book, run: run)
    for (index, factor) in factors.enumerated() {
      model.layerMoments(at: point, with: factor, into: &moments, samePoint: index > 0)
      var offset = 0
      for (number, layer) in layers.enumerated() {
        if index == 0 {
          for i in 0..<layer.inputs * layer.inputs { inputs[number].elements[i] = Double(moments[offset + i]) }
        }
        offset += layer.inputs * layer.inputs
        for i in 0..<layer.units * layer.units { units[number].elements[i] += Double(moments[offset + i]) }
        offset += layer.units * layer.units
      }
    }
    blocks = layers.indices.map { Block(layer: layers[$0], inputs: inputs[$0], units: units[$0]) }
    dimension = point.count
    let covered = layers.flatMap { [$0.weight.name] + ($0.bias.map { [$0.name] } ?? []) }
    leftOut = model.layout.slices.map(\.name).filter { !covered.contains($0) }
  }

  /// Block by block GVA, V a layer's part of a vector as `[units, inputs]`; 0 for parameters in no block.
  public func linear<Element: Scalar>(_ type: Element.Type = Element.self) -> LinearOperator<Element> {
    let parts = blocks.map { (block: $0, places: $0.places) }
    return LinearOperator(dimension: dimension) { vector, product in
      for index in 0..<product.count { product[index] = 0 }
      for (block, places) in parts {
        let part = Matrix(rows: block.units.rows, columns: block.inputs.rows, places.map { Double(vector[$0]) })
        let result = block.units.product(part).product(block.inputs)
        for (place, value) in zip(places, result.elements) { product[place] = Element(value) }
      }
    }
  }

  /// The eigenvalues of the blocks, rising: products of an eigenvalue of A and one of G. Parameters in no block add as many
  /// zeros, which are not among them.
  ///
  /// - Throws: `LandscapeError` when a factor is not finite.
  public func eigenvalues() throws -> [Double] {
    try blocks.flatMap { block in
      guard let a = block.inputs.symmetricEigen(), let g = block.units.symmetricEigen() else {
        throw LandscapeError("the factors of \(block.layer.weight.name) have no eigenvalues")
      }
      return a.values.flatMap { a in g.values.map { a * $0 } }
    }.sorted()
  }
}

extension KroneckerFactors.Block {
  /// Where in the flat vector the numbers of `[units, inputs]` lie, the bias as last column.
  fileprivate var places: [Int] {
    let width = layer.inputs - (layer.bias == nil ? 0 : 1)
    return (0..<layer.units).flatMap { unit in
      (0..<width).map { layer.weight.offset + unit * width + $0 } + (layer.bias.map { [$0.offset + unit] } ?? [])
    }
  }
}

extension Matrix {
  fileprivate init(zeros size: Int) { self.init(rows: size, columns: size, Array(repeating: 0, count: size * size)) }
}
