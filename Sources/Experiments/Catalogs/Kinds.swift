/// Every kind of experiment, in the order that `fieldbook kinds` lists them.
public let kinds: [Kind] = [
  trainKind,
  evaluateKind,
  successiveHalvingKind,
  initializeKind,
  descendKind,
  optimizerMemoryKind,
  signalsKind,
  spectrumKind,
  hessianKind,
  surfaceKind,
  interpolateKind,
  connectKind,
  alignKind,
  ntkKind,
  coordinateCheckKind,
  deepLinearKind,
]

/// Raised when numbers change for a reason that no catalog entry owns: a kernel, the random streams, the compiler.
public let engineRevision = 3
