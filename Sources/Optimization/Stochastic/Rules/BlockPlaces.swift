/// Where the blocks of a layout have their places in a memory that is not as long
/// as the parameters.
struct BlockPlaces {
  /// The offset of a block among the parameters, and its place in the memory.
  private var places: [(offset: Int, place: Int)] = []
  /// The elements of the memory.
  private(set) var count = 0

  /// Places one after another, each of as many elements as `elements` says.
  init(
    in layout: ParameterLayout, _ elements: (ParameterLayout.Block) -> Int
  ) {
    // A block without elements has the offset of the next one.
    for block in layout.blocks where block.count > 0 {
      places.append((block.offset, count))
      count += elements(block)
    }
  }

  /// The place of a block, looked for from where the last one was found.
  ///
  /// Blocks that are updated come in the layout's order, some left out.
  func place(of block: ParameterLayout.Block, from index: inout Int) -> Int {
    while index < places.count {
      if places[index].offset == block.offset { return places[index].place }
      index += 1
    }
    preconditionFailure(
      "the block \(block.name) is not of the layout that the workspace is for")
  }
}
