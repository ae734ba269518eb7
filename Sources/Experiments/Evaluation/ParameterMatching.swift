import Autodiff
import Datasets
import Tensors

/// Which tensor of a file each parameter and buffer of a model is, and how that was found.
struct ParameterMatching {
  struct Match: Hashable {
    var slice: ParameterLayout.Slice
    var entry: SafeTensors.Entry
  }

  enum Way: String {
    /// As the author's map says.
    case map
    /// Their names are the model's.
    case name
    /// By role and place: the k-th weight of the file is the model's k-th, and so on.
    case order
  }

  /// What is wrong, and what would be right.
  struct Refusal: Error {
    var message: String
    var hints: [String] = []
  }

  /// In the order of the model: parameters, then buffers.
  let matches: [Match]
  let way: Way

  /// - Parameter map: from tensors to parameters; `nil` to go by names, or else by order.
  init(_ entries: [SafeTensors.Entry], layout: ParameterLayout, buffers: ParameterLayout, map: [String: String]?) throws
  {
    let slices = layout.slices + buffers.slices
    let found: [SafeTensors.Entry]
    if let map {
      way = .map
      found = try ParameterMatching.mapped(entries, slices, map)
    } else {
      let byName = Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
      let named = slices.compactMap { byName[$0.name] }
      way = named.count == slices.count ? .name : .order
      found = named.count == slices.count ? named : try ParameterMatching.ordered(entries, slices)
    }
    matches = zip(slices, found).map { Match(slice: $0, entry: $1) }
    for match in matches where match.slice.shape.lengths != match.entry.shape {
      // A lone number may be written with or without an axis.
      if match.slice.shape.count == 1, match.entry.shape.allSatisfy({ $0 == 1 }) { continue }
      throw Refusal(message: unlike(match), hints: [expected(slices)])
    }
    if let match = matches.first(where: { !$0.entry.isFloatingPoint }) { throw Refusal(message: notFloating(match)) }
  }

  private static func mapped(
    _ entries: [SafeTensors.Entry], _ slices: [ParameterLayout.Slice], _ map: [String: String]
  ) throws -> [SafeTensors.Entry] {
    for (tensor, parameter) in map.sorted(by: { $0.key < $1.key }) {
      guard entries.contains(where: { $0.name == tensor }) else {
        throw Refusal(message: noTensor(tensor), hints: [has(entries)])
      }
      guard slices.contains(where: { $0.name == parameter }) else {
        throw Refusal(message: noParameter(parameter), hints: [expected(slices)])
      }
    }
    return try slices.map { slice in
      let tensors = map.filter { $0.value == slice.name }.keys.sorted()
      guard let tensor = tensors.first else { throw Refusal(message: unmapped(slice), hints: [has(entries)]) }
      guard tensors.count == 1 else { throw Refusal(message: mappedTwice(slice, tensors)) }
      return entries.first { $0.name == tensor }!
    }
  }

  private static func ordered(
    _ entries: [SafeTensors.Entry], _ slices: [ParameterLayout.Slice]
  ) throws -> [SafeTensors.Entry] {
    let hasGains = slices.contains { $0.role == .gain }
    var queues: [Part: [SafeTensors.Entry]] = [:]
    for entry in entries.sorted(by: { naturallyPrecedes($0.name, $1.name) }) {
      if let part = Part(entry, hasGains: hasGains) { queues[part, default: []].append(entry) }
    }
    for part in Part.allCases {
      let wanted = slices.filter { Part($0) == part }
      let given = queues[part] ?? []
      guard wanted.count == given.count else {
        throw Refusal(
          message: unequal(part, given.count, wanted.count), hints: [expected(slices), has(entries), useMap])
      }
    }
    return try slices.map { slice in
      guard let part = Part(slice) else { throw Refusal(message: unmapped(slice), hints: [has(entries), useMap]) }
      return queues[part]!.removeFirst()
    }
  }

  /// What a tensor is to a layer, as PyTorch names it.
  private enum Part: String, CaseIterable {
    case weight, bias, gain, slope, mean, variance

    init?(_ slice: ParameterLayout.Slice) {
      switch slice.role {
      case .weight, .embedding: self = .weight
      case .bias: self = .bias
      case .gain: self = .gain
      case .slope: self = .slope
      case .mean: self = .mean
      case .variance: self = .variance
      default: return nil
      }
    }

    init?(_ entry: SafeTensors.Entry, hasGains: Bool) {
      switch entry.name.split(separator: ".").last {
      case "weight" where entry.shape.count >= 2: self = .weight
      case "weight": self = entry.shape == [1] && !hasGains ? .slope : .gain
      case "bias": self = .bias
      case "running_mean": self = .mean
      case "running_var": self = .variance
      default: return nil
      }
    }
  }
}

/// Whether a name comes before another where numbers in them count as numbers: `2.weight` before `10.weight`.
func naturallyPrecedes(_ a: String, _ b: String) -> Bool {
  func pieces(_ text: String) -> [(number: Int, text: String)] {
    var result: [(number: Int, text: String)] = []
    var rest = text[...]
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      let other = rest.prefix { !($0.isASCII && $0.isNumber) }
      rest = rest.dropFirst(other.count)
      result.append((digits.isEmpty ? -1 : Int(digits) ?? .max, String(other)))
    }
    return result
  }
  let (first, second) = (pieces(a), pieces(b))
  for (x, y) in zip(first, second) where x != y { return x < y }
  return (first.count, a) < (second.count, b)
}

private let useMap = "say which is which with ‘map’, from names in the file to parameters of the model"
private func unlike(_ match: ParameterMatching.Match) -> String {
  "tensor ‘\(match.entry.name)’ is \(described(match.entry.shape)), but ‘\(match.slice.name)’ is "
    + described(match.slice.shape.lengths)
    + (match.entry.shape == match.slice.shape.lengths.reversed() ? "; the tensor is its transpose" : "")
}
private func notFloating(_ match: ParameterMatching.Match) -> String {
  "tensor ‘\(match.entry.name)’ has elements of type \(match.entry.type); parameters are floating-point: F64, F32, F16 "
    + "or BF16"
}
private func noTensor(_ name: String) -> String { "the file has no tensor ‘\(name)’" }
private func noParameter(_ name: String) -> String { "the model has no parameter ‘\(name)’" }
private func unmapped(_ slice: ParameterLayout.Slice) -> String {
  "no tensor is given for ‘\(slice.name)’, \(described(slice.shape.lengths))"
}
private func mappedTwice(_ slice: ParameterLayout.Slice, _ tensors: [String]) -> String {
  "‘\(slice.name)’ is mapped to by \(tensors.joined(separator: " and "))"
}
private func unequal(_ part: some RawRepresentable<String>, _ given: Int, _ wanted: Int) -> String {
  "the file has \(given) tensors that look like a \(part.rawValue), but the model has \(wanted)"
}
private func expected(_ slices: [ParameterLayout.Slice]) -> String {
  "the model has: \(list(slices.map { "\($0.name) \(described($0.shape.lengths))" }))"
}
private func has(_ entries: [SafeTensors.Entry]) -> String {
  "the file has: \(list(entries.map { "\($0.name) \(described($0.shape))" }))"
}
private func list(_ items: [String]) -> String {
  items.isEmpty ? "nothing" : items.prefix(12).joined(separator: ", ") + (items.count > 12 ? ", …" : "")
}
func described(_ shape: [Int]) -> String {
  shape.isEmpty ? "a number" : shape.map(String.init).joined(separator: "×")
}
