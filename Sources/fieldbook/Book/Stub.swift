import Experiments
func buildBook(at: String, output: String, kinds: [Kind], workers: Int, measurements: Bool, console: Console)
  throws(Failure)
{}
func checkBook(at: String, kinds: [Kind], console: Console) throws(Failure) {}
func brief(_ x: Double) -> String { "\(x)" }
