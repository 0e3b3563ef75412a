// swift-tools-version: 6.2
import PackageDescription

// OpenBLAS and LAPACK come from the system: `libopenblas-dev` and
// `liblapacke-dev` on Debian and Ubuntu, `openblas` from Homebrew on macOS,
// where it also contains LAPACKE.
let linearAlgebra: [LinkerSetting] = [
  .linkedLibrary("lapacke", .when(platforms: [.linux])),
  .linkedLibrary("m", .when(platforms: [.linux])),
]

let package = Package(
  name: "swift-optimization",
  platforms: [.macOS(.v15)],
  // `optimize` and `benchmarks` are products too, those of their executable
  // targets, but are not named here: a client resolves the dependencies of all
  // named products, and the libraries need swift-numerics alone, CurveFitting
  // and Models SwiftCSV too.
  products: [
    .library(name: "Matrix", targets: ["Matrix"]),
    .library(name: "Differentiation", targets: ["Differentiation"]),
    .library(name: "Optimization", targets: ["Optimization"]),
    .library(name: "CurveFitting", targets: ["CurveFitting"]),
    .library(name: "Models", targets: ["Models"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-numerics", from: "1.1.1"),
    .package(
      url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(
      url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CBLAS",
      pkgConfig: "openblas",
      providers: [
        .apt(["libopenblas-dev", "liblapacke-dev"]),
        .brew(["openblas"]),
      ]),
    .target(
      name: "Matrix",
      dependencies: [
        "CBLAS",
        .product(name: "RealModule", package: "swift-numerics"),
      ],
      linkerSettings: linearAlgebra),
    .target(
      name: "Differentiation",
      dependencies: [
        "CBLAS",
        "Matrix",
        .product(name: "RealModule", package: "swift-numerics"),
      ]),
    .target(
      name: "Optimization",
      dependencies: [
        "Differentiation", "Matrix", "Presentation", "RandomNumbers",
      ]),
    .target(
      name: "CurveFitting",
      dependencies: [
        "DataFiles",
        "Differentiation",
        "Matrix",
        "Optimization",
        "Presentation",
      ]),
    .target(
      name: "Models",
      dependencies: [
        "CBLAS",
        "DataFiles",
        "Matrix",
        "Optimization",
        "Presentation",
        "RandomNumbers",
      ]),
    .target(name: "DataFiles", dependencies: ["SwiftCSV"]),
    .target(name: "RandomNumbers"),
    .target(name: "Presentation"),
    .target(
      name: "ProblemSets",
      dependencies: [
        "Differentiation", "Models", "Optimization", "RandomNumbers",
      ],
      resources: [.copy("Data")]),
    .executableTarget(
      name: "optimize",
      dependencies: [
        "Matrix",
        "Optimization",
        "Presentation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .executableTarget(
      name: "benchmarks",
      dependencies: [
        "CReference",
        "Differentiation",
        "Models",
        "Optimization",
        "Presentation",
        "ProblemSets",
        "RandomNumbers",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks",
      exclude: ["CReference"],
      resources: [.copy("Peers")]),
    .target(
      name: "CReference",
      dependencies: ["CBLAS"],
      path: "Benchmarks/CReference"),
    .target(name: "AllocationCounter", path: "Tests/AllocationCounter"),
    .target(
      name: "TestSupport",
      dependencies: ["AllocationCounter", "Matrix", "RandomNumbers"],
      path: "Tests/TestSupport"),
    .testTarget(
      name: "MatrixTests",
      dependencies: ["Matrix", "CBLAS", "TestSupport", "AllocationCounter"]),
    .testTarget(
      name: "DifferentiationTests",
      dependencies: ["Differentiation", "ProblemSets", "TestSupport"]),
    .testTarget(
      name: "OptimizationTests",
      dependencies: ["Models", "Optimization", "ProblemSets", "TestSupport"],
      resources: [.copy("Stochastic/Golden/Data")]),
    .testTarget(
      name: "ProblemSetsTests",
      dependencies: ["Models", "ProblemSets", "TestSupport"]),
    .testTarget(
      name: "CurveFittingTests",
      dependencies: [
        "CurveFitting", "DataFiles", "ProblemSets", "TestSupport",
      ]),
    .testTarget(
      name: "ModelsTests",
      dependencies: [
        "CBLAS", "DataFiles", "Differentiation", "Models", "ProblemSets",
        "TestSupport",
      ],
      resources: [.copy("Golden")]),
    .testTarget(name: "PresentationTests", dependencies: ["Presentation"]),
    .testTarget(
      name: "OptimizeTests",
      dependencies: ["optimize", "Optimization"]),
    .testTarget(
      name: "BenchmarksTests",
      dependencies: ["benchmarks", "TestSupport"]),
  ],
  swiftLanguageModes: [.v6]
)
