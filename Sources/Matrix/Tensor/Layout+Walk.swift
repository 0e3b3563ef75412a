extension Layout {
  /// Two strides over one range of indices.
  @usableFromInline
  struct Axis {
    @usableFromInline let extent: Int
    @usableFromInline let step: Int
    @usableFromInline let otherStep: Int
    @usableFromInline var index = 0
  }

  /// Visits every element of this layout together with the element of `other`
  /// that broadcasts to it, in runs of constant step.
  ///
  /// `run` is called with the places of the first pair, the count of the run and
  /// the step of each. The order of the elements is not that of their indices:
  /// the innermost axis is the one that both storages are densest along.
  ///
  /// Nothing is allocated: the axes are kept on the stack.
  @inlinable @inline(__always)
  func walk(
    _ other: Layout,
    _ run: (
      _ place: Int, _ otherPlace: Int, _ count: Int, _ step: Int,
      _ otherStep: Int
    ) throws -> Void
  ) rethrows {
    try withUnsafeTemporaryAllocation(
      of: Axis.self, capacity: Swift.max(rank, 1)
    ) { axes in
      let axisCount = merge(other, into: axes)
      guard count > 0 else { return }
      var (place, otherPlace) = (offset, other.offset)
      while true {
        try run(
          place, otherPlace, axes[0].extent, axes[0].step, axes[0].otherStep)
        var k = 1
        while k < axisCount {
          axes[k].index += 1
          place += axes[k].step
          otherPlace += axes[k].otherStep
          if axes[k].index < axes[k].extent { break }
          place -= axes[k].step * axes[k].extent
          otherPlace -= axes[k].otherStep * axes[k].extent
          axes[k].index = 0
          k += 1
        }
        if k == axisCount { return }
      }
    }
  }

  /// Writes the axes that are left when those of extent 1 are dropped and those
  /// that lie behind one another in both layouts are merged, the densest first,
  /// and returns how many there are, at least 1.
  @usableFromInline
  func merge(_ other: Layout, into axes: UnsafeMutableBufferPointer<Axis>)
    -> Int
  {
    precondition(
      other.broadcasts(to: shape),
      """
      a tensor of \(other.shape.text) does not broadcast to one of \
      \(shape.text)
      """)
    var n = 0
    for k in shape.indices where shape[k] != 1 {
      let repeats = k >= other.rank || other.shape[k] == 1
      let axis = Axis(
        extent: shape[k], step: strides[k],
        otherStep: repeats ? 0 : other.strides[k])
      // Insertion into the sorted front: ranks are small.
      let span = axis.step.magnitude + axis.otherStep.magnitude
      var at = n
      while at > 0,
        axes[at - 1].step.magnitude + axes[at - 1].otherStep.magnitude > span
      {
        axes.initializeElement(at: at, to: axes[at - 1])
        at -= 1
      }
      axes.initializeElement(at: at, to: axis)
      n += 1
    }
    if n == 0 {
      axes.initializeElement(
        at: 0, to: Axis(extent: 1, step: 0, otherStep: 0))
      return 1
    }
    var last = 0
    for k in 1..<max(n, 1) {
      let (a, b) = (axes[last], axes[k])
      if b.step == a.step * a.extent, b.otherStep == a.otherStep * a.extent {
        axes[last] = Axis(
          extent: a.extent * b.extent, step: a.step, otherStep: a.otherStep)
      } else {
        last += 1
        axes[last] = b
      }
    }
    return last + 1
  }
}
