import Tensors

/// A place where a function takes rows of numbers through a weight matrix of its own: a linear layer, or a convolution
/// as the linear layer of what its window sees.
public struct LinearLayer: Hashable, Sendable {
  /// `[units, …]`: the matrix, or filters.
  public var weight: ParameterLayout.Slice
  /// What is added to every row, if anything is.
  public var bias: ParameterLayout.Slice?
  /// Rows that a batch brings: samples times places.
  public var rows: Int
  /// Numbers of a row, and the 1 that a bias stands for.
  public var inputs: Int
  public var units: Int
}

/// A linear layer as it stands in a trace.
struct TracedLinearLayer {
  var layer: LinearLayer
  /// `[rows, inputs]`.
  var inputs: Value
  /// What the layer makes of them, before the bias: `[…, units]`.
  var sums: Value
}

extension ParameterLayout {
  /// The linear layers between these parameters and some outputs: weights that nothing reads but one product or one
  /// convolution of a single group. Weights that are shared, normalised or looked up make none.
  func linearLayers(of parameters: [Value], in outputs: Value) -> [TracedLinearLayer] {
    let trace = outputs.trace
    var readers: [Int: [Int]] = [outputs.id: []]
    for id in stride(from: outputs.id, through: 0, by: -1) where readers[id] != nil {
      for input in trace.nodes[id].inputs { readers[input, default: []].append(id) }
    }
    func onlyReader(of id: Int) -> Int? { readers[id].flatMap { $0.count == 1 ? $0[0] : nil } }

    return slices.indices.compactMap { index in
      guard slices[index].role == .weight, let turned = onlyReader(of: parameters[index].id),
        let place = onlyReader(of: turned), trace.nodes[place].inputs.last == turned
      else { return nil }
      let sums = Value(trace: trace, id: place)
      let source = Value(trace: trace, id: sums.node.inputs[0])
      var rows: Value
      switch (trace.nodes[turned].primitive, sums.node.primitive) {
      case (.transpose([1, 0]), .product): rows = source
      case (.transpose([0, 2, 3, 1]), .convolution(.forward, let window, groups: 1)): rows = source.patches(window)
      default: return nil
      }
      let units = slices[index].shape[0]
      // A bias is added to what the product gives, and to nothing else.
      var bias: Slice?
      if let sum = onlyReader(of: place), trace.nodes[sum].primitive == .elementwise(.add),
        let repeated = trace.nodes[sum].inputs.first(where: { $0 != place }), onlyReader(of: repeated) == sum,
        trace.nodes[repeated].primitive == .broadcast, onlyReader(of: trace.nodes[repeated].inputs[0]) == repeated,
        let found = parameters.firstIndex(where: { $0.id == trace.nodes[repeated].inputs[0] }),
        slices[found].role == .bias, slices[found].shape == [units]
      {
        bias = slices[found]
        rows = rows.concatenated(with: [trace.constant(1).broadcast(to: [rows.shape[0], 1])], axis: 1)
      }
      let layer = LinearLayer(
        weight: slices[index], bias: bias, rows: rows.shape[0], inputs: rows.shape[1], units: units)
      return TracedLinearLayer(layer: layer, inputs: rows, sums: sums)
    }
  }
}

/// For each layer the mean of āāᵀ over its rows ā, and the sum of ggᵀ over the derivatives g of ⟨outputs, direction⟩ by
/// what it makes of each: the two factors of its Kronecker-factored curvature. Martens & Grosse 2015, arXiv:1503.05671;
/// for convolutions Grosse & Martens 2016, arXiv:1602.01407.
func layerMoments(of layers: [TracedLinearLayer], in outputs: Value, along direction: Value) -> [(Value, Value)] {
  let slopes = gradient(of: (outputs * direction).sum(), withRespectTo: layers.map(\.sums))
  return zip(layers, slopes).map { part, slope in
    let rows = slope.reshaped([part.layer.rows, part.layer.units])
    return (
      part.inputs.transposed.product(part.inputs) / Double(part.layer.rows), rows.transposed.product(rows)
    )
  }
}

extension Value {
  /// What a window sees at each place of channels-last images, as rows in the order of a filter `[C, height, width]`.
  fileprivate func patches(_ window: Window) -> Value {
    let (height, width, channels) = (window.size.height, window.size.width, shape[3])
    let count = channels * height * width
    // One filter for each pixel, which lets that alone pass.
    var filters = [Double](repeating: 0, count: count * count)
    for channel in 0..<channels {
      for pixel in 0..<height * width {
        filters[(channel * height * width + pixel) * count + pixel * channels + channel] = 1
      }
    }
    let seen = convolution(trace.constant(filters, shape: [count, height, width, channels]), window)
    return seen.reshaped([seen.shape.count / count, count])
  }
}
