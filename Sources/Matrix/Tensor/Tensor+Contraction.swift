// Contraction is a matrix product in disguise. The axes of each operand fall
// into groups: free (kept from one operand), contracted (in both, summed over),
// and batch (in both and kept). With every group merged into one axis the
// operands are the stacks m×k×s and k×n×s, which gemm multiplies. Permuting and
// splitting axes are views; merging is one too wherever a group's axes lie
// behind one another, so that they are taken in the order of their strides.
// Otherwise the operand is copied once, O(size) beside the product's O(mnks).

/// The sum over the axes named in both operands and not in the result:
/// `contract(a, "ij", b, "jk", into: "ik")` is the matrix product
/// cᵢₖ = Σⱼ aᵢⱼ bⱼₖ.
///
/// Each character names an axis. A name in both operands and in the result stays and
/// pairs the operands up (a batch axis); a name in one operand that the result
/// leaves out is summed over.
///
///     contract(x, "i", y, "j", into: "ij")     // outer product
///     contract(a, "ijs", b, "jks", into: "iks") // products of two stacks
///     contract(a, "ij", b, "ij", into: "")      // scalar product
///
/// - Precondition: one name per axis, different within each list; every name of the
///   result is in an operand; axes of one name have one extent.
/// - Complexity: 2mnks flops for free extents m and n, contracted extent k, and
///   batch extent s. The result may be a permuted view of its storage.
@inlinable
public func contract<Scalar: BLASScalar>(
  _ a: Tensor<Scalar>, _ namesA: String, _ b: Tensor<Scalar>,
  _ namesB: String, into names: String
) -> Tensor<Scalar> {
  let (namesA, namesB, names) = (Array(namesA), Array(namesB), Array(names))
  checkNames(namesA, a.shape)
  checkNames(namesB, b.shape)
  checkResult(names, namesA, a.shape, namesB, b.shape)

  // What neither the other operand nor the result has is summed first.
  let (a, keptA) = a.summing(namesA) {
    namesB.contains($0) || names.contains($0)
  }
  let (b, keptB) = b.summing(namesB) {
    namesA.contains($0) || names.contains($0)
  }

  let orderedA = a.namesByStride(keptA)
  let orderedB = b.namesByStride(keptB)
  let freeA = orderedA.filter { !keptB.contains($0) }
  let freeB = orderedB.filter { !keptA.contains($0) }
  let shared = orderedA.filter { keptB.contains($0) }
  let contracted = shared.filter { !names.contains($0) }
  let batch = shared.filter { names.contains($0) }

  let product = a.grouped(keptA, freeA, contracted, batch).batchedProduct(
    with: b.grouped(keptB, contracted, freeB, batch))
  let order = freeA + freeB + batch
  let extents =
    a.extents(freeA, keptA) + b.extents(freeB, keptB)
    + a.extents(batch, keptA)
  return product.reshaped(extents).permuted(
    names.map { name in order.firstIndex(of: name)! })
}

extension Tensor {
  /// The sums over pairs of numbered axes: axis `axes[p]` of this tensor runs
  /// with axis `otherAxes[p]` of the other.
  ///
  /// The result has the remaining axes of this tensor, then those of the other. No
  /// axes at all give the outer product.
  ///
  ///     a.contracted(with: b, axes: [1], [0])    // A B for matrices
  ///
  /// - Precondition: equally many different axes on both sides, of pairwise equal
  ///   extents.
  /// - Complexity: 2mnk flops for remaining extents m and n and contracted k.
  @inlinable
  public func contracted(
    with other: Tensor, axes: [Int], _ otherAxes: [Int]
  ) -> Tensor {
    layout.checkPairs(axes, other.layout, otherAxes)
    // Axis k of this tensor gets the name k, axis k of the other the name of its
    // partner or one that follows.
    let names = (0..<rank).map(Layout.name)
    let otherNames = (0..<other.rank).map { k in
      otherAxes.firstIndex(of: k).map { names[axes[$0]] }
        ?? Layout.name(rank + k)
    }
    let result =
      names.filter { !otherNames.contains($0) }
      + otherNames.filter { !names.contains($0) }
    return contract(
      self, String(names), other, String(otherNames), into: String(result))
  }

  /// The sum over the axes whose names are not kept, and the kept names.
  @inlinable
  func summing(
    _ names: [Character], keeping isKept: (Character) -> Bool
  ) -> (Tensor, [Character]) {
    let summed = names.indices.filter { !isKept(names[$0]) }
    if summed.isEmpty { return (self, names) }
    return (sum(along: summed), names.filter(isKept))
  }

  /// The names of the axes, the axis of the smallest stride first.
  @inlinable
  func namesByStride(_ names: [Character]) -> [Character] {
    names.indices.sorted { strides[$0].magnitude < strides[$1].magnitude }
      .map { names[$0] }
  }

  /// The extents of the named axes.
  @inlinable
  func extents(_ wanted: [Character], _ names: [Character]) -> [Int] {
    wanted.map { shape[names.firstIndex(of: $0)!] }
  }

  /// The tensor of rank 3 whose axes are the groups of named axes, each merged
  /// into one.
  @inlinable
  func grouped(
    _ names: [Character], _ first: [Character], _ second: [Character],
    _ third: [Character]
  ) -> Tensor {
    let order = (first + second + third).map { names.firstIndex(of: $0)! }
    return permuted(order).reshaped(
      [first, second, third].map { extents($0, names).reduce(1, *) })
  }
}

extension Layout {
  /// A name for axis k, from a block of characters without combining ones.
  @usableFromInline
  static func name(_ k: Int) -> Character {
    Character(Unicode.Scalar(UInt32(0x4e00 + k))!)
  }

  @usableFromInline
  func checkPairs(_ axes: [Int], _ other: Layout, _ otherAxes: [Int]) {
    precondition(
      axes.count == otherAxes.count,
      "\(axes.count) axes contracted with \(otherAxes.count)")
    // flattened checks that the axes are different and exist.
    _ = (flattened(axes), other.flattened(otherAxes))
    for (k, l) in zip(axes, otherAxes) {
      precondition(
        shape[k] == other.shape[l],
        """
        axis \(k) of a tensor of \(shape.text) contracted with axis \(l) of one \
        of \(other.shape.text)
        """)
    }
  }
}

@usableFromInline
func checkNames(_ names: [Character], _ shape: [Int]) {
  precondition(
    names.count == shape.count && Set(names).count == names.count,
    """
    "\(String(names))" does not name the \(shape.count) axes of a tensor of \
    \(shape.text), each differently
    """)
}

@usableFromInline
func checkResult(
  _ names: [Character], _ namesA: [Character], _ shapeA: [Int],
  _ namesB: [Character], _ shapeB: [Int]
) {
  precondition(
    Set(names).count == names.count
      && names.allSatisfy { namesA.contains($0) || namesB.contains($0) },
    """
    "\(String(names))" does not name axes of "\(String(namesA))" and \
    "\(String(namesB))", each differently
    """)
  for (k, name) in namesA.enumerated() {
    guard let l = namesB.firstIndex(of: name) else { continue }
    precondition(
      shapeA[k] == shapeB[l],
      """
      axis \(name) has extent \(shapeA[k]) in a tensor of \(shapeA.text) and \
      \(shapeB[l]) in one of \(shapeB.text)
      """)
  }
}
