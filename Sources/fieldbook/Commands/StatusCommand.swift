import ArgumentParser
import Runs

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Say what is stored, what is stale, and how long that will take.",
    discussion: """
      EXAMPLES:
        fieldbook status
        fieldbook status my-book
      """)

  @Argument(help: "The book's folder.")
  var folder = "."
  @OptionGroup var profile: ProfileOption

  func run() throws {
    try reporting { console throws(Failure) in
      console.output(
        try CheckedExperiments(at: folder, kinds: allKinds, profile: profile.name, console: console).status())
    }
  }
}

extension CheckedExperiments {
  /// A line for each experiment, then the sum and the store's size.
  func status() -> String {
    let standing = Standing(plan, store: store)
    var text = terminalText(
      header: ["experiment", "kind", "stored", "to run", "takes about"],
      rows: standing.lines.map { line in
        [
          line.id, line.kind, "\(line.stored)",
          line.damaged > 0 ? "\(line.stale) (\(line.damaged) damaged)" : "\(line.stale)",
          line.stale == 0 ? "" : line.seconds.map { inWords(seconds: $0) } ?? "unknown",
        ]
      }, isNumeric: [false, false, true, true, false])
    if standing.lines.isEmpty { text = "no experiments\n" }
    let known = standing.lines.compactMap(\.seconds)
    let total = known.reduce(0, +)
    text += "\n\(standing.stored) runs stored, \(standing.stale) to run"
    if standing.stale > 0 {
      let isWhole = known.count == standing.lines.count
      text +=
        known.allSatisfy { $0 == 0 } && !isWhole
        ? " (they never ran before)"
        : ", about \(inWords(seconds: total)) of work\(isWhole ? "" : " and what never ran before")"
    }
    return text + "; the store holds \(inWords(bytes: Double(store.size)))\n"
  }
}
