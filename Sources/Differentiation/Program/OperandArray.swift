/// A number for each operand: for nodes from 0 on, for constants from −1 down.
///
/// What is asked of an operand again and again is then one access, without a branch
/// on what the operand is.
struct OperandArray<Element: BitwiseCopyable> {
  /// The element of node 0.
  let middle: UnsafeMutablePointer<Element>

  /// The same element for all operands.
  init(
    nodes: Int, constants: Int, repeating element: Element,
    in scratch: Scratch
  ) {
    middle = scratch.take(nodes + constants, repeating: element) + constants
  }

  @inline(__always)
  subscript(operand: Int32) -> Element {
    get { middle[Int(operand)] }
    nonmutating set { middle[Int(operand)] = newValue }
  }
}
