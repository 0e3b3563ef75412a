extension Tensor: CustomStringConvertible {
  /// The numbers: of rank 0 one, of rank 1 and 2 as of ``Vector`` and
  /// ``Matrix``, of higher rank matrix by matrix over the first two axes, at most
  /// eight of them.
  public var description: String {
    switch rank {
    case 0: return "\(storage[layout.offset])"
    case 1: return Vector(self).description
    case 2: return Matrix(self).description.replacing("matrix", with: "tensor")
    default: break
    }
    var lines = ["\(shape.text) tensor"]
    let stack = reshaped([shape[0], shape[1], shape[2...].reduce(1, *)])
    let matrices = count == 0 ? 0 : stack.shape[2]
    for s in 0..<Swift.min(matrices, 8) {
      lines.append("[:, :, \(outerIndices(s))]")
      let matrix = Matrix(stack[0..., 0..., s]).description
      lines += matrix.split(separator: "\n").dropFirst().map(String.init)
    }
    if matrices > 8 { lines.append("… (\(matrices - 8) more)") }
    return lines.joined(separator: "\n")
  }

  /// The indices of matrix s on the axes from the third on.
  private func outerIndices(_ s: Int) -> String {
    var rest = s
    return shape[2...].map { extent in
      defer { rest /= extent }
      return "\(rest % extent)"
    }.joined(separator: ", ")
  }
}
