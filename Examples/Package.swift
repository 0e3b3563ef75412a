// swift-tools-version: 6.2
import PackageDescription

// A package like a reader's own, with the libraries as its only dependency. Your
// own manifest has an address there instead of a path.
let package = Package(
  name: "Examples",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "swift-optimization", path: "..")],
  targets: [
    "FirstSteps", "NewtonStep", "OwnObjective", "CheckpointResume",
    "CertifiedRegression", "DigitsNetwork", "SupportVectors", "Portfolio",
    "PreferencePolicy", "SafePolicy",
  ].map {
    .executableTarget(
      name: $0,
      dependencies: [
        "Matrix", "Differentiation", "Optimization", "CurveFitting", "Models",
      ].map { .product(name: $0, package: "swift-optimization") },
      exclude: $0 == "Portfolio" ? ["Data"] : [])
  },
  swiftLanguageModes: [.v6])
