import Tensors

/// What the singular values of a weight matrix say about it. Four different numbers go by the name of effective rank;
/// each has its own name here, and all are shares of the largest possible rank, so 1 means "all directions alike".
enum SpectralMeasure: String, CaseIterable, Sendable {
  /// s₁ / sₙ; infinite for a singular matrix.
  case conditionNumber = "condition-number"
  /// s₁.
  case spectralNorm = "spectral-norm"
  /// exp(−Σ p ln p) / n with p = s / Σs. Roy & Vetterli 2007.
  case effectiveRank = "effective-rank"
  /// (Σ s / s₁) / n: the nuclear norm in units of the spectral norm.
  case nuclearRank = "nuclear-rank"
  /// (‖W‖²_F / s₁²) / n.
  case stableRank = "stable-rank"
  /// Share of singular values before the running sum reaches 95 % of the whole: what the sources' table printed.
  case countRank = "count-rank"

  var doc: String {
    switch self {
    case .conditionNumber: "Largest over smallest singular value."
    case .spectralNorm: "Largest singular value."
    case .effectiveRank:
      "Exponential of the entropy of the normalised singular values (Roy & Vetterli 2007), over the matrix's smaller side."
    case .nuclearRank: "Sum of singular values over the largest, over the matrix's smaller side."
    case .stableRank: "Squared Frobenius norm over squared spectral norm, over the matrix's smaller side."
    case .countRank: "Share of singular values before their running sum reaches 95 % of the total."
    }
  }

  /// - Parameter s: singular values, largest first, at least one.
  func callAsFunction(_ s: [Double]) -> Double {
    let n = Double(s.count)
    let sum = s.reduce(0, +)
    switch self {
    case .conditionNumber: return s[s.count - 1] == 0 ? .infinity : s[0] / s[s.count - 1]
    case .spectralNorm: return s[0]
    case .effectiveRank:
      let entropy = s.reduce(0.0) { total, value in
        let p = value / sum
        return p > 0 ? total - p * logarithm(p) : total
      }
      return exponential(entropy) / n
    case .nuclearRank: return sum / s[0] / n
    case .stableRank: return s.reduce(0) { $0 + $1 * $1 } / (s[0] * s[0]) / n
    case .countRank:
      var running = 0.0
      let below = s.prefix { value in
        running += value
        return running < 0.95 * sum
      }
      return Double(below.count) / n
    }
  }
}
