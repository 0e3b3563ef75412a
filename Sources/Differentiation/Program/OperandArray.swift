/// A number for each operand: for nodes from 0 on, for constants from −1 down.
///
/// What is asked of an operand again and again is then one access, without a branch
/// on what the operand is. It lies in memory of its own, to be given back.
struct OperandArray<Element: BitwiseCopyable> {
  private let start: UnsafeMutablePointer<Element>
  /// The element of node 0.
  let middle: UnsafeMutablePointer<Element>

  /// The same element for all operands.
  init(nodes: Int, constants: Int, repeating element: Element) {
    start = .allocate(capacity: nodes + constants)
    start.initialize(repeating: element, count: nodes + constants)
    middle = start + constants
  }

  /// Frees the memory.
  func deallocate() { start.deallocate() }

  @inline(__always)
  subscript(operand: Int32) -> Element {
    get { middle[Int(operand)] }
    nonmutating set { middle[Int(operand)] = newValue }
  }
}
