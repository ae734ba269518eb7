import Diagnostics
import Specs

extension [Resolved] {
  /// The first reference that names what one before it has named, by its text; no moment is the end.
  var firstRepeated: Resolved? {
    func text(_ value: Resolved) -> String {
      var reference = value.asReference
      if !reference.isEveryEpoch { reference.moment = reference.moment ?? .end }
      return reference.description
    }
    return indices.first { index in self[..<index].contains { text($0) == text(self[index]) } }.map { self[$0] }
  }
}

extension Values {
  /// What is wrong where ‘from’ and ‘to’ name the same checkpoint: there is nothing between.
  var sameEnds: [Diagnostic] {
    guard let end = ["from", "to"].compactMap({ self[$0] }).firstRepeated else { return [] }
    return [Diagnostic(at: end.place, same(end.asReference))]
  }
}

private func same(_ reference: Reference) -> String {
  "‘from’ and ‘to’ are both ‘\(reference.description)’, and nothing lies between a checkpoint and itself"
}
