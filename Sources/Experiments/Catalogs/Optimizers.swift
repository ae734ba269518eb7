public import Optimizers
public import Specs

/// How the optimizer catalog makes what it names.
typealias OptimizerItem = MakerCatalog<@Sendable (Values) -> any Rule>.Item

/// Every optimizer that a spec can name, in the order that decides colours: new ones stand at the end.
public let optimizerCatalog = MakerCatalog<@Sendable (Values) -> any Rule>(
  "optimizer",
  [
    sgdEntry,
    adagradEntry,
    rmspropEntry,
    adamEntry,
    adamwEntry,
    lionEntry,
    nesterovEntry,
    adadeltaEntry,
    nadamEntry,
    radamEntry,
    adamaxEntry,
    adabeliefEntry,
    yogiEntry,
    signumEntry,
    rpropEntry,
    scheduleFreeSGDEntry,
    scheduleFreeAdamWEntry,
    adafactorEntry,
    larsEntry,
    lambEntry,
    muonEntry,
    shampooEntry,
    soapEntry,
    adam8BitEntry,
  ])

/// Options that several optimizers share.
extension Option {
  static func rate(_ value: String) -> Option {
    Option("lr", .number(above: 0), .yaml(value), "Learning rate η.")
  }
  /// Weight decay that is added to the gradient.
  static let decay = Option("weight-decay", .number(atLeast: 0), .yaml("0"), "λ: adds λw to the gradient.")
  /// Weight decay apart from the gradient.
  static func decoupledDecay(_ value: String) -> Option {
    Option("weight-decay", .number(atLeast: 0), .yaml(value), "Weights shrink by 1 − lr·weight-decay a step.")
  }
  /// Whether weight decay stands apart from the gradient.
  static let decoupled = Option(
    "decoupled", .boolean, .yaml("false"), "Weights shrink by 1 − lr·weight-decay a step instead.")
  static let amsgrad = Option("amsgrad", .boolean, .yaml("false"), "Divide by the largest second moment so far.")
  static func beta(_ name: String, _ value: String) -> Option {
    Option(name, .number(atLeast: 0, below: 1), .yaml(value), "Share of the old mean that is kept.")
  }
  static func epsilon(_ value: String) -> Option {
    Option("epsilon", .number(atLeast: 0), .yaml(value), "Keeps the divisor away from 0.")
  }
}
