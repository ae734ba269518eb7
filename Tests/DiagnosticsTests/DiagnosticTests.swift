import Diagnostics
import Testing

@Suite struct DiagnosticTests {
  let place = Place(file: "a.md", line: 1, column: 1)

  @Test func `Only errors stop a build`() {
    #expect(![Diagnostic]().hasErrors)
    #expect(![Diagnostic(.warning, at: place, "w"), Diagnostic(.note, at: nil, "n")].hasErrors)
    #expect([Diagnostic(.warning, at: place, "w"), Diagnostic(at: place, "e")].hasErrors)
  }

  @Test func `One message can be thrown as an error`() {
    #expect(
      DiagnosticError(at: place, "no", hints: ["yes"]).diagnostics == [
        Diagnostic(.error, at: place, "no", hints: ["yes"])
      ])
  }
}
