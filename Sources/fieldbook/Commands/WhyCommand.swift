import ArgumentParser
import Runs

struct WhyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why", abstract: "Say why an experiment's runs are stored or have to run.",
    discussion: """
      EXAMPLES:
        fieldbook why init-study
      """)

  @Argument(help: "The experiment's id.")
  var id: String
  @OptionGroup var book: BookOption
  @OptionGroup var profile: ProfileOption

  func run() throws {
    try reporting { console throws(Failure) in
      let book = try CheckedExperiments(at: book.folder, kinds: allKinds, profile: profile.name, console: console)
      try book.require(id, console: console)
      console.output(book.why(id))
    }
  }
}

extension CheckedExperiments {
  /// The reasons of an experiment's runs, each once, with the runs it holds for.
  func why(_ id: String) -> String {
    var groups: [(reason: String, runs: [PlannedRun])] = []
    for run in plan[id]!.runs {
      let reason = inWords(run.reason(store: store))
      if let index = groups.firstIndex(where: { $0.reason == reason }) {
        groups[index].runs.append(run)
      } else {
        groups.append((reason, [run]))
      }
    }
    return groups.map { reason, runs in
      let names = runs.count <= 3 ? runs.map(\.name).joined(separator: ", ") : "\(runs.count) runs of \(id)"
      return "\(names): \(reason)\n"
    }.joined()
  }
}

private func inWords(_ reason: Reason) -> String {
  switch reason {
  case .stored: "stored, nothing changed"
  case .new: "never ran"
  case .lost: "nothing changed, but the stored result is gone or damaged"
  case .changed(let changes):
    "changed since the last run" + changes.map { "\n  \($0.description)" }.joined()
  }
}
