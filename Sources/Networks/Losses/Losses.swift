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
      layout: layout,
      data: { samples in
        [[samples, inputs], loss == .crossEntropy ? [samples] : [samples, outputs]]
      },
      body: { parameters, data in
        let outputs = pass(parameters, data[0]).outputs
        var measures: [Value] = []
        if loss == .crossEntropy {
          let predicted = outputs.argmax(over: 1).reshaped([outputs.shape[0]])
          measures.append(predicted.equals(data[1]).sum())
        }
        return TracedFunction.Result(value: loss(outputs, data[1]), measures: measures, outputs: outputs)
      })
  }
}
