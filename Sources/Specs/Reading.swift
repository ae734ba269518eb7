public import Diagnostics

extension Spec {
  /// Reads this map against declared options: types checked, defaults filled in, unknown keys said.
  ///
  /// Always returns a value for every option that could be read; `diagnostics` gets every problem found.
  /// - Returns: `nil` when a value is missing that the caller cannot do without.
  public func read(_ options: [Option], owner: String, into diagnostics: inout [Diagnostic]) -> Values? {
    switch value {
    case .map, .null: break
    default:
      diagnostics.append(Diagnostic(at: place, wrongType("a map of options", self)))
      return nil
    }
    let names = options.map(\.name)
    for entry in entries where !names.contains(entry.key) {
      diagnostics.append(
        Diagnostic(at: entry.keyPlace, unknownKey(entry.key, owner), hints: suggestion(for: entry.key, among: names)))
    }
    var values: [String: Resolved] = [:]
    var whole = true
    for option in options {
      if let written = self[option.name], written.value != .null || option.isRequired {
        if let value = written.resolve(as: option.type, into: &diagnostics) {
          values[option.name] = value
        } else {
          whole = false
        }
      } else {
        switch option.fallback {
        case .absent: values[option.name] = Resolved(.absent, at: place)
        case .yaml(let yaml):
          guard let spec = try? Spec.parse(yaml, at: place),
            var value = spec.relocated(to: place).resolve(as: option.type, into: &diagnostics)
          else { preconditionFailure("the default of ‘\(option.name)’ in \(owner) does not read: \(yaml)") }
          value.isWritten = false
          values[option.name] = value
        case .required:
          diagnostics.append(Diagnostic(at: place, missingKey(option, owner)))
          whole = false
        }
      }
    }
    return whole ? Values(values) : nil
  }

  /// Reads this value as a type; `nil` and a diagnostic when it does not fit.
  public func resolve(as type: OptionType, into diagnostics: inout [Diagnostic]) -> Resolved? {
    func refuse(_ message: String, hints: [String] = []) -> Resolved? {
      diagnostics.append(Diagnostic(at: place, message, hints: hints))
      return nil
    }
    switch type {
    case .number(let atLeast, let above, let atMost, let below):
      guard case .scalar(let text, false) = value, let number = decimal(text) else {
        return refuse(wrongType("a number", self))
      }
      if let atLeast, number < atLeast { return refuse(outside(text, "at least \(short(atLeast))")) }
      if let above, number <= above { return refuse(outside(text, "above \(short(above))")) }
      // Between 0 and 1 lie shares, which are easily written in percent.
      let isShare =
        (atLeast ?? above) == 0 && (atMost ?? below) == 1 && number > 1 && number < 100 && number == number.rounded()
      let hints = isShare ? ["if \(text) % is meant: \(short(number / 100))"] : []
      if let atMost, number > atMost { return refuse(outside(text, "at most \(short(atMost))"), hints: hints) }
      if let below, number >= below { return refuse(outside(text, "below \(short(below))"), hints: hints) }
      // −0 means 0.
      return Resolved(.number(number == 0 ? 0 : number), at: place)
    case .integer(let range):
      guard case .scalar(let text, false) = value, let number = Int(text) ?? decimal(text).flatMap(Int.init(exactly:))
      else { return refuse(wrongType("a whole number", self)) }
      guard range.contains(number) else { return refuse(outside(text, bounds(of: range))) }
      return Resolved(.integer(number), at: place)
    case .boolean:
      switch text {
      case "true", "yes": return Resolved(.boolean(true), at: place)
      case "false", "no": return Resolved(.boolean(false), at: place)
      default: return refuse(wrongType("true or false", self))
      }
    case .text:
      guard let text else { return refuse(wrongType("a text", self)) }
      return Resolved(.text(text), at: place)
    case .choice(let names):
      guard let text else { return refuse(wrongType("one of \(names.joined(separator: ", "))", self)) }
      guard names.contains(text) else {
        return refuse("‘\(text)’ is not valid here", hints: suggestion(for: text, among: names))
      }
      return Resolved(.text(text), at: place)
    case .list(let element, let count):
      guard case .list(let elements) = value else { return refuse(wrongType("a list", self)) }
      guard count.contains(elements.count) else { return refuse(wrongCount(elements.count, count)) }
      let values = elements.map { $0.resolve(as: element, into: &diagnostics) }
      return values.contains(nil) ? nil : Resolved(.list(values.compactMap(\.self)), at: place)
    case .entry(let catalog):
      return resolve(in: catalog, into: &diagnostics)
    case .options(let options):
      return read(options, owner: "this map", into: &diagnostics).map { Resolved(.options($0), at: place) }
    case .map(let type):
      guard case .map(let entries) = value else { return refuse(wrongType("a map", self)) }
      var values: [String: Resolved] = [:]
      for entry in entries { values[entry.key] = entry.value.resolve(as: type, into: &diagnostics) }
      return values.count == entries.count ? Resolved(.map(values), at: place) : nil
    case .either(let types):
      for type in types where type.fits(self) { return resolve(as: type, into: &diagnostics) }
      let near = text.flatMap { nearestSpelling(of: $0, among: types.flatMap(\.words)) }
      return refuse(
        wrongType(types.map(\.described).joined(separator: " or "), self),
        hints: near.map { ["did you mean ‘\($0)’?"] } ?? [])
    case .reference:
      guard case .scalar(let text, let quoted) = value else {
        return refuse(wrongType("a reference such as ‘study[seed=1]@end’", self))
      }
      switch Reference.parse(text, at: quoted ? place.moved(lines: 0, columns: 1) : place) {
      case .success(let reference): return Resolved(.reference(reference), at: place)
      case .failure(let error):
        diagnostics += error.diagnostics
        return nil
      }
    }
  }

  private func resolve(in catalog: Catalog, into diagnostics: inout [Diagnostic]) -> Resolved? {
    let name: String
    let namePlace: Place
    var options = Spec(.map([]), at: place)
    switch value {
    case .scalar(let text, _): (name, namePlace) = (text, place)
    case .map(let entries) where entries.filter({ $0.key != "label" }).count == 1:
      let entry = entries.first { $0.key != "label" }!
      (name, namePlace, options) = (entry.key, entry.keyPlace, entry.value)
    default:
      diagnostics.append(
        Diagnostic(at: place, wrongType("one \(catalog.noun), such as ‘\(catalog.names.first ?? "name")’", self)))
      return nil
    }
    guard let entry = catalog[name] else {
      diagnostics.append(
        Diagnostic(
          at: namePlace, "there is no \(catalog.noun) ‘\(name)’", hints: suggestion(for: name, among: catalog.names)))
      return nil
    }
    // A lone value for an entry with one main option: `rosenbrock: {…}` stays a map, `constant: 0.1` is its first.
    if case .scalar = options.value, let first = entry.options.first {
      options = Spec(.map([Entry(key: first.name, keyPlace: namePlace, value: options)]), at: options.place)
    } else if case .list = options.value, let first = entry.options.first {
      options = Spec(.map([Entry(key: first.name, keyPlace: namePlace, value: options)]), at: options.place)
    }
    return options.read(entry.options, owner: "\(catalog.noun) ‘\(name)’", into: &diagnostics).map {
      Resolved(.entry(Selection(name: name, revision: entry.revision, values: $0)), at: place)
    }
  }

  /// The same tree with every place replaced: a default stands where it was left out.
  private func relocated(to place: Place) -> Spec {
    switch value {
    case .null, .scalar: Spec(value, at: place)
    case .list(let elements): Spec(.list(elements.map { $0.relocated(to: place) }), at: place)
    case .map(let entries):
      Spec(.map(entries.map { Entry(key: $0.key, keyPlace: place, value: $0.value.relocated(to: place)) }), at: place)
    }
  }
}

extension Option {
  fileprivate var isRequired: Bool { if case .required = fallback { true } else { false } }
}

extension OptionType {
  /// Whether what was written has the shape of this type, so that its own message is the one to give.
  fileprivate func fits(_ spec: Spec) -> Bool {
    switch (self, spec.value) {
    case (.number, .scalar(let text, false)), (.integer, .scalar(let text, false)): decimal(text) != nil
    case (.boolean, .scalar(let text, _)): ["true", "false", "yes", "no"].contains(text)
    case (.choice(let names), .scalar(let text, _)): names.contains(text)
    case (.text, .scalar), (.reference, .scalar): true
    case (.list, .list), (.map, .map), (.options, .map): true
    case (.entry, .scalar), (.entry, .map): true
    default: false
    }
  }

  /// The words that can be written for it.
  fileprivate var words: [String] {
    switch self {
    case .choice(let names): names
    case .entry(let catalog): catalog.names
    case .either(let types): types.flatMap(\.words)
    default: []
    }
  }

  /// What this is, for a reader: "a number above 0", "one of mean, sum".
  public var described: String {
    switch self {
    case .number(let atLeast, let above, let atMost, let below):
      "a number"
        + [
          atLeast.map { " at least \(short($0))" }, above.map { " above \(short($0))" },
          atMost.map { " at most \(short($0))" }, below.map { " below \(short($0))" },
        ].compactMap(\.self).joined(separator: ",")
    case .integer(Int.min...Int.max): "a whole number"
    case .integer(let range): "a whole number\(range.isOpen ? "," : "") \(bounds(of: range))"
    case .boolean: "true or false"
    case .text: "a text"
    case .choice(let names): "one of \(names.joined(separator: ", "))"
    case .list(let type, _): "a list, each \(type.described)"
    case .entry(let catalog): "one \(catalog.noun)"
    case .options(let options): "a map with \(options.map(\.name).joined(separator: ", "))"
    case .map(let type): "a map from names, each \(type.described)"
    case .either(let types): types.map(\.described).joined(separator: ", or ")
    case .reference: "a reference such as ‘study[seed=1]@end’"
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var isOpen: Bool { lowerBound == .min || upperBound == .max }
}

/// A finite number in decimal notation (Swift would also take `inf`, `nan` and `0x1p4`).
private func decimal(_ text: String) -> Double? {
  guard !text.contains(where: { $0 == "x" || $0 == "X" }), let number = Double(text), number.isFinite else {
    return nil
  }
  return number
}

private func short(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : "\(value)"
}

private func unknownKey(_ key: String, _ owner: String) -> String { "\(owner) has no option ‘\(key)’" }
private func missingKey(_ option: Option, _ owner: String) -> String {
  "\(owner) needs ‘\(option.name)’: \(option.type.described)"
}
private func outside(_ text: String, _ bound: String) -> String { "\(text) is out of range: it must be \(bound)" }
private func wrongCount(_ count: Int, _ range: ClosedRange<Int>) -> String {
  let wanted =
    range.lowerBound == range.upperBound
    ? "\(range.lowerBound)"
    : range.upperBound == .max ? "at least \(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  return "a list of \(count), but \(wanted) are needed"
}
private func bounds(of range: ClosedRange<Int>) -> String {
  range.lowerBound == .min
    ? "at most \(range.upperBound)"
    : range.upperBound == .max ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
}
private func wrongType(_ wanted: String, _ spec: Spec) -> String {
  let found =
    switch spec.value {
    case .null: "nothing"
    case .scalar(let text, _): "‘\(text)’"
    case .list: "a list"
    case .map: "a map"
    }
  return "expected \(wanted), found \(found)"
}
