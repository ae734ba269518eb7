public import Diagnostics
public import Experiments
import Specs

/// A smaller version of a book, for a first look or for continuous integration: fewer seeds, and options that are at
/// most so large. `full` is the book as it is written.
///
/// What a profile changes are options like any other, and so part of a result's identity.
public struct Profile: Sendable {
  /// An option that this profile bounds, where an experiment has it.
  public struct Bound: Sendable {
    /// Dotted, as in a sweep: `epochs`, `data.fashion-mnist.train`.
    public var path: String
    public var most: Double
    public var place: Place

    public init(_ path: String, atMost most: Double, at place: Place) {
      self.path = path
      self.most = most
      self.place = place
    }

    var steps: [String] { path.split(separator: ".").map(String.init) }
  }

  public var name: String
  /// How many of the values of a sweep over `seed` are taken, the first ones; `nil` takes all.
  public var seeds: Int?
  public var bounds: [Bound]

  public init(_ name: String, seeds: Int? = nil, bounds: [Bound] = []) {
    self.name = name
    self.seeds = seeds
    self.bounds = bounds
  }

  /// The book as it is written.
  public static let full = Profile("full")
  public var isFull: Bool { name == Profile.full.name }

  /// Says which bounds no kind of experiment has an option for.
  public func check(against kinds: [Kind]) -> [Diagnostic] {
    bounds.compactMap { bound in
      let isKnown = kinds.contains { (try? OptionPath(bound.steps, in: $0.entry.options)) != nil }
      guard !isKnown else { return nil }
      let names = kinds.flatMap { $0.entry.options.map(\.name) }.uniqued()
      return Diagnostic(
        at: bound.place, unknownBound(bound.path), hints: suggestion(for: bound.steps.first ?? "", among: names))
    }
  }
}

extension Spec {
  /// An experiment's fence under a profile: the book's bounds first, then what the fence itself says under `profiles:`.
  ///
  /// - Parameter names: of all the book's profiles.
  func under(
    _ profile: Profile, among names: [String], kind: CatalogEntry, into diagnostics: inout [Diagnostic]
  ) -> Spec {
    let own = self["profiles"]?.entries ?? []
    for entry in own where !names.contains(entry.key) || entry.key == Profile.full.name {
      let others = names.filter { $0 != Profile.full.name }
      diagnostics.append(
        Diagnostic(
          at: entry.keyPlace, entry.key == Profile.full.name ? fullIsAsWritten : unknownProfile(entry.key),
          hints: suggestion(for: entry.key, among: others)))
    }
    if let written = self["profiles"], own.isEmpty, written.value != .null {
      diagnostics.append(Diagnostic(at: written.place, notProfiles))
    }
    var result = profile.isFull ? self : bounded(by: profile, kind.options)
    for entry in own {
      let changed = result.changed(by: entry.value, kind: kind, into: &diagnostics)
      if entry.key == profile.name { result = changed }
    }
    return result
  }

  private func changed(by changes: Spec, kind: CatalogEntry, into diagnostics: inout [Diagnostic]) -> Spec {
    guard case .map(let entries) = changes.value else {
      diagnostics.append(Diagnostic(at: changes.place, notChanges))
      return self
    }
    var result = self
    for entry in entries {
      guard entry.key == "sweep" else {
        let isShared = Declaration.sharedKeys.contains(entry.key)
        if isShared, !Declaration.changeableKeys.contains(entry.key) {
          diagnostics.append(Diagnostic(at: entry.keyPlace, notAnOption(entry.key)))
        } else if !isShared, let mistake = OptionPath.mistake(in: entry, kind: kind) {
          diagnostics.append(mistake)
        } else {
          let path = entry.key.split(separator: ".").map(String.init)
          result = result.setting(path, to: entry.value, keyPlace: entry.keyPlace)
        }
        continue
      }
      guard case .map = entry.value.value else {
        diagnostics.append(Diagnostic(at: entry.value.place, notAxes))
        continue
      }
      for axis in entry.value.entries {
        guard self["sweep"]?.elements.contains(where: { $0[axis.key] != nil }) == true else {
          let axes = (self["sweep"]?.elements ?? []).flatMap { $0.entries.map(\.key) }
          diagnostics.append(
            Diagnostic(at: axis.keyPlace, noSuchAxis(axis.key), hints: suggestion(for: axis.key, among: axes)))
          continue
        }
        result = result.mappingAxes { $0.key == axis.key ? axis.value.elements : $0.value.elements }
      }
    }
    return result
  }

  private func bounded(by profile: Profile, _ options: [Option]) -> Spec {
    var result = self
    for bound in profile.bounds {
      let path = bound.steps
      guard (try? OptionPath(path, in: options)) != nil else { continue }
      result =
        result.bounded(path[...], type: .options(options), by: bound) ?? result
      result = result.mappingAxes { axis in
        let steps = axis.key.split(separator: ".").map(String.init)
        let values = axis.value.elements
        guard path.starts(with: steps), let type = (try? OptionPath(steps, in: options))?.type else { return values }
        if path.count > steps.count {
          return values.map {
            $0.bounded(path[steps.count...], type: type, by: bound) ?? $0
          }
        }
        let small = values.filter { $0.text.flatMap(Double.init).map { $0 <= bound.most } ?? true }
        return small.isEmpty ? Array(values.prefix(1)) : small
      }
    }
    guard let seeds = profile.seeds else { return result }
    return result.mappingAxes { axis in
      axis.key == "seed" ? Array(axis.value.elements.prefix(seeds)) : axis.value.elements
    }
  }

  /// This value with the number at a path made the bound where it is larger, by default too, or unbounded when left
  /// out; `nil` where nothing changes. The new number stands where the bound does.
  private func bounded(_ path: ArraySlice<String>, type: OptionType, by bound: Profile.Bound) -> Spec? {
    guard let step = path.first else {
      let isSmall = text.flatMap(Double.init).map { $0 <= bound.most } ?? (value != .null)
      let number = Int(exactly: bound.most).map(String.init) ?? "\(bound.most)"
      return isSmall ? nil : Spec(.scalar(number, quoted: false), at: bound.place)
    }
    func inside(_ options: [Option]) -> Spec? {
      guard let option = options.first(where: { $0.name == step }) else { return nil }
      var below = self[step] ?? Spec(.null, at: self.place)
      if below.value == .null, case .yaml(let yaml) = option.fallback {
        below = (try? Spec.parse(yaml, at: self.place)) ?? below
      }
      return below.bounded(path.dropFirst(), type: option.type, by: bound)
        .map { setting([step], to: $0, keyPlace: self.place) }
    }
    switch type {
    case .options(let options): return inside(options)
    case .entry(let catalog):
      guard let entry = catalog[step], text == step || self[step] != nil else { return nil }
      let below = self[step] ?? Spec(.null, at: self.place)
      return below.bounded(
        path.dropFirst(), type: .options(entry.options), by: bound
      ).map { setting([step], to: $0, keyPlace: self.place) }
    case .map(let type):
      return self[step].flatMap {
        $0.bounded(path.dropFirst(), type: type, by: bound)
      }.map { setting([step], to: $0, keyPlace: self.place) }
    case .either(let types):
      return types.lazy.compactMap { bounded(path, type: $0, by: bound) }.first
    default: return nil
    }
  }

  /// This fence with other values on the axes of its sweep.
  private func mappingAxes(_ values: (Entry) -> [Spec]) -> Spec {
    guard let sweep = self["sweep"] else { return self }
    func product(_ spec: Spec) -> Spec {
      guard case .map(let axes) = spec.value else { return spec }
      return Spec(
        .map(
          axes.map { axis in
            guard case .list = axis.value.value else { return axis }
            var axis = axis
            axis.value = Spec(.list(values(axis)), at: axis.value.place)
            return axis
          }), at: spec.place)
    }
    let changed: Spec =
      if case .list(let products) = sweep.value {
        Spec(.list(products.map(product)), at: sweep.place)
      } else {
        product(sweep)
      }
    return setting(["sweep"], to: changed, keyPlace: sweep.place)
  }
}

private func unknownBound(_ path: String) -> String { "no kind of experiment has an option ‘\(path)’" }
private func unknownProfile(_ name: String) -> String { "book.yml has no profile ‘\(name)’" }
private let fullIsAsWritten = "‘full’ is the experiment as it is written; only other profiles change it"
private let notProfiles = "‘profiles’ is a map from the names of profiles in book.yml to options"
private let notChanges = "what a profile changes is a map from options to values, such as {epochs: 1}"
private func notAnOption(_ key: String) -> String {
  "a profile changes options, not what a block is: ‘\(key)’ does not belong here"
}
private let notAxes = "what a profile changes of a sweep is a map from its axes to lists of values"
private func noSuchAxis(_ name: String) -> String { "the sweep has no axis ‘\(name)’ whose values could be replaced" }
