public import Diagnostics
public import Experiments
public import Notebook
public import Specs

/// What an `experiment` fence says, before its options are read.
public struct Declaration: Sendable {
  public var id: String
  /// The block that says all this.
  public var fence: Fence
  /// Where the id is written.
  public var place: Place
  public var kind: Kind
  /// Where the kind is written.
  public var kindPlace: Place
  /// The options of the kind: the fence without the keys that all experiments share.
  public var base: Spec
  public var sweep: Sweep
  /// The views under `show:`, for whoever draws them.
  public var views: [Spec]
  /// Seconds that one run may take.
  public var timeout: Limit?
  /// Bytes that one run may hold.
  public var memory: Limit?
  /// The version of the book that the options are of.
  public var profile: String

  /// The keys that all experiments share. They say what a block is, but for its sweep and how long and large it may be.
  public static let sharedKeys: Set = [
    "id", "kind", "sweep", "show", "timeout", "memory", "profiles", "label", "title",
  ]
  /// Those of them that a profile can change.
  static let changeableKeys: Set = ["sweep", "timeout", "memory"]
}

/// All experiments of a book, in its order.
public struct Declarations: Sendable {
  public var all: [Declaration] = []
  /// Experiments that have an id but cannot be planned: what refers to them is not wrong.
  public var broken: Set<String> = []

  public init() {}

  /// Reads the `experiment` fences of a book; other fences are passed over.
  ///
  /// - Parameters:
  ///   - profile: the version of the book.
  ///   - profiles: the names of all versions.
  public init(
    _ fences: [Fence], kinds: [Kind], profile: Profile = .full, among profiles: [String] = [],
    into diagnostics: inout [Diagnostic]
  ) {
    var places: [String: Place] = [:]
    for fence in fences where fence.language == .experiment {
      let spec: Spec
      do {
        spec = try Spec.parse(fence.text, at: fence.place)
      } catch {
        diagnostics += error.diagnostics
        continue
      }
      guard let (id, place) = spec.experimentID(into: &diagnostics) else { continue }
      if let first = places[id] {
        diagnostics.append(Diagnostic(at: place, duplicateID(id), hints: [otherPlace(first)]))
        continue
      }
      places[id] = place
      if let declaration = Declaration(
        spec, of: fence, id: id, place: place, kinds: kinds, profile: profile, among: profiles, into: &diagnostics)
      {
        all.append(declaration)
      } else {
        broken.insert(id)
      }
    }
  }
}

extension Spec {
  fileprivate func experimentID(into diagnostics: inout [Diagnostic]) -> (String, Place)? {
    guard case .map(let entries) = value, !entries.isEmpty else {
      diagnostics.append(Diagnostic(at: place, notAnExperiment))
      return nil
    }
    guard let written = self["id"] else {
      diagnostics.append(Diagnostic(at: place, missingID))
      return nil
    }
    guard let id = written.text, !id.isEmpty, id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
    else {
      diagnostics.append(Diagnostic(at: written.place, invalidID(written.label)))
      return nil
    }
    return (id, written.place)
  }
}

extension Declaration {
  /// Reads a fence whose id is known to be good; `nil` after adding at least one diagnostic.
  fileprivate init?(
    _ written: Spec, of fence: Fence, id: String, place: Place, kinds: [Kind], profile: Profile,
    among profiles: [String], into diagnostics: inout [Diagnostic]
  ) {
    let before = diagnostics.count
    let names = kinds.map(\.entry.name)
    guard let name = written["kind"] else {
      diagnostics.append(
        Diagnostic(at: written.place, missingKind(id), hints: ["kinds: \(names.joined(separator: ", "))"]))
      return nil
    }
    guard let kind = kinds.first(where: { $0.entry.name == name.text }) else {
      diagnostics.append(
        Diagnostic(at: name.place, unknownKind(name.label), hints: suggestion(for: name.label, among: names)))
      return nil
    }
    let spec = written.under(profile, among: profiles, kind: kind.entry, into: &diagnostics)
    let timeout = spec["timeout"].flatMap { $0.duration(into: &diagnostics) }
    let memory = spec["memory"].flatMap { $0.bytes(into: &diagnostics) }
    let sweep = Sweep(spec["sweep"], kind: kind.entry, into: &diagnostics)
    var views: [Spec] = []
    if let show = spec["show"], show.value != .null { views = show.elements }
    let base = spec.removing(Self.sharedKeys)
    if diagnostics.count > before {
      // What stands in the fence itself is still said, in the same go; options that a sweep would give are not missed.
      let lenient = kind.entry.options.map { Option($0.name, $0.type, $0.isRequired ? .absent : $0.fallback, $0.doc) }
      _ = base.read(lenient, owner: owner(kind), into: &diagnostics)
      return nil
    }
    self.init(
      id: id, fence: fence, place: place, kind: kind, kindPlace: name.place, base: base, sweep: sweep!, views: views,
      timeout: timeout, memory: memory, profile: profile.name)
  }
}

extension Option {
  var isRequired: Bool { if case .required = fallback { true } else { false } }
}

/// How messages name the owner of an experiment's options.
func owner(_ kind: Kind) -> String { "kind ‘\(kind.entry.name)’" }

private let notAnExperiment = "an experiment is a map with ‘id’, ‘kind’ and the options of that kind"
private let missingID = "this experiment has no ‘id’"
private func invalidID(_ id: String) -> String { "‘\(id)’ is not an id: use letters, digits and dashes" }
private func duplicateID(_ id: String) -> String { "there is already an experiment ‘\(id)’" }
private func otherPlace(_ place: Place) -> String {
  "the other one stands at \(place.file):\(place.line):\(place.column)"
}
private func missingKind(_ id: String) -> String { "experiment ‘\(id)’ has no ‘kind’" }
private func unknownKind(_ name: String) -> String { "there is no kind ‘\(name)’" }
