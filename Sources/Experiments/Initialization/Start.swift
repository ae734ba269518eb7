import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs

/// Where a model stands before anything happens to it: parameters and buffers, from a file (`parameters`), another run's
/// checkpoint (`from`) or an initializer (`init`).
struct Start {
  var parameters: [Double]
  var buffers: [Double]
}

extension Start {
  /// Says if the options name more than one origin. A kind may be without `init`.
  static func isOne(_ options: Values, _ diagnostics: inout [Diagnostic]) -> Bool {
    let given = ["from", "parameters"].filter { options[$0] != nil }
    if given.count == 2 {
      diagnostics.append(Diagnostic(at: options.place("parameters"), twoStarts))
      return false
    }
    if let origin = given.first, let initializer = options.all["init"], initializer.isWritten {
      diagnostics.append(Diagnostic(at: initializer.place, notInitialized(by: origin)))
      return false
    }
    return true
  }

  /// Where a checkpoint stands; throws a diagnostic at `place` if that is another model's.
  init(_ checkpoint: Checkpoint?, of model: Model, from place: Place) throws {
    guard let checkpoint, checkpoint.layout == Checkpoint.shapes(of: model.layout),
      checkpoint.buffers.count == model.buffers.count
    else { throw DiagnosticError(at: place, anotherModel) }
    self.init(parameters: checkpoint.parameters, buffers: checkpoint.buffers)
  }

  /// Where the options of a kind with all three origins put a model.
  init(
    of model: Model, _ options: Values, file: ParameterFile?, _ inputs: [String: [Input]], _ dataset: Dataset,
    loss: Loss, bookSeed: UInt64, parametrization: Parametrization = .standard
  ) throws {
    if let file {
      self = try file.load().rescaled(options, of: model)
    } else if let input = inputs["from"]?.first {
      self = try Start(input.checkpoint, of: model, from: options.place("from")).rescaled(options, of: model)
    } else {
      let seed = UInt64(options.integer("seed"))
      let parameters = options.initializer.scaled(for: parametrization).parameters(
        for: .init(model: model, bookSeed: bookSeed, seed: seed, examples: dataset.train.examples(for: loss)) {
          dataset.train.firstInputs($0)
        })
      self = Start(
        parameters: parameters, buffers: model.buffers.startingValues(book: bookSeed, run: seed)
      ).rescaled(options, of: model)
    }
  }
}

private let twoStarts = "parameters come from one place: give ‘parameters’ or ‘from’, not both"
private let anotherModel = "the checkpoint belongs to another model: its parameters have other names or shapes"
private func notInitialized(by option: String) -> String {
  "the parameters come from ‘\(option)’ here: ‘init’ would change nothing"
}
