import Diagnostics
import Specs

/// The experiments with upstream before downstream; those on a cycle, or that refer to nothing, are left out.
///
/// - Parameter broken: experiments that were declared but cannot run: whoever starts from one cannot either.
func orderedByUpstream(
  _ drafts: [Draft], broken: inout Set<String>, into diagnostics: inout [Diagnostic]
) -> [Draft] {
  let byID = Dictionary(uniqueKeysWithValues: drafts.map { ($0.declaration.id, $0) })
  let ids = drafts.map(\.declaration.id) + broken.sorted()
  var done: Set<String> = []
  var ordered: [Draft] = []

  /// Visits what an experiment starts from, then the experiment. `path`: how we came here.
  func visit(_ draft: Draft, path: [String]) {
    let id = draft.declaration.id
    guard !done.contains(id), !broken.contains(id) else { return }
    var isBroken = !draft.isSound
    for pointer in draft.pointers {
      let (name, place) = (pointer.reference.id, pointer.reference.place)
      if let start = (path + [id]).firstIndex(of: name) {
        diagnostics.append(Diagnostic(at: place, cycle(Array((path + [id])[start...]) + [name])))
        isBroken = true
      } else if let upstream = byID[name] {
        visit(upstream, path: path + [id])
        isBroken = isBroken || broken.contains(name)
      } else {
        if !broken.contains(name) {
          diagnostics.append(Diagnostic(at: place, unknownExperiment(name), hints: suggestion(for: name, among: ids)))
        }
        isBroken = true
      }
    }
    if isBroken {
      broken.insert(id)
    } else if done.insert(id).inserted {
      ordered.append(draft)
    }
  }
  for draft in drafts { visit(draft, path: []) }
  return ordered
}

func unknownExperiment(_ id: String) -> String { "there is no experiment ‘\(id)’" }
private func cycle(_ path: [String]) -> String {
  path.count == 2
    ? "experiment ‘\(path[0])’ starts from itself"
    : "these experiments start from each other: \(path.joined(separator: " → "))"
}
