import Datasets
import Specs
import Synchronization

/// Data sets that runs of this process have loaded: many runs share one, and reading it takes longer than a short run.
enum LoadedData {
  private static let loaded = Mutex<[String: Dataset]>([:])

  /// - Parameter key: says which data this is, files and options alike.
  static func dataset(_ source: any DataSource, key: String) throws(DataError) -> Dataset {
    if let dataset = loaded.withLock({ $0[key] }) { return dataset }
    let dataset = try source.load()
    loaded.withLock { $0[key] = dataset }
    return dataset
  }
}
