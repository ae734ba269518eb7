import Tables

/// What can be measured of a network before any training: of its matrices, or of the signals that pass through it.
enum StartMeasure: Hashable, Sendable, CaseIterable {
  case spectral(SpectralMeasure)
  case signal(SignalMeasure)

  static var allCases: [StartMeasure] {
    SpectralMeasure.allCases.map { .spectral($0) } + SignalMeasure.allCases.map { .signal($0) }
  }

  var name: String {
    switch self {
    case .spectral(let measure): measure.rawValue
    case .signal(let measure): measure.rawValue
    }
  }

  var isSignal: Bool { if case .signal = self { true } else { false } }

  var column: ColumnSchema {
    switch self {
    case .spectral(let measure): ColumnSchema(measure.rawValue, doc: measure.doc)
    case .signal(let measure): ColumnSchema(measure.rawValue, doc: measure.doc)
    }
  }
}
