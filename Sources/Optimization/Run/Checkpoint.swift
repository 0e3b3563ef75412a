/// A run at rest: its method and its state.
public struct Checkpoint<M: Method>: Codable, Equatable, Sendable {
  /// The method and its settings.
  public let method: M
  /// Everything the next step depends on.
  public let state: RunState<M.Memory>

  init(method: M, state: RunState<M.Memory>) {
    self.method = method
    self.state = state
  }
}
