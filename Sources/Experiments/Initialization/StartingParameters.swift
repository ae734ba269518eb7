import Datasets
import Diagnostics
import Networks
import Specs
import Tensors

extension Values {
  /// The initializer that the option `init` names.
  var initializer: Initializer {
    let selection = entry("init")
    return initializerCatalog.maker(of: selection)(selection.values)
  }

  /// Says if the initializer does not apply to a model.
  func checkInitializer(for model: Model, _ diagnostics: inout [Diagnostic]) -> Bool {
    guard let refusal = initializer.refusal(of: model) else { return true }
    diagnostics.append(Diagnostic(at: place("init"), refusal))
    return false
  }
}

extension Samples {
  /// The inputs of the first samples, as many as there are, row-major.
  func firstInputs(_ wanted: Int) -> [Double] {
    let samples = min(wanted, count)
    var inputs = Vector<Double>(zeros: samples * inputWidth)
    copyInputs(Array(0..<samples)[...], into: &inputs)
    return inputs.array
  }

  /// The samples as an initializer learns from them.
  func examples(for loss: Loss) -> Initializer.Examples {
    Initializer.Examples(loss: loss, count: count) { indices in
      var inputs = Vector<Double>(zeros: indices.count * inputWidth)
      var targets = Vector<Double>(zeros: indices.count * targetWidth)
      copyInputs(indices[...], into: &inputs)
      copyTargets(indices[...], into: &targets)
      return Initializer.Batch(inputs: inputs.array, targets: targets.array)
    }
  }
}
