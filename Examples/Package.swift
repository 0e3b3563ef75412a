// swift-tools-version: 6.2
import PackageDescription

// A package like a reader's own, with the library as its only dependency. Your
// own manifest has an address there instead of a path.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-optimization", path: "..")],
  targets: ["FirstSteps", "NewtonStep", "OwnObjective", "CheckpointResume"].map
  {
    .executableTarget(
      name: $0,
      dependencies: [
        .product(name: "Matrix", package: "swift-optimization"),
        .product(name: "Optimization", package: "swift-optimization"),
      ])
  },
  swiftLanguageModes: [.v6])
