import Diagnostics
public import Networks
public import Specs

/// Makes a layer for a network whose data ask for so many outputs.
public typealias LayerMaker = @Sendable (Values, _ outputs: Int) throws -> any Layer

/// Every layer that a list of layers can name.
public let layerCatalog: MakerCatalog<LayerMaker> = MakerCatalog(
  "layer",
  [
    linearEntry,
    convEntry,
    maxPoolEntry,
    averagePoolEntry,
    globalAverageEntry,
    flattenEntry,
    batchNormEntry,
    layerNormEntry,
    dropoutEntry,
    embeddingEntry,
    patchesEntry,
    positionsEntry,
    attentionEntry,
    encoderEntry,
    basicBlockEntry,
  ] + activationEntries + [residualEntry])

/// The layers of a list.
func chain(_ list: [Resolved], outputs: Int) throws -> Chain {
  Chain(
    try list.enumerated().map { index, item in
      do {
        return try layerCatalog.maker(of: item.asEntry)(item.asEntry.values, outputs)
      } catch var misfit as Misfit {
        misfit.path.insert(index, at: 0)
        throw misfit
      }
    })
}

/// Where the layer stands that a misfit is about: as far down nested lists as its path goes.
func place(of misfit: Misfit, in list: [Resolved]) -> Place? {
  guard let index = misfit.path.first, index < list.count else { return nil }
  var inner = misfit
  inner.path.removeFirst()
  let values = list[index].asEntry.values
  if values.all["layers"] != nil, let place = place(of: inner, in: values.list("layers")) { return place }
  return list[index].place
}
