import Datasets
import Specs
import Synchronization

/// Data sets that runs of this process have loaded: many runs share one, and reading it takes longer than a short run.
enum LoadedData {
  private static let loaded = Mutex<[String: Dataset]>([:])

  /// - Parameter key: says which data this is, files and options alike.
  static func dataset(_ source: any DataSource, key: String) throws(DataError) -> Dataset {
    // Loaded behind the lock: the runs that start together wait for one of them instead of each reading it.
    try loaded.withLock { (known: inout [String: Dataset]) throws(DataError) -> Dataset in
      if let dataset = known[key] { return dataset }
      let dataset = try source.load()
      known[key] = dataset
      return dataset
    }
  }
}
