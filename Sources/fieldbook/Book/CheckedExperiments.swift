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
    let digests = DataDigests(rememberedAt: store.digests)
    let names = folder.settings.profiles.map(\.name)
    let fences = folder.inOrder.flatMap(\.body.fences)
    func plan(_ profile: Profile, _ found: inout [Diagnostic]) -> Plan {
      let declarations = Declarations(fences, kinds: kinds, profile: profile, among: names, into: &found)
      return Plan(declarations, surroundings: folder.surroundings, digest: { digests.digest(of: $0) }, into: &found)
    }
    for profile in folder.settings.profiles { found += profile.check(against: kinds) }
    written = plan(.full, &found)
    if profile.isFull || found.hasErrors {
      self.plan = written
    } else {
      self.plan = plan(profile, &found)
    }
    digests.save()
    diagnostics = found
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
