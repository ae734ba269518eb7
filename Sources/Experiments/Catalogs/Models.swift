import Diagnostics
public import Networks
public import Specs
public import Tensors

/// Makes a model for samples of a shape, as data keep them, with so many outputs.
///
/// Throws `Misfit` when they do not go together, or a `DiagnosticError` when it knows the place.
public typealias ModelMaker = @Sendable (Values, _ input: Shape, _ outputs: Int) throws -> Model

/// Every model that a spec can name.
public let modelCatalog = MakerCatalog<ModelMaker>(
  "model",
  [
    mlpEntry,
    simpleNetworkEntry,
    cnnEntry,
    mnistCNNEntry,
    resNetEntry,
    visionTransformerEntry,
    transformerEntry,
    deepLinearEntry,
    residualMLPEntry,
    resNet18Entry,
    resNet50Entry,
    vgg16Entry,
    layersEntry,
  ])

/// The model that an option selects; `nil` after saying why it does not fit the data.
func model(
  _ options: Values, option: String = "model", input: Shape, outputs: Int, _ diagnostics: inout [Diagnostic]
) -> Model? {
  let selection = options.entry(option)
  do {
    return try modelCatalog.maker(of: selection)(selection.values, input, outputs)
  } catch let error as DiagnosticError {
    diagnostics += error.diagnostics
  } catch let misfit as Misfit {
    diagnostics.append(Diagnostic(at: options.place(option), misfit.message))
  } catch {
    diagnostics.append(Diagnostic(at: options.place(option), "\(error)"))
  }
  return nil
}

/// The option that names a non-linearity.
func activationOption(_ name: String) -> Option {
  Option(
    "activation", .choice(Activation.allCases.map(\.rawValue)), .yaml(name),
    Activation.allCases.map { "\($0.rawValue): \($0.doc)" }.joined(separator: " "))
}

extension Values {
  var activation: Activation { Activation(rawValue: text("activation"))! }
}
