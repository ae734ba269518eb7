import Autodiff
import Diagnostics
import Specs

/// An experiment that surveys a loss: what it needs to say of data, checkpoints and options is what is surveyed says.
protocol Survey: Experiment {
  var surveyed: Surveyed { get }
}

extension Survey {
  var options: Values { surveyed.options }
  var book: Surroundings { surveyed.book }
  var moments: [Reference.Moment] { [] }
  var layouts: [String: ParameterLayout] { surveyed.layouts }
  var dataFiles: [String] { surveyed.dataFiles }
  func refusal(of upstream: any Experiment, option: String) -> String? { misfit(with: upstream) }

  /// This survey, or `nil` after adding what is wrong with it.
  func unless(_ refusals: [Diagnostic], _ diagnostics: inout [Diagnostic]) -> Self? {
    diagnostics += refusals
    return refusals.isEmpty ? self : nil
  }
}
