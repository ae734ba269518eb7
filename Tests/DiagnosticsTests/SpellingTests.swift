import Diagnostics
import Testing

@Suite struct SpellingTests {
  private let optimizers = ["sgd", "adam", "adamw", "adagrad", "rmsprop", "lion", "kaiming-normal", "kaiming-uniform"]

  @Test(arguments: [
    ("sdg", "sgd"), ("Adam", "adam"), ("adamm", "adam"), ("adagard", "adagrad"), ("rmsporp", "rmsprop"),
    ("loin", "lion"),
    ("kaiming-nromal", "kaiming-normal"), ("kaiming", "kaiming-normal"), ("adam-w", "adamw"),
  ])
  func `A slip finds its word`(typed: String, meant: String) {
    #expect(nearestSpelling(of: typed, among: optimizers) == meant)
  }

  @Test(arguments: ["xyz", "momentum", "", "s", "qqqqqqqqqqqqqq"])
  func `A word that is nothing like any finds none`(typed: String) {
    #expect(nearestSpelling(of: typed, among: optimizers) == nil)
  }

  @Test func `The nearest wins, then the first`() {
    #expect(nearestSpelling(of: "adamw2", among: optimizers) == "adamw")
    #expect(nearestSpelling(of: "bat", among: ["cat", "hat", "bath"]) == "cat")
    #expect(nearestSpelling(of: "x", among: []) == nil)
  }

  @Test func `The hint names the nearest, or all`() {
    #expect(suggestion(for: "sdg", among: optimizers) == ["did you mean ‘sgd’?"])
    #expect(suggestion(for: "zzz", among: ["mean", "sum"]) == ["valid here: mean, sum"])
    #expect(suggestion(for: "zzz", among: []).isEmpty)
  }
}
