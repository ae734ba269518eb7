// swift-tools-version: 6.2
import PackageDescription

/// Every module is built for x86-64-v3 (AVX2 and FMA): without it fused multiply-add is a library call. Exclusive
/// access is checked by the compiler and in debug builds; checking it at run time too costs small steps a tenth.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-Xcc", "-march=haswell", "-enforce-exclusivity=unchecked"], .when(configuration: .release)),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Tests may read reference numbers from their folder `Fixtures` (see Tests/Fixtures).
func tests(_ name: String, _ dependencies: [Target.Dependency] = [], fixtures: Bool = false) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name), "Fixtures"] + dependencies,
    exclude: fixtures ? ["Fixtures"] : [], swiftSettings: strict)
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "fieldbook",
  products: [.executable(name: "fieldbook", targets: ["fieldbook"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
  ],
  targets: [
    // C libraries, as Debian packages them.
    .systemLibrary(name: "COpenBLAS", path: "Sources/C/COpenBLAS"),
    .target(
      name: "COneDNN", path: "Sources/C/COneDNN", linkerSettings: [.linkedLibrary("dnnl"), .linkedLibrary("gomp")]),
    .systemLibrary(name: "CZlib", path: "Sources/C/CZlib", pkgConfig: "zlib"),
    .systemLibrary(name: "CCMark", path: "Sources/C/CCMark", pkgConfig: "libcmark"),
    .systemLibrary(name: "CDuktape", path: "Sources/C/CDuktape", pkgConfig: "duktape"),
    .systemLibrary(name: "CCrypto", path: "Sources/C/CCrypto", pkgConfig: "libcrypto"),
    .systemLibrary(name: "CRename", path: "Sources/C/CRename"),

    // The engine: it has never heard of a book.
    module("Tensors", ["COpenBLAS", "COneDNN"]),
    module("Autodiff", ["Tensors"]),
    module("Networks", ["Autodiff", "Tensors"]),
    module("Optimizers", ["Autodiff", "Tensors"]),
    module("Landscapes", ["Autodiff", "Tensors"]),
    module("Datasets", ["Tensors", "Diagnostics", "Tables", "CZlib"]),

    // What is said about a book, and what leaves the laboratory.
    module("Diagnostics"),
    module("Specs", ["Diagnostics", yams]),
    module("Tables"),
    module("Markup"),

    // The book: it has never heard of a tensor.
    module("Notebook", ["CCMark", "Markup", "Diagnostics"]),
    module("Charts", ["Markup", "Specs", "Diagnostics", "Tables"]),
    module("Pages", ["Markup", "Notebook", "Charts", "Tables", "Diagnostics", "CDuktape", mustache]),

    // Where they meet.
    module(
      "Experiments",
      [
        "Tensors", "Autodiff", "Networks", "Optimizers", "Landscapes", "Datasets",
        "Specs", "Tables", "Diagnostics",
      ]),
    module("Runs", ["Experiments", "Specs", "Notebook", "Tables", "Diagnostics", "CCrypto"]),
    .executableTarget(
      name: "fieldbook",
      dependencies: [
        "Diagnostics", "Specs", "Tables", "Markup", "Notebook", "Charts", "Pages", "Experiments", "Runs",
        "CRename", arguments,
      ],
      swiftSettings: strict),

    // Reading reference numbers and texts with marked places, for all tests.
    .target(name: "Fixtures", dependencies: ["Diagnostics"], path: "Tests/Fixtures", swiftSettings: strict),

    .executableTarget(
      name: "fieldbook-bench",
      dependencies: ["Tensors", "Autodiff", "Networks", "Optimizers", "Landscapes", "Datasets"],
      path: "Sources/Benchmarks", swiftSettings: strict),

    tests("Tensors", fixtures: true),
    tests("Autodiff", ["Tensors"], fixtures: true),
    tests("Networks", ["Autodiff", "Tensors"], fixtures: true),
    tests("Optimizers", ["Autodiff", "Tensors"], fixtures: true),
    tests("Landscapes", ["Autodiff", "Tensors"], fixtures: true),
    tests("Datasets", ["Tensors", "Diagnostics"], fixtures: true),
    tests("Diagnostics"),
    tests("Specs", ["Diagnostics"]),
    tests("Tables"),
    tests("Markup"),
    tests("Notebook", ["Markup", "Diagnostics"]),
    tests("Charts", ["Markup", "Specs", "Diagnostics", "Tables"]),
    tests("Pages", ["Markup", "Notebook", "Charts", "Tables", "Diagnostics"]),
    tests(
      "Experiments", ["Specs", "Tables", "Diagnostics", "Tensors", "Networks", "Optimizers", "Datasets", "Autodiff"],
      fixtures: true),
    tests("Runs", ["Tensors", "Experiments", "Specs", "Notebook", "Tables", "Diagnostics"]),
    tests("fieldbook", ["Diagnostics", "Notebook", "Experiments", "Runs", "Specs", "Tables"]),
  ]
)
