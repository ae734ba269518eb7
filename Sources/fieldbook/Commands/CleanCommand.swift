import ArgumentParser
import Experiments
import Runs

struct CleanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean", abstract: "Remove stored results.",
    discussion: """
      EXAMPLES:
        fieldbook clean --unused     keep what the book as it stands needs, in every profile
        fieldbook clean              remove everything; the next build runs every experiment
      """)

  @Argument(help: "The book's folder.")
  var folder = "."
  @Flag(help: "Keep the results that the book as it stands needs.")
  var unused = false

  func run() throws {
    try reporting { console throws(Failure) in
      console.note(try cleanBook(at: folder, unused: unused, kinds: allKinds, console: console))
    }
  }
}

/// Removes stored results and says how much went.
func cleanBook(at folder: String, unused: Bool, kinds: [Kind], console: Console) throws(Failure) -> String {
  let store = try BookFolder.store(at: folder)
  let before = store.size
  var needed: Set<Key> = []
  if unused {
    for profile in try BookFolder(folder).settings.profiles {
      needed.formUnion(
        try CheckedExperiments(at: folder, kinds: kinds, profile: profile.name, console: console).plan.keys)
    }
  }
  do throws(Store.Failure) {
    if unused {
      try store.removeAll(but: needed)
    } else {
      try store.removeAll()
    }
  } catch {
    throw .inputOutput(error.message)
  }
  return "removed \(inWords(bytes: Double(before - store.size)))"
}
