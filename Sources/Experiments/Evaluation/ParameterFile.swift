import Autodiff
import Datasets
import Diagnostics
import Networks
import Specs
import Tensors

/// Parameters that an author brings in a file.
struct ParameterFile {
  let matching: ParameterMatching
  private let file: SafeTensors
  private let place: Place
  private let parameters: Int

  static let option = Option(
    "parameters",
    .either([
      .text,
      .options([
        Option("file", .text, .required, "A safetensors file, relative to the book."),
        Option("map", .map(.text), .absent, "From names in the file to parameters of the model."),
      ]),
    ]), .absent,
    "A safetensors file with the model's parameters. Without a map its names are the model's, or else the k-th weight "
      + "(bias, …) of the file in the order of its names is the model's k-th.")

  /// The file that `parameters` names, looked at: `.some(nil)` when it names none, `nil` after saying what is wrong with
  /// it, or that there is another start beside it.
  static func find(
    _ options: Values, _ book: Surroundings, for model: Model, into diagnostics: inout [Diagnostic]
  ) -> ParameterFile?? {
    guard Start.isOne(options, &diagnostics) else { return nil }
    guard let option = options["parameters"] else { return .some(nil) }
    var (name, map) = ("", [String: String]?.none)
    switch option.value {
    case .options(let values):
      name = values.text("file")
      map = values["map"]?.asMap.mapValues(\.asText)
    default: name = option.asText
    }
    do {
      let file = try SafeTensors(book.absolute(name), name: name)
      let matching = try ParameterMatching(file.entries, layout: model.layout, buffers: model.buffers, map: map)
      return ParameterFile(matching: matching, file: file, place: option.place, parameters: model.layout.count)
    } catch let error as DataError {
      diagnostics.append(error.diagnostic(at: option.place))
    } catch let refusal as ParameterMatching.Refusal {
      diagnostics.append(Diagnostic(at: option.place, "\(name): \(refusal.message)", hints: refusal.hints))
    } catch {
      diagnostics.append(Diagnostic(at: option.place, "\(error)"))
    }
    return nil
  }

  /// Absolute: its digest is part of the key.
  var path: String { file.path }

  /// Reads parameters and buffers.
  func load() throws -> Start {
    do throws(DataError) {
      let values = try file.numbers(of: matching.matches.map(\.entry)).flatMap { $0.vector(Double.self).array }
      return Start(parameters: Array(values[..<parameters]), buffers: Array(values[parameters...]))
    } catch {
      throw DiagnosticError([error.diagnostic(at: place)])
    }
  }
}
