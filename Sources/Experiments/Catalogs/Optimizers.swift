public import Optimizers
public import Specs

/// How the optimizer catalog makes what it names.
typealias OptimizerItem = MakerCatalog<@Sendable (Values) -> any Rule>.Item

/// Every optimizer that a spec can name, in the order that decides colours: new ones stand at the end.
public let optimizerCatalog = MakerCatalog<@Sendable (Values) -> any Rule>(
  "optimizer",
  gradientRules + [
    samEntry,
    asamEntry,
    adahessianEntry,
    sophiaHEntry,
    sophiaGEntry,
    empiricalSophiaEntry,
    lbfgsEntry,
    newtonEntry,
    saddleFreeNewtonEntry,
    naturalGradientEntry,
    perturbedGradientDescentEntry,
  ])

/// Rules that another one can stand upon, which takes the gradient elsewhere: SAM.
let baseOptimizerCatalog = MakerCatalog<@Sendable (Values) -> any Rule>("optimizer", gradientRules)

/// The rule chosen as `base`.
func baseRule(_ o: Values) -> any Rule {
  let selection = o.entry("base")
  return baseOptimizerCatalog.maker(of: selection)(selection.values)
}

/// Rules that take one gradient a step.
private let gradientRules: [OptimizerItem] =
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
  ]

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
  static func damping(_ value: String) -> Option {
    Option("damping", .number(atLeast: 0), .yaml(value), "δ, added to every eigenvalue before dividing by it.")
  }
  static func interval(_ value: String) -> Option {
    Option("interval", .integer(1...1_000_000), .yaml(value), "Steps from one estimate of the curvature to the next.")
  }
  /// The rule that another one stands upon.
  static let base = Option("base", .entry(baseOptimizerCatalog.catalog), .yaml("sgd"), "The rule that takes the step.")
  static func epsilon(_ value: String) -> Option {
    Option("epsilon", .number(atLeast: 0), .yaml(value), "Keeps the divisor away from 0.")
  }
}
