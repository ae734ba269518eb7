import Tensors

extension TracedFunction {
  /// This function on the line, plane, … through a point along directions: a function of the coordinates alone.
  ///
  /// Its data are this function's and then, each as long as the parameters, the point and the directions; if buffers
  /// move along, also theirs. What a first layer computes from data and the point is hoisted out of evaluations at many
  /// coordinates, since its product with a weight is affine in them.
  ///
  /// - Parameter movesBuffers: whether running statistics are interpolated as the parameters are.
  public func sliced(dimensions: Int, movesBuffers: Bool = false) -> TracedFunction {
    var coordinates = ParameterLayout()
    for axis in 0..<dimensions { coordinates.append("c\(axis + 1)", .scalar, role: .coordinate, layer: 1) }
    let (layout, bufferLayout, data, body) = (layout, buffers, data, body)
    let moves = movesBuffers && bufferLayout.count > 0
    return TracedFunction(
      layout: coordinates, buffers: moves ? ParameterLayout() : bufferLayout, noise: noise,
      data: { samples in
        let lines = [layout.count] + (moves ? [bufferLayout.count] : [])
        return data(samples) + lines.flatMap { Array(repeating: [$0], count: dimensions + 1) }
      },
      body: { arguments in
        let own = arguments.data.count - (dimensions + 1) * (moves ? 2 : 1)
        func along(_ layout: ParameterLayout, from first: Int) -> [Value] {
          layout.slices.map { slice in
            let parts = (first...first + dimensions).map {
              arguments.data[$0].slice(axis: 0, slice.range).reshaped(slice.shape)
            }
            return .line(Line(base: parts[0], terms: Array(zip(arguments.parameters, parts.dropFirst()))))
          }
        }
        var result = body(
          Arguments(
            parameters: along(layout, from: own), data: Array(arguments.data[..<own]),
            buffers: moves ? along(bufferLayout, from: own + dimensions + 1) : arguments.buffers,
            noise: arguments.noise, mode: arguments.mode))
        if moves { result.buffers = [] }
        return result
      }, labels: labels)
  }
}
