import ArgumentParser

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run experiments, and what they start from, where results are not stored.",
    discussion: """
      EXAMPLES:
        fieldbook run init-study
        fieldbook run init-study optimizer-race -j 2
      """)

  @Argument(help: "The experiments' ids.")
  var ids: [String]
  @OptionGroup var book: BookOption
  @OptionGroup var profile: ProfileOption
  @OptionGroup var workers: WorkersOption

  func run() throws {
    try reporting { console throws(Failure) in
      let book = try CheckedExperiments(at: book.folder, kinds: allKinds, profile: profile.name, console: console)
      for id in ids { try book.require(id, console: console) }
      try book.run(only: Set(ids), workers: workers.count, console: console)
    }
  }
}
