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
  projectKind,
  criticalPointsKind,
  taylorKind,
  randomSymmetricKind,
  ntkKind,
  coordinateCheckKind,
  deepLinearKind,
  multiscaleKind,
  persistenceKind,
  mapperKind,
  homologyKind,
  fitKind,
  catapultKind,
  sharpnessKind,
]

/// Raised when numbers change for a reason that no catalog entry owns: a kernel, the random streams, the compiler.
public let engineRevision = 4
