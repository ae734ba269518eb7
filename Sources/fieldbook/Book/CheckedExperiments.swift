import Diagnostics
import Experiments
import Notebook
import Runs

/// A book's experiments, planned: all that `run`, `show`, `status` and `why` need.
struct CheckedExperiments {
  let folder: BookFolder
  /// The version of the book.
  let profile: Profile
  /// What runs.
  let plan: Plan
  /// The plan of the book as it is written: what chapters say is checked against it, whatever the profile leaves out.
  let written: Plan
  let store: Store
  var diagnostics: [Diagnostic]

  /// Plans whatever can be planned; what is wrong is in `diagnostics`.
  init(_ folder: BookFolder, kinds: [Kind], profile: Profile = .full) {
    self.folder = folder
    self.profile = profile
    store = folder.store
    var found = folder.diagnostics
    for profile in folder.settings.profiles { found += profile.check(against: kinds) }
    written = folder.plan(.full, kinds, into: &found)
    plan = profile.isFull || found.hasErrors ? written : folder.plan(profile, kinds, into: &found)
    diagnostics = found
  }

  /// What is wrong with the book in other versions only, each mistake once.
  func mistakesInProfiles(kinds: [Kind]) -> [Diagnostic] {
    folder.settings.profiles.reduce(into: []) { found, profile in
      var here: [Diagnostic] = []
      if !profile.isFull { _ = folder.plan(profile, kinds, into: &here) }
      let known = Set((diagnostics + found).map(\.place))
      found += here.filter { !known.contains($0.place) }.map {
        Diagnostic($0.severity, at: $0.place, $0.message, hints: $0.hints + [onlyWith(profile)])
      }
    }
  }

  /// Reads and plans; stops when anything is wrong.
  init(at path: String, kinds: [Kind], profile: String = Profile.full.name, console: Console) throws(Failure) {
    let folder = try BookFolder(path)
    console.know(folder.sources)
    self.init(folder, kinds: kinds, profile: try folder.profile(profile))
    if diagnostics.hasErrors { throw .diagnostics(diagnostics) }
    console.say(diagnostics)
  }

  /// Stops when there is no such experiment.
  func require(_ id: String, console: Console) throws(Failure) {
    guard plan[id] == nil else { return }
    throw .diagnostics([
      Diagnostic(at: nil, "there is no experiment ‘\(id)’", hints: suggestion(for: id, among: plan.ids))
    ])
  }

  /// Runs what is not stored; stops when something went wrong.
  @discardableResult
  func run(only ids: Set<String>? = nil, workers: Int, console: Console) throws(Failure) -> Report {
    let report: Report
    do {
      report = try plan.carryOut(only: ids, store: store, workers: workers, display: console.display)
    } catch {
      throw .inputOutput(error.message)
    }
    if report.wasInterrupted {
      console.say(report.diagnostics)
      throw .interrupted
    }
    if report.diagnostics.hasErrors { throw .diagnostics(report.diagnostics) }
    console.say(report.diagnostics)
    return report
  }
}

extension BookFolder {
  /// The runs of one version of the book.
  fileprivate func plan(_ profile: Profile, _ kinds: [Kind], into diagnostics: inout [Diagnostic]) -> Plan {
    let digests = DataDigests(rememberedAt: store.digests)
    defer { digests.save() }
    let declarations = Declarations(
      inOrder.flatMap(\.body.fences), kinds: kinds, profile: profile, among: settings.profiles.map(\.name),
      into: &diagnostics)
    return Plan(declarations, surroundings: surroundings, digest: { digests.digest(of: $0) }, into: &diagnostics)
  }
}

private func onlyWith(_ profile: Profile) -> String { "only with --profile \(profile.name)" }
