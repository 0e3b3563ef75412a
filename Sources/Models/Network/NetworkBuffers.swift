/// Numbers of a fixed count, of which nobody asks for more than a pointer.
final class Scratch {
  let start: UnsafeMutablePointer<Double>
  private let count: Int

  init(_ count: Int) {
    self.count = count
    start = .allocate(capacity: count)
    start.initialize(repeating: 0, count: count)
  }

  deinit {
    start.deinitialize(count: count)
    start.deallocate()
  }
}

/// A matrix of units × samples for each layer that has weights, from 1.
struct LayerBuffers {
  private let buffers: [Scratch]

  /// Room for a number of samples.
  init(_ architecture: NetworkArchitecture, samples: Int) {
    buffers = architecture.widths.dropFirst().map { Scratch($0 * samples) }
  }

  subscript(l: Int) -> UnsafeMutablePointer<Double> { buffers[l - 1].start }
}

/// What a Hessian-vector product needs beside the buffers of a gradient.
struct DirectionalBuffers {
  /// σ″(z).
  let curvatures: LayerBuffers
  /// R z, R a, and R of the derivative by z.
  let inputs: LayerBuffers
  let activations: LayerBuffers
  let derivatives: LayerBuffers

  init(_ architecture: NetworkArchitecture, samples: Int) {
    curvatures = LayerBuffers(architecture, samples: samples)
    inputs = LayerBuffers(architecture, samples: samples)
    activations = LayerBuffers(architecture, samples: samples)
    derivatives = LayerBuffers(architecture, samples: samples)
  }
}
