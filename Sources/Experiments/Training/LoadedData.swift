import Datasets
import Diagnostics
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

extension SharedOption {
  static func data(_ doc: String) -> Option { Option("data", .entry(datasetCatalog.catalog), .required, doc) }
}

extension Values {
  /// The source that `data` names; `nil` after saying why there is none.
  func dataSource(_ book: Surroundings, into diagnostics: inout [Diagnostic]) -> (any DataSource)? {
    let data = entry("data")
    do {
      return try datasetCatalog.maker(of: data)(data.values, book)
    } catch let error as DataError {
      diagnostics.append(error.diagnostic(at: place("data")))
    } catch let error as DiagnosticError {
      diagnostics += error.diagnostics
    } catch {
      diagnostics.append(Diagnostic(at: place("data"), "\(error)"))
    }
    return nil
  }

  /// Loads what `data` names.
  func dataset(from source: any DataSource, _ book: Surroundings) throws -> Dataset {
    do throws(DataError) {
      return try LoadedData.dataset(source, key: "\(book.seed) \(source.files) \(self["data"]!.canonical)")
    } catch {
      throw DiagnosticError([error.diagnostic(at: place("data"))])
    }
  }
}
