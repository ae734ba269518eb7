/// How values of a channel become positions.
enum ScaleKind: String, CaseIterable, Sendable {
  case linear, log, symlog, band

  /// What an axis says about itself behind its title.
  var words: String {
    switch self {
    case .linear, .band: ""
    case .log: ", log scale"
    case .symlog: ", symlog scale"
    }
  }
}

/// A map from data to pixels along one axis.
struct Scale: Hashable, Sendable {
  var kind: ScaleKind
  /// Data at the start and the end of the axis. For bands: −½ and count − ½, with category i at i.
  var low: Double
  var high: Double
  /// Pixels at the start and the end.
  var start: Double
  var end: Double
  /// Where a symlog axis turns from linear to logarithmic.
  var threshold = 1.0
  /// Whether there was nothing to hold, so that the ends say nothing.
  var isEmpty = false
  /// Whether all values are whole numbers, so that there is nothing between them.
  var isWhole = false

  /// What an axis can reach: its span must be a number too.
  private static let largest = Double.greatestFiniteMagnitude * 0.4
  /// What a log axis can reach before numbers lose digits.
  private static let least = Double.leastNormalMagnitude * 4

  /// The pixel of a value. Infinities, and what is nearly so, are the ends of the axis; NaN for what a log axis cannot show.
  func position(_ value: Double) -> Double {
    if value > Scale.largest { return end }
    if value < -Scale.largest { return start }
    let share = (transformed(value) - transformed(low)) / (transformed(high) - transformed(low))
    return start + share * (end - start)
  }

  /// Whether a value lies on the axis.
  func contains(_ value: Double) -> Bool { value >= low && value <= high && transformed(value).isFinite }

  /// Values in the space where the axis is even.
  func transformed(_ value: Double) -> Double {
    switch kind {
    case .linear, .band: value
    case .log: value > 0 ? log10(max(value, Scale.least)) : .nan
    case .symlog: (value < 0 ? -1 : 1) * log10(1 + value.magnitude / threshold)
    }
  }

  /// The value at a place in the space where the axis is even.
  func value(at transformed: Double) -> Double {
    switch kind {
    case .linear, .band: transformed
    case .log: exp10(transformed)
    case .symlog: (transformed < 0 ? -1 : 1) * threshold * (exp10(transformed.magnitude) - 1)
    }
  }

  /// The width of one band in pixels.
  var bandWidth: Double { (end - start).magnitude / max(1, high - low) }
}

extension Scale {
  /// A scale that holds all the values it is given.
  ///
  /// - Parameters:
  ///   - domain: the ends that an author asked for, instead of those of the data.
  ///   - includesZero: whether length encodes value, so that the axis starts at zero.
  ///   - padding: the share of the axis left free beyond the data at either end.
  ///   - threshold: where a symlog axis turns from linear to logarithmic; the least decade of the data (of six at
  ///     most) when `nil`.
  init(
    _ kind: ScaleKind, holding values: some Sequence<Double>, domain: ClosedRange<Double>?, includesZero: Bool,
    padding: Double, threshold: Double? = nil
  ) {
    var low = Double.infinity
    var high = -Double.infinity
    var smallest = Double.infinity
    let largest = Scale.largest
    let least = kind == .log ? Scale.least : -largest
    for value in values where value.isFinite && (kind != .log || value > 0) {
      let shown = min(max(value, least), largest)
      low = min(low, shown)
      high = max(high, shown)
      if value != 0 { smallest = min(smallest, value.magnitude) }
    }
    let isEmpty = low > high
    if isEmpty { (low, high) = kind == .log ? (0.1, 10) : (0, 1) }
    var scale = Scale(kind: kind, low: low, high: high, start: 0, end: 1, isEmpty: isEmpty && domain == nil)
    if kind == .symlog {
      let top = max(low.magnitude, high.magnitude)
      scale.threshold = threshold ?? power10(floorLog10(max(min(smallest, top), top * 1e-6, 1e-300)))
    }
    if let domain {
      scale.low = max(domain.lowerBound, -largest)
      scale.high = min(domain.upperBound, largest)
      self = scale
      return
    }
    if includesZero, kind != .log { (low, high) = (min(0, low), max(0, high)) }
    if low == high { (low, high) = Scale.around(low, kind) }
    switch kind {
    case .linear:
      let room = (high - low) * padding
      scale.low = includesZero && low == 0 ? 0 : low - room
      scale.high = includesZero && high == 0 ? 0 : high + room
    case .log:
      let factor = exp10((log10(high) - log10(low)) * padding)
      scale.low = max(low / factor, least)
      scale.high = min(high * factor, largest)
    case .symlog:
      scale.low = low == 0 ? 0 : low - padding * max(low.magnitude, high * 0.001)
      scale.high = high + padding * max(high.magnitude, low.magnitude * 0.001)
    case .band:
      scale.low = low
      scale.high = high
    }
    self = scale
  }

  /// Ends for an axis that has only one value to show.
  private static func around(_ value: Double, _ kind: ScaleKind) -> (Double, Double) {
    if kind == .log { return (value / 2, value * 2) }
    let room = value == 0 ? 1 : value.magnitude * 0.1
    return (value - room, value + room)
  }
}

extension Scale {
  /// Labelled ticks and lighter ones between them; not for bands.
  func ticks(count: Int) -> (major: [Double], minor: [Double]) {
    if isEmpty { return ([], []) }
    switch kind {
    case .linear, .band:
      let ticks = linearTicks(low, high, count: count)
      return (isWhole ? ticks.filter { $0 == $0.rounded() } : ticks, [])
    case .log: return logTicks(low, high, count: count)
    case .symlog:
      // The same decades on both sides of zero, from the greatest down.
      let last = floorLog10(max(low.magnitude, high.magnitude, threshold) * (1 + 1e-12))
      let least = floorLog10(threshold * (1 + 1e-12))
      // The threshold itself stands close to zero: not where there are others.
      let first = last - least >= 2 ? least + 1 : least
      let sides = (high > threshold ? 1 : 0) + (low < -threshold ? 1 : 0)
      let room = max(1, (count - 1) / max(1, sides))
      let every = max(1, (last - first + room) / room)
      let decades = stride(from: last, through: first, by: -every).map(power10)
      let ticks = decades + decades.map { -$0 } + [0]
      return (ticks.filter { $0 >= low - 1e-9 * low.magnitude && $0 <= high + 1e-9 * high.magnitude }.sorted(), [])
    }
  }

  func labels(_ ticks: [Double], format wanted: Format?) -> [FormattedNumber] {
    switch kind {
    case .linear, .band: return linearLabels(ticks, format: wanted)
    case .log: return logLabels(ticks, format: wanted)
    case .symlog:
      let magnitudes = ticks.filter { $0 != 0 }.map(\.magnitude)
      var labels = logLabels(magnitudes, format: wanted)[...]
      return ticks.map { tick in
        guard tick != 0 else { return FormattedNumber(mantissa: "0") }
        var label = labels.removeFirst()
        if tick < 0 { label.mantissa = minus + label.mantissa }
        return label
      }
    }
  }
}
