public import Datasets
public import Specs

/// Finds the files of a data set and looks at them, or says how it is made; throws a `DataError`.
public typealias DatasetMaker = @Sendable (Values, Surroundings) throws -> any DataSource

/// Every data set that a spec can name.
public let datasetCatalog = MakerCatalog<DatasetMaker>(
  "dataset",
  [
    fashionMNISTEntry, mnistEntry, cifar10Entry, cifar100Entry, colorShapesEntry, idxEntry, csvEntry, npyEntry,
    spiralsEntry, blobsEntry, rosenbrockEntry, gaussianProcessEntry, erfToyEntry, sineEntry,
  ])

typealias DatasetItem = MakerCatalog<DatasetMaker>.Item
