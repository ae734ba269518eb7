import Experiments
import Specs
import Tables
import Testing

/// Rules for losses of models: tested on data.
private let needsOutputs: Set = ["sophia-g", "natural-gradient"]

struct CatalogTests {
  @Test("Every default of every entry reads, and every name is kebab-case and stands once")
  func defaults() {
    for catalog in [
      optimizerCatalog.catalog, initializerCatalog.catalog, modelCatalog.catalog, datasetCatalog.catalog,
      functionCatalog.catalog, scheduleCatalog.catalog, Catalog("kind", kinds.map(\.entry)),
    ] {
      #expect(Set(catalog.names).count == catalog.names.count)
      for entry in catalog.entries {
        #expect(entry.name.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" })
        #expect(!entry.doc.isEmpty)
        #expect(Set(entry.options.map(\.name)).count == entry.options.count)
      }
    }
  }

  @Test(
    "Every optimizer moves downhill on a bowl with its defaults",
    arguments: optimizerCatalog.catalog.names.filter { !needsOutputs.contains($0) })
  func optimizers(_ name: String) throws {
    let runs = try run(
      descendKind, "function: quadratic\noptimizer: \(name)\nstart: [1, -1]\nsteps: 50\n"
    ).tables[0]
    #expect(runs["loss"]!.number(0)! < 1)
    #expect(runs["diverged"]!.number(0) == 0)
  }

  @Test(
    "Every initializer starts a network with finite weights, or says what it needs",
    arguments: initializerCatalog.catalog.names)
  func initializers(_ name: String) throws {
    let yaml = "model: {mlp: {hidden: [12, 7]}}\ninit: \(name)\ninputs: 9\noutputs: 3\nsamples: 4\n"
    if let refusal = try messages(initializeKind, yaml).first {
      #expect(refusal.contains("residual branches") || refusal.contains("attention"))
      return
    }
    let runs = try run(initializeKind, yaml).tables[0]
    #expect(runs["weight-deviation"]!.number(0)!.isFinite)
    #expect(runs["spectral-norm"]!.number(0)!.isFinite)
  }
}
