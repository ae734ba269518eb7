import Autodiff
import Fixtures
import Landscapes
import Tensors

/// Products from curvlinops and the small networks that they belong to.
struct CurvatureReference: Decodable {
  struct Case: Decodable {
    struct Products: Decodable {
      var hessian: [Double]
      var gaussNewton: [Double]
      var empiricalFisher: [Double]
      var kfac: [Double]
    }
    var name: String
    var inputs: [Double]
    var targets: [Double]
    var point: [Double]
    var vector: [Double]
    var products: Products

    /// The network of the case with its data.
    func objective<Element: Scalar>(_ type: Element.Type = Element.self) -> TracedObjective<Element> {
      let function: TracedFunction
      switch name {
      case "convolution": function = convolutional
      case "squares": function = perceptron(labels: false)
      default: function = perceptron(labels: true)
      }
      let objective = TracedObjective<Element>(function)
      objective.set([Vector(inputs.map { Element($0) }), Vector(targets.map { Element($0) })], samples: 5)
      return objective
    }
  }
  var cases: [Case]

  subscript(name: String) -> Case { cases.first { $0.name == name }! }
}

let curvature = try! fixture("curvature-operators", as: CurvatureReference.self)

func crossEntropy(_ outputs: Value, _ labels: Value) -> Value {
  (outputs.logSumExp - (outputs * labels.oneHot(outputs.shape[1])).sum(over: [1])).mean()
}

/// 3 → 4 → 3 with tanh, cross-entropy or a mean of squares.
func perceptron(labels: Bool) -> TracedFunction {
  var layout = ParameterLayout()
  layout.append("first.weight", [4, 3], role: .weight, layer: 1)
  layout.append("first.bias", [4], role: .bias, layer: 1)
  layout.append("second.weight", [3, 4], role: .weight, layer: 2)
  layout.append("second.bias", [3], role: .bias, layer: 2)
  return TracedFunction(
    layout: layout, data: { [[$0, 3], labels ? [$0] : [$0, 3]] },
    body: { arguments in
      let (p, data) = (arguments.parameters, arguments.data)
      let hidden = (data[0].product(p[0].transposed) + p[1]).tanh
      let outputs = hidden.product(p[2].transposed) + p[3]
      let value = labels ? crossEntropy(outputs, data[1]) : (outputs - data[1]).squared.mean()
      return TracedFunction.Result(value: value, outputs: outputs)
    }, labels: labels ? 1 : nil)
}

/// A convolution of 2 channels to 3, tanh, and a linear layer without bias; cross-entropy.
private let convolutional: TracedFunction = {
  var layout = ParameterLayout()
  layout.append("convolution.weight", [3, 2, 3, 3], role: .weight, layer: 1)
  layout.append("convolution.bias", [3], role: .bias, layer: 1)
  layout.append("linear.weight", [3, 12], role: .weight, layer: 2)
  return TracedFunction(
    layout: layout, data: { [[$0, 2, 4, 3], [$0]] },
    body: { arguments in
      let (p, data) = (arguments.parameters, arguments.data)
      let images = data[0].transposed([0, 2, 3, 1])
      let seen = images.convolution(p[0].transposed([0, 2, 3, 1]), Window(3, stride: 2, padding: 1)) + p[1]
      let outputs = seen.tanh.reshaped([data[0].shape[0], 12]).product(p[2].transposed)
      return TracedFunction.Result(value: crossEntropy(outputs, data[1]), outputs: outputs)
    }, labels: 1)
}()

/// One linear layer of 3 inputs, a bias and 4 classes.
func linearModel(samples: Int, labels: Bool) -> TracedObjective<Double> {
  var layout = ParameterLayout()
  layout.append("weight", [4, 3], role: .weight, layer: 1)
  layout.append("bias", [4], role: .bias, layer: 1)
  let function = TracedFunction(
    layout: layout, data: { [[$0, 3], labels ? [$0] : [$0, 4]] },
    body: { arguments in
      let outputs = arguments.data[0].product(arguments.parameters[0].transposed) + arguments.parameters[1]
      let value =
        labels ? crossEntropy(outputs, arguments.data[1]) : (outputs - arguments.data[1]).squared.mean()
      return TracedFunction.Result(value: value, outputs: outputs)
    }, labels: labels ? 1 : nil)
  let objective = TracedObjective<Double>(function)
  var stream = Stream(book: 1, run: 2, purpose: .data("linear"))
  let inputs = Vector(stream.normals(samples * 3))
  let targets = labels ? (0..<samples).map { Double($0 % 4) } : stream.normals(samples * 4)
  objective.set([inputs, Vector(targets)], samples: samples)
  return objective
}

extension LinearOperator where Element == Double {
  func times(_ vector: [Double]) -> [Double] {
    var product = Vector<Double>(zeros: dimension)
    multiply(Vector(vector), &product)
    return product.array
  }

  /// Column by column.
  var dense: Matrix {
    let columns = (0..<dimension).map { column in times((0..<dimension).map { $0 == column ? 1 : 0 }) }
    return Matrix(rows: dimension, columns: dimension, columns.flatMap { $0 }).transposed
  }
}

/// The largest |a − b|, over the largest |b|.
func relativeError(_ a: [Double], _ b: [Double]) -> Double {
  precondition(a.count == b.count)
  return zip(a, b).map { abs($0 - $1) }.max()! / b.map(abs).max()!
}
