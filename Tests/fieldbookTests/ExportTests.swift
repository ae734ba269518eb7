import ArgumentParser
import Diagnostics
import Experiments
import Foundation
import Runs
import Specs
import Tables
import Testing

@testable import fieldbook

@Suite struct ExportTests {
  private let chapter = """
    # A

    ```experiment
    id: net
    kind: train
    data: {blobs: {points: 5}}
    model: {mlp: {hidden: [2]}}
    optimizer: {sgd: {lr: 0.1}}
    epochs: 12
    checkpoints: [epochs, end]
    sweep: {seed: [1, 2]}
    ```

    ```table
    id: tbl-net
    from: net
    rows: seed
    columns: [test-loss]
    caption: Losses.
    ```

    """

  private func built() throws -> TinyBook {
    let book = try TinyBook(["a.md": chapter])
    #expect(book.build() == 0)
    _ = book.said
    return book
  }

  private func export(_ book: TinyBook, _ reference: String, to file: String) throws {
    try book.experiments().export(reference, to: "\(book.folder)/\(file)", console: book.console)
  }

  private func message(_ book: TinyBook, _ reference: String, to file: String) -> String? {
    do {
      try export(book, reference, to: file)
      return nil
    } catch {
      guard case .diagnostics(let diagnostics)? = error as? Failure else { return nil }
      return diagnostics.first?.message
    }
  }

  @Test func `Parameters are written under their names, and come back as another run's start`() throws {
    let book = try built()
    try export(book, "net[seed=2]@epoch=10", to: "ten.safetensors")
    let bytes = try #require(FileManager.default.contents(atPath: book.folder + "/ten.safetensors"))
    let header = String(decoding: bytes.dropFirst(8).prefix(400), as: UTF8.self)
    #expect(
      header.hasPrefix("{\"linear-1.weight\": {\"dtype\": \"F32\", \"shape\": [2, 2], \"data_offsets\": [0, 16]}"))
    // What the run did next, from where the file stands: its loss before the first step is the loss after epoch 10.
    try book.write(
      "chapters/a.md",
      chapter + """
        ```experiment
        id: judged
        kind: evaluate
        data: {blobs: {points: 5}}
        model: {mlp: {hidden: [2]}}
        parameters: ten.safetensors
        ```

        """)
    #expect(book.build() == 0)
    let judged = try book.experiments().table(named: "judged", console: book.console)
    let epochs = try book.experiments().table(named: "net.epochs[seed=2, epoch=10]", console: book.console)
    #expect(judged["test-loss"]!.number(0) == epochs["test-loss"]!.number(0))
    // The file's bytes are part of the key.
    try export(book, "net[seed=1]@epoch=9", to: "ten.safetensors")
    #expect(try book.experiments().status().contains("1 to run"))
  }

  @Test func `Two files of parameters are compared by a sweep over them, as are two numbers of steps`() throws {
    let book = try built()
    for seed in 1...2 { try export(book, "net[seed=\(seed)]", to: "\(seed).safetensors") }
    try book.write(
      "chapters/a.md",
      chapter + """
        ```experiment
        id: judged
        kind: evaluate
        data: {blobs: {points: 5}}
        model: {mlp: {hidden: [2]}}
        sweep: {parameters: [1.safetensors, 2.safetensors]}
        ```

        ```experiment
        id: walks
        kind: descend
        function: beale
        optimizer: sgd
        start: [1, 1]
        sweep: {steps: [2, 3]}
        ```

        Loss `= judged.test-loss[parameters-option=2.safetensors]`, `= walks.steps[steps-option=3]` steps.

        """)
    #expect(book.build() == 0, "\(book.said)")
    let judged = try book.experiments().table(named: "judged", console: book.console)
    let ends = try book.experiments().table(named: "net", console: book.console)
    #expect((0..<2).map { judged["parameters-option"]?.text($0) } == ["1.safetensors", "2.safetensors"])
    #expect((0..<2).map { judged["test-loss"]?.number($0) } == (0..<2).map { ends["test-loss"]?.number($0) })
    let walks = try book.experiments().table(named: "walks", console: book.console)
    #expect((0..<2).map { walks["steps"]?.number($0) } == [2, 3])
    #expect(book.read("site/index.html")?.contains("<span class=\"number\">3</span> steps") == true)
  }

  @Test func `A table has no moment`() throws {
    let book = try built()
    #expect(message(book, "net@end", to: "a.csv") == "‘@end’ names a checkpoint, which a table has not")
    #expect(message(book, "net.epochs@epoch=3", to: "a.json") == "‘@epoch=3’ names a checkpoint, which a table has not")
    #expect(!book.exists("a.csv"))
  }

  @Test func `A profile's results are exported by its name`() throws {
    let book = try TinyBook(["a.md": chapter], settings: "title: T\nprofiles: {quick: {at-most: {epochs: 2}}}\n")
    try book.change("chapters/a.md", "checkpoints: [epochs, end]\n", "")
    #expect(book.build(profile: "quick") == 0, "\(book.said)")
    let command = try ExportCommand.parse(
      ["net.epochs[seed=1]", "\(book.folder)/quick.csv", "-C", book.folder, "--profile", "quick"])
    try command.run()
    #expect(book.read("quick.csv")?.split(separator: "\n").count == 1 + 2)
  }

  @Test func `A NumPy file holds the whole vector`() throws {
    let book = try built()
    try export(book, "net[seed=1]", to: "all.npy")
    let bytes = [UInt8](try #require(FileManager.default.contents(atPath: book.folder + "/all.npy")))
    #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8)))
    #expect(bytes.count == 128 + 4 * (2 * 2 + 2 + 2 * 3 + 3))
  }

  @Test func `Tables are written as CSV and JSON, and beside every view of the site`() throws {
    let book = try built()
    try export(book, "net.epochs[seed=1]", to: "epochs.csv")
    try export(book, "net.epochs[seed=1]", to: "epochs.json")
    let table = try book.experiments().table(named: "net.epochs[seed=1]", console: book.console)
    #expect(book.read("epochs.csv") == table.csv())
    let again = try Table(json: try #require(book.read("epochs.json")))
    #expect(again.columns.map(\.schema) == table.columns.map(\.schema))
    #expect(again.csv() == table.csv())
    let shown = try Table(json: try #require(book.read("site/data/tbl-net.json")))
    #expect(shown.csv() == book.read("site/data/tbl-net.csv"))
  }

  @Test func `Epochs come in the order of their numbers`() throws {
    let book = try built()
    let run = try #require(try book.experiments().plan["net"]?.runs.first)
    #expect(run.experiment.moments == (1...12).map { .epoch($0) } + [.end])
    #expect(run.name == "net[seed=1]")
    #expect(message(book, "net[seed=1]@epoch=13", to: "a.npy") == "net[seed=1] keeps no checkpoint @epoch=13")
  }

  @Test func `What cannot be exported is said`() throws {
    let book = try built()
    #expect(message(book, "net", to: "a.npy") == "2 runs match where one is needed")
    #expect(message(book, "nett", to: "a.npy") == "there is no experiment ‘nett’")
    #expect(message(book, "net[seed=3]", to: "a.npy") == "experiment ‘net’ has no run with seed = ‘3’")
    #expect(message(book, "net.epoch", to: "a.csv") == "experiment ‘net’ has no table ‘epoch’")
    #expect(message(book, "net[seed=1]", to: "a.pth")?.contains("should end in .safetensors or .npy") == true)
    _ = try cleanBook(at: book.folder, unused: false, kinds: kinds, console: book.console)
    #expect(message(book, "net[seed=1]", to: "a.npy") == "net[seed=1] is not stored")
    #expect(!book.exists("a.npy"))
  }
}
