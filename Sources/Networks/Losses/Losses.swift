public import Autodiff
import Tensors

/// What training minimises.
public enum Loss: String, Sendable, CaseIterable {
  /// The mean negative log-likelihood of the labels under the softmax of the outputs, in nats.
  case crossEntropy = "cross-entropy"
  /// The mean of squared differences over all samples and outputs.
  case meanSquaredError = "mean-squared-error"

  /// - Parameters:
  ///   - outputs: `[samples, outputs]`.
  ///   - targets: labels `[samples]`, or values `[samples, outputs]`.
  public func callAsFunction(_ outputs: Value, _ targets: Value) -> Value {
    switch self {
    case .crossEntropy:
      let labels = targets.oneHot(outputs.shape[1])
      let chosen = (outputs * labels).sum(over: [1])
      return (outputs.logSumExp - chosen).mean()
    case .meanSquaredError: return (outputs - targets).squared.mean()
    }
  }
}

extension Model {
  /// The loss of this model on a batch as a function of the parameters. Data: inputs `[samples, inputs]` and targets.
  /// A classifier also measures how many samples it gets right.
  public func training(with loss: Loss) -> TracedFunction {
    TracedFunction(
      layout: layout, buffers: buffers, noise: noise,
      data: { samples in
        [[samples, inputs], loss == .crossEntropy ? [samples] : [samples, outputs]]
      },
      body: { arguments in
        let pass = trace(arguments)
        let targets = arguments.data[1]
        var measures: [Value] = []
        if loss == .crossEntropy {
          let predicted = pass.outputs.argmax(over: 1).reshaped([pass.outputs.shape[0]])
          measures.append(predicted.equals(targets).sum())
        }
        return TracedFunction.Result(
          value: loss(pass.outputs, targets), measures: measures, outputs: pass.outputs, buffers: pass.buffers)
      }, labels: loss == .crossEntropy ? 1 : nil)
  }
}
