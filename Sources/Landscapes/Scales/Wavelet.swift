/// An orthonormal wavelet with compact support, by its filters: Haar's (one vanishing moment) or Daubechies' of least
/// phase with 2–8 vanishing moments.
///
/// With h the scaling coefficients, φ(x) = √2 Σ hₖ φ(2x − k): they sum to √2 and are orthonormal to their own shifts by
/// even numbers, and so nest the spaces of a multi-resolution analysis.
///
/// Daubechies, "Orthonormal bases of compactly supported wavelets", 1988; Mallat, "A theory for multiresolution signal
/// decomposition", 1989. Names and signs are those of PyWavelets.
public struct Wavelet: Hashable, Sendable {
  /// `haar`, `db2` … `db8`.
  public let name: String
  /// The scaling coefficients h.
  public let scaling: [Double]
  /// The filters of the analysis, convolved with a signal: h reversed, and its mirror (−1)^(k+1) hₖ.
  public let lowPass: [Double]
  public let highPass: [Double]

  /// - Throws: `LandscapeError` for a name that is none; the hint lists them.
  public init(named name: String) throws {
    guard let index = Wavelet.names.firstIndex(of: name) else {
      throw LandscapeError(
        "there is no wavelet “\(name)”", hints: ["wavelets: " + Wavelet.names.joined(separator: ", ")])
    }
    self.init(name: name, scaling: coefficients[index])
  }

  private init(name: String, scaling: [Double]) {
    self.name = name
    self.scaling = scaling
    lowPass = scaling.reversed()
    highPass = scaling.enumerated().map { $0 % 2 == 0 ? -$1 : $1 }
  }

  public static let names = ["haar"] + (2...8).map { "db\($0)" }
  public static let haar = Wavelet(name: "haar", scaling: coefficients[0])

  /// The most levels that a signal of `length` samples has room for: ⌊log₂(length / (filter length − 1))⌋.
  public func maximumLevel(length: Int) -> Int {
    var level = 0
    while (scaling.count - 1) << (level + 1) <= length { level += 1 }
    return level
  }

  /// - Throws: `LandscapeError` when a signal has no room for `levels`.
  public func check(levels: Int, length: Int) throws {
    let most = maximumLevel(length: length)
    guard levels >= 1, levels <= most else {
      let asked = "\(levels) level\(levels == 1 ? "" : "s")"
      let needs = levels == 1 ? "needs" : "need"
      let needed = levels >= 1 ? "; \(asked) of \(name) \(needs) \((scaling.count - 1) << levels)" : ""
      throw LandscapeError(
        "\(asked) of \(name) on \(length) samples",
        hints: [(most == 0 ? "too few samples for one level" : "1 to \(most) levels fit \(length) samples") + needed])
    }
  }
}

/// By vanishing moments from 1: roots of Daubechies' polynomial inside the unit circle, in 60 digits, rounded once.
private let coefficients: [[Double]] = [
  [0.7071067811865476, 0.7071067811865476],
  [0.48296291314453416, 0.8365163037378079, 0.2241438680420134, -0.12940952255126037],
  [
    0.33267055295008263, 0.8068915093110925, 0.45987750211849154, -0.13501102001025458, -0.08544127388202666,
    0.03522629188570953,
  ],
  [
    0.2303778133088965, 0.7148465705529157, 0.6308807679298589, -0.027983769416859854, -0.18703481171909309,
    0.030841381835560764, 0.0328830116668852, -0.010597401785069032,
  ],
  [
    0.16010239797419293, 0.6038292697971896, 0.7243085284377729, 0.13842814590132074, -0.24229488706638203,
    -0.032244869584638375, 0.07757149384004572, -0.006241490212798274, -0.012580751999081999, 0.0033357252854737712,
  ],
  [
    0.11154074335010947, 0.49462389039845306, 0.7511339080210954, 0.31525035170919763, -0.22626469396543983,
    -0.12976686756726194, 0.09750160558732304, 0.027522865530305727, -0.03158203931748603, 0.0005538422011614961,
    0.004777257510945511, -0.0010773010853084796,
  ],
  [
    0.07785205408500918, 0.3965393194819173, 0.7291320908462351, 0.4697822874051931, -0.14390600392856498,
    -0.22403618499387498, 0.07130921926683026, 0.08061260915108308, -0.03802993693501441, -0.01657454163066688,
    0.01255099855609984, 0.0004295779729213665, -0.0018016407040474908, 0.00035371379997452024,
  ],
  [
    0.05441584224310401, 0.31287159091429995, 0.6756307362972898, 0.5853546836542067, -0.015829105256349306,
    -0.2840155429615469, 0.0004724845739132828, 0.12874742662047847, -0.017369301001807547, -0.044088253930794755,
    0.013981027917398282, 0.008746094047405777, -0.004870352993451574, -0.00039174037337694705,
    0.0006754494064505693, -0.00011747678412476953,
  ],
]
