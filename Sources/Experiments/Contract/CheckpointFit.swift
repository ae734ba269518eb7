import Autodiff
import Tensors

extension Experiment {
  /// Why a model that starts from another run's checkpoint cannot: what is another there, with both sizes.
  func misfit(with upstream: any Experiment) -> String? {
    guard !upstream.layouts.isEmpty else { return "it keeps no checkpoint of a model" }
    for name in ["parameters", "buffers"] {
      let (ours, theirs) = (layouts[name]?.slices ?? [], upstream.layouts[name]?.slices ?? [])
      guard let difference = difference(ours, theirs) else { continue }
      let counts = [upstream, self].map { $0.layouts["parameters"]?.count ?? 0 }
      return "the checkpoint is of another model, of \(counts[0]) parameters where this one has \(counts[1]): "
        + difference
    }
    return nil
  }
}

/// The first slice that is not the same, in words.
private func difference(_ ours: [ParameterLayout.Slice], _ theirs: [ParameterLayout.Slice]) -> String? {
  for slice in ours {
    guard let other = theirs.first(where: { $0.name == slice.name }) else { return "it has no \(slice.name)" }
    if other.shape != slice.shape { return "its \(slice.name) is \(size(other)), not \(size(slice))" }
  }
  return theirs.first { slice in !ours.contains { $0.name == slice.name } }.map { "this one has no \($0.name)" }
}

private func size(_ slice: ParameterLayout.Slice) -> String {
  slice.shape.rank == 0 ? "one number" : slice.shape.lengths.map(String.init).joined(separator: "×")
}
